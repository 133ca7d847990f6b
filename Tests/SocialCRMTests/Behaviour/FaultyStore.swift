import SCRMTesting

/// A store that fails at a chosen commit: before it is applied, or after, so that the caller cannot know.
actor FaultyStore: StoreWrapper {
  struct Failure: Error {}

  enum Fault {
    /// The commit is lost.
    case lost
    /// The commit is applied, its answer is lost.
    case answerLost
    /// The caller is cancelled before the commit, or after it.
    case cancelledBefore, cancelledAfter
    /// Another writer commits the same interactions first, under the same key, but decided something else.
    case overtaken
  }

  nonisolated let base: InMemoryStore
  nonisolated var wrapped: any SCRMStore { base }
  private var faults: [Int: Fault] = [:]
  private var commits = 0

  private let isAlwaysBehind: Bool

  /// - Parameter isAlwaysBehind: whether every commit finds that the log has moved on.
  init(_ base: InMemoryStore, isAlwaysBehind: Bool = false) {
    self.base = base
    self.isAlwaysBehind = isAlwaysBehind
  }

  /// Lets the commit after the next `after` ones fail.
  func fail(after: Int, _ fault: Fault) { faults[commits + after] = fault }

  func commit(_ changes: ChangeSet) async throws -> CommitReceipt {
    if isAlwaysBehind { throw StorageError(.conflict, "always behind") }
    let fault = faults.removeValue(forKey: commits)
    commits += 1
    if fault == .lost { throw Failure() }
    if fault == .cancelledBefore { withUnsafeCurrentTask { $0?.cancel() } }
    if fault == .overtaken {
      var other = changes
      other.actions = []
      _ = try await base.commit(other)
    }
    let receipt = try await base.commit(changes)
    if fault == .answerLost { throw Failure() }
    if fault == .cancelledAfter { withUnsafeCurrentTask { $0?.cancel() } }
    return receipt
  }
}
