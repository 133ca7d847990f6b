import DenseData
public import SocialCRM

/// A store behind a bad connection: calls are lost, answers are lost, commits arrive late or twice or are refused.
///
/// Every fault is one that a correct store may show, so whoever uses the store must come through all of them without
/// losing or doubling anything. With one call at a time the same seed gives the same faults.
public struct UnreliableStore: StoreWrapper {
  /// The store that does the work.
  public let wrapped: any SCRMStore
  private let line: Line

  /// Wraps a store.
  public init(_ store: any SCRMStore, _ faults: StoreFaults) {
    wrapped = store
    line = Line(faults)
  }

  /// Ends all faults; commits that are still on their way never arrive.
  public func repair() async { await line.repair() }

  /// How many faults there were.
  public var faultCount: Int { get async { await line.count } }

  /// Carries a call out, or fails.
  public func perform<Answer: Sendable>(
    _ call: StoreCall, _ body: () async throws -> Answer
  ) async throws -> Answer {
    if let arriving = await line.arriving() {
      // Whether it is still accepted is nobody's business any more.
      _ = try? await wrapped.commit(arriving)
    }
    switch await line.fault(for: call) {
    case nil, .delayed, .repeated, .conflict: return try await body()
    case .lost: throw StoreOutage(call)
    case .answerLost:
      _ = try await body()
      throw StoreOutage(call)
    }
  }

  /// Commits, or fails.
  public func commit(_ changes: ChangeSet) async throws -> CommitReceipt {
    switch await line.fault(for: .commit) {
    case nil: return try await wrapped.commit(changes)
    case .lost: throw StoreOutage(.commit)
    case .answerLost:
      _ = try await wrapped.commit(changes)
      throw StoreOutage(.commit)
    case .delayed:
      await line.delay(changes)
      throw StoreOutage(.commit)
    case .repeated:
      _ = try await wrapped.commit(changes)
      return try await wrapped.commit(changes)
    case .conflict: throw StorageError(.conflict, "refused by the simulation")
    }
  }

  enum Fault: Sendable { case lost, answerLost, delayed, repeated, conflict }

  /// The state of the connection.
  actor Line {
    private var faults: StoreFaults
    private var random: SeededGenerator
    private var calls = 0
    private var onTheWay: (changes: ChangeSet, calls: Int)?
    private(set) var count = 0

    init(_ faults: StoreFaults) {
      self.faults = faults
      random = SeededGenerator(seed: faults.seed)
    }

    func repair() {
      faults = StoreFaults(seed: faults.seed)
      onTheWay = nil
    }

    func fault(for call: StoreCall) -> Fault? {
      calls += 1
      let fault = drawn(for: call)
      if fault != nil { count += 1 }
      return fault
    }

    private func drawn(for call: StoreCall) -> Fault? {
      if let every = faults.everyNth, calls % max(every, 1) == 0 { return .lost }
      var left = random.below(1_000)
      for (rate, fault, applies) in [
        (faults.lost, Fault.lost, true), (faults.answerLost, .answerLost, call.isWrite),
        (faults.delayed, .delayed, call == .commit), (faults.repeated, .repeated, call == .commit),
        (faults.conflict, .conflict, call == .commit),
      ] where applies {
        if left < rate { return fault }
        left -= rate
      }
      return nil
    }

    func delay(_ changes: ChangeSet) { onTheWay = (changes, 1 + random.below(12)) }

    func arriving() -> ChangeSet? {
      guard let late = onTheWay else { return nil }
      onTheWay = late.calls > 1 ? (late.changes, late.calls - 1) : nil
      return late.calls > 1 ? nil : late.changes
    }
  }
}
