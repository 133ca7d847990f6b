import SocialCRM

/// A store that fails at a chosen commit: before it is applied, or after, so that the caller cannot know.
actor FaultyStore: SCRMStore {
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

  nonisolated let workspace: WorkspaceID
  private let base: InMemoryStore
  private var faults: [Int: Fault] = [:]
  private var commits = 0

  private let isAlwaysBehind: Bool

  /// - Parameter isAlwaysBehind: whether every commit finds that the log has moved on.
  init(_ base: InMemoryStore, isAlwaysBehind: Bool = false) {
    self.base = base
    self.isAlwaysBehind = isAlwaysBehind
    workspace = base.workspace
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

  func head() async throws -> LogPosition { await base.head() }
  func entries(for keys: [EventKey]) async throws -> [LogEntry?] { await base.entries(for: keys) }
  func log(after position: LogPosition, limit: Int) async throws -> [LogEntry] {
    await base.log(after: position, limit: limit)
  }
  func identities(for keys: [IdentifierKey]) async throws -> [IdentityRecord?] { await base.identities(for: keys) }
  func people(_ ids: [PersonID]) async throws -> [PersonRecord?] { await base.people(ids) }
  func people(after id: PersonID?, limit: Int) async throws -> [PersonRecord] {
    await base.people(after: id, limit: limit)
  }
  func merges(after position: LogPosition, limit: Int) async throws -> [MergeRecord] {
    await base.merges(after: position, limit: limit)
  }
  func ties(_ keys: [TieKey]) async throws -> [TieRecord?] { await base.ties(keys) }
  func ties(after key: TieKey?, limit: Int) async throws -> [TieRecord] { await base.ties(after: key, limit: limit) }
  func states(_ kind: StateKind, _ keys: [StateKey]) async throws -> [StateRecord?] { await base.states(kind, keys) }
  func states(_ kind: StateKind, after key: StateKey?, limit: Int) async throws -> [StateRecord] {
    await base.states(kind, after: key, limit: limit)
  }
  func dueStates(
    _ kind: StateKind, through time: Instant, after last: StateDue?, limit: Int
  ) async throws -> [StateRecord] { await base.dueStates(kind, through: time, after: last, limit: limit) }
  func members(of segment: String, after person: PersonID?, limit: Int) async throws -> [Membership] {
    await base.members(of: segment, after: person, limit: limit)
  }
  func memberships(of people: [PersonID]) async throws -> [[Membership]] { await base.memberships(of: people) }
  func claim(limit: Int, worker: String, at now: Instant, lease: Duration) async throws -> [ActionClaim] {
    try await base.claim(limit: limit, worker: worker, at: now, lease: lease)
  }
  func acknowledge(_ claim: ActionClaim) async throws { try await base.acknowledge(claim) }
  func retry(_ claim: ActionClaim, at time: Instant, reason: String) async throws {
    try await base.retry(claim, at: time, reason: reason)
  }
  func deadLetter(_ claim: ActionClaim, reason: String) async throws {
    try await base.deadLetter(claim, reason: reason)
  }
  func actions(_ ids: [ActionID]) async throws -> [OutboxItem?] { await base.actions(ids) }
  func actions(after id: ActionID?, limit: Int) async throws -> [OutboxItem] {
    try await base.actions(after: id, limit: limit)
  }
  func erase(_ request: ErasureRequest) async throws -> ErasureReceipt { try await base.erase(request) }
  func compact(before time: Instant) async throws -> Int { try await base.compact(before: time) }
  func export(_ request: ErasureRequest) async throws -> PersonExport { await base.export(request) }
}
