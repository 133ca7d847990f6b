import SocialCRM

/// Runs `body` in as many tasks at once; the results stand in the order of the tasks.
func inParallel<T: Sendable>(
  _ count: Int, _ body: @escaping @Sendable (Int) async throws -> T
) async throws -> [T] {
  try await withThrowingTaskGroup(of: (Int, T).self) { group in
    for index in 0..<count { group.addTask { (index, try await body(index)) } }
    var results: [(Int, T)] = []
    for try await result in group { results.append(result) }
    return results.sorted { $0.0 < $1.0 }.map(\.1)
  }
}

/// How many tasks are still at something that others wait for the end of.
actor OpenCount {
  private var count: Int

  init(_ count: Int) { self.count = count }

  var isOpen: Bool { count > 0 }

  func closeOne() { count -= 1 }
}

/// Runs `body` in a task that is cancelled from the start.
func whileCancelled<T: Sendable>(_ body: @escaping @Sendable () async throws -> T) async -> Result<T, any Error> {
  await cancelling(after: nil, body)
}

/// Runs `body` in a task that is cancelled after so many turns of the caller, or from the start.
func cancelling<T: Sendable>(
  after turns: Int?, _ body: @escaping @Sendable () async throws -> T
) async -> Result<T, any Error> {
  await withTaskGroup(of: Result<T, any Error>.self) { group in
    if turns == nil { group.cancelAll() }
    group.addTask {
      do { return .success(try await body()) } catch { return .failure(error) }
    }
    for _ in 0..<(turns ?? 0) { await Task.yield() }
    group.cancelAll()
    for await result in group { return result }
    return .failure(CancellationError())
  }
}
