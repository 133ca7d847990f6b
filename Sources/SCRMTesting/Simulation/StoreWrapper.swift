public import SocialCRM

/// A store that passes every call on to another one, and can do something before, after or instead.
///
/// A conforming type says what is ``wrapped`` and implements ``perform(_:_:)``, which every call goes through, or single
/// calls of `SCRMStore`; whatever it leaves out is passed on.
public protocol StoreWrapper: SCRMStore {
  /// The store the calls are passed on to.
  var wrapped: any SCRMStore { get }
  /// Carries out a call; `body` passes it on and may be left out or repeated.
  func perform<Answer: Sendable>(_ call: StoreCall, _ body: () async throws -> Answer) async throws -> Answer
}

extension StoreWrapper {
  /// Passes the call on.
  public func perform<Answer: Sendable>(
    _ call: StoreCall, _ body: () async throws -> Answer
  ) async throws -> Answer { try await body() }

  /// The workspace of the wrapped store.
  public var workspace: WorkspaceID { wrapped.workspace }

  // MARK: Reading

  /// Passes the call on.
  public func head() async throws -> LogPosition {
    try await perform(.head) { try await wrapped.head() }
  }
  /// Passes the call on.
  public func entries(for keys: [EventKey]) async throws -> [LogEntry?] {
    try await perform(.entries) { try await wrapped.entries(for: keys) }
  }
  /// Passes the call on.
  public func log(after position: LogPosition, limit: Int) async throws -> [LogEntry] {
    try await perform(.log) { try await wrapped.log(after: position, limit: limit) }
  }
  /// Passes the call on.
  public func identities(for keys: [IdentifierKey]) async throws -> [IdentityRecord?] {
    try await perform(.identities) { try await wrapped.identities(for: keys) }
  }
  /// Passes the call on.
  public func people(_ ids: [PersonID]) async throws -> [PersonRecord?] {
    try await perform(.people) { try await wrapped.people(ids) }
  }
  /// Passes the call on.
  public func people(after id: PersonID?, limit: Int) async throws -> [PersonRecord] {
    try await perform(.peoplePage) { try await wrapped.people(after: id, limit: limit) }
  }
  /// Passes the call on.
  public func merges(after position: LogPosition, limit: Int) async throws -> [MergeRecord] {
    try await perform(.merges) { try await wrapped.merges(after: position, limit: limit) }
  }
  /// Passes the call on.
  public func ties(_ keys: [TieKey]) async throws -> [TieRecord?] {
    try await perform(.ties) { try await wrapped.ties(keys) }
  }
  /// Passes the call on.
  public func ties(after key: TieKey?, limit: Int) async throws -> [TieRecord] {
    try await perform(.tiesPage) { try await wrapped.ties(after: key, limit: limit) }
  }
  /// Passes the call on.
  public func states(_ kind: StateKind, _ keys: [StateKey]) async throws -> [StateRecord?] {
    try await perform(.states) { try await wrapped.states(kind, keys) }
  }
  /// Passes the call on.
  public func states(_ kind: StateKind, after key: StateKey?, limit: Int) async throws -> [StateRecord] {
    try await perform(.statesPage) { try await wrapped.states(kind, after: key, limit: limit) }
  }
  /// Passes the call on.
  public func dueStates(
    _ kind: StateKind, through time: Instant, after last: StateDue?, limit: Int
  ) async throws -> [StateRecord] {
    try await perform(.dueStates) { try await wrapped.dueStates(kind, through: time, after: last, limit: limit) }
  }
  /// Passes the call on.
  public func members(of segment: String, after person: PersonID?, limit: Int) async throws -> [Membership] {
    try await perform(.members) { try await wrapped.members(of: segment, after: person, limit: limit) }
  }
  /// Passes the call on.
  public func memberships(of people: [PersonID]) async throws -> [[Membership]] {
    try await perform(.memberships) { try await wrapped.memberships(of: people) }
  }

  // MARK: Writing

  /// Passes the call on.
  public func commit(_ changes: ChangeSet) async throws -> CommitReceipt {
    try await perform(.commit) { try await wrapped.commit(changes) }
  }
  /// Passes the call on.
  public func claim(limit: Int, worker: String, at now: Instant, lease: Duration) async throws -> [ActionClaim] {
    try await perform(.claim) { try await wrapped.claim(limit: limit, worker: worker, at: now, lease: lease) }
  }
  /// Passes the call on.
  public func acknowledge(_ claim: ActionClaim) async throws {
    try await perform(.acknowledge) { try await wrapped.acknowledge(claim) }
  }
  /// Passes the call on.
  public func retry(_ claim: ActionClaim, at time: Instant, reason: String) async throws {
    try await perform(.retry) { try await wrapped.retry(claim, at: time, reason: reason) }
  }
  /// Passes the call on.
  public func deadLetter(_ claim: ActionClaim, reason: String) async throws {
    try await perform(.deadLetter) { try await wrapped.deadLetter(claim, reason: reason) }
  }
  /// Passes the call on.
  public func actions(_ ids: [ActionID]) async throws -> [OutboxItem?] {
    try await perform(.actions) { try await wrapped.actions(ids) }
  }
  /// Passes the call on.
  public func actions(after id: ActionID?, limit: Int) async throws -> [OutboxItem] {
    try await perform(.actionsPage) { try await wrapped.actions(after: id, limit: limit) }
  }
  /// Passes the call on.
  public func erase(_ request: ErasureRequest) async throws -> ErasureReceipt {
    try await perform(.erase) { try await wrapped.erase(request) }
  }
  /// Passes the call on.
  public func compact(before time: Instant) async throws -> Int {
    try await perform(.compact) { try await wrapped.compact(before: time) }
  }
  /// Passes the call on.
  public func export(_ request: ErasureRequest) async throws -> PersonExport {
    try await perform(.export) { try await wrapped.export(request) }
  }
}
