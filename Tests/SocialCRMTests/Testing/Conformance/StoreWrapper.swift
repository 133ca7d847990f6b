import SCRMTesting

/// A store that passes every call on; a broken one changes one of them.
protocol StoreWrapper: SCRMStore {
  var base: InMemoryStore { get }
}

extension StoreWrapper {
  var workspace: WorkspaceID { base.workspace }
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
  func commit(_ changes: ChangeSet) async throws -> CommitReceipt { try await base.commit(changes) }
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
