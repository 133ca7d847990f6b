import DenseData
import SCRMExpressions

/// The reference store: one workspace in memory, safe under concurrency, with every law of the storage protocols.
///
/// Use it in tests, for one-off analyses, and as the model to compare an adapter with. Reads cost O(1) per key, scans
/// O(log n) per page after a sort for the first; memory grows with the log. ``snapshot(includesDelivery:)`` turns it
/// into one JSON document and ``init(snapshot:)`` back, which is how a small service can keep it.
public actor InMemoryStore: SCRMStore {
  /// The workspace the store holds.
  public nonisolated let workspace: WorkspaceID

  var tables = StoreTables()
  var log: [LogEntry] = []
  /// The places in the log by event key.
  var eventIndex = HashIndex()
  var outbox: [OutboxItem] = []
  var outboxIndex: [ActionID: Int] = [:]
  var receipts = ReceiptBook()
  /// What a replay starts from: the tables at a position, set by compaction.
  var baseline: (position: LogPosition, tables: StoreTables) = (.start, StoreTables())
  var hasErasures = false

  var peopleOrder = OrderedKeys<PersonID>()
  var tieOrder = OrderedKeys<TieKey>()
  var stateOrder: [StateKind: OrderedKeys<StateKey>] = [:]
  var memberOrder: [StoredName: OrderedKeys<PersonID>] = [:]
  private var firstOpen = 0
  /// What was read ahead, which means nothing; see `KeyedRows.warm(_:)`.
  var warmth: UInt = 0
  /// The places in the log by who acted, as far as they were asked for; erased places stay and are passed over.
  private var actors = ActorIndex()

  /// Creates an empty store.
  public init(workspace: WorkspaceID = "default") { self.workspace = workspace }

  init(contents: SnapshotContents) {
    self.init(
      workspace: contents.workspace, log: contents.log, tables: contents.tables, baseline: contents.baseline,
      outbox: contents.outbox, receipts: contents.receipts)
  }

  init(
    workspace: WorkspaceID, log: [LogEntry], tables: StoreTables,
    baseline: (position: LogPosition, tables: StoreTables), outbox: [OutboxItem] = [],
    receipts: ReceiptBook = ReceiptBook()
  ) {
    self.workspace = workspace
    self.tables = tables
    self.log = log
    self.baseline = baseline
    self.outbox = outbox
    self.receipts = receipts
    for (index, item) in outbox.enumerated() { outboxIndex[item.action.id] = index }
    for (index, entry) in log.enumerated() {
      if let key = entry.eventKey { eventIndex.insert(key.indexHash, row: index) }
      if case .tombstone(let tombstone) = entry.body, tombstone.reason == .erased { hasErasures = true }
    }
  }

  // MARK: Interactions

  /// The end of the log.
  public func head() -> LogPosition { LogPosition(UInt64(log.count)) }

  /// The entries with these event keys.
  ///
  /// O(keys).
  public func entries(for keys: [EventKey]) -> [LogEntry?] {
    warmth &+= eventIndex.warm(keys.map(\.indexHash))
    return keys.map { key in
      if let place = place(of: key) { return log[place] }
      if hasErasures, let place = place(of: EventKey(key.source, Tombstone.erasedID(key))) { return log[place] }
      return nil
    }
  }

  /// The interactions in which these accounts acted.
  ///
  /// O(interactions of the accounts), and O(log since the last call).
  public func interactions(actedBy accounts: [AccountID]) -> [Interaction] {
    actors.extend(to: log)
    return Set(accounts.flatMap { actors.places(of: $0) }).sorted().compactMap { place in
      guard case .interaction(let interaction, _) = log[place].body else { return nil }
      return interaction
    }
  }

  /// The place in the log of the entry that has this event key.
  func place(of key: EventKey) -> Int? { eventIndex.find(key.indexHash) { log[$0].isEvent(key) } }

  /// Entries after a position.
  ///
  /// O(limit).
  public func log(after position: LogPosition, limit: Int) -> [LogEntry] {
    let start = min(Int(clamping: position.rawValue), log.count)
    return Array(log[start..<(start + min(log.count - start, max(limit, 0)))])
  }

  // MARK: Identities, people, ties, states

  /// The identities with these keys.
  ///
  /// O(keys).
  public func identities(for keys: [IdentifierKey]) -> [IdentityRecord?] {
    // Held here, as otherwise the parts of the table would be counted for every key.
    let identities = tables.identities
    warmth &+= identities.warm(keys.map(\.indexHash))
    return keys.map { identities[$0] }
  }

  /// The people with these ids.
  ///
  /// O(ids).
  public func people(_ ids: [PersonID]) -> [PersonRecord?] {
    let people = tables.people
    warmth &+= people.warm(ids.map(\.indexHash))
    return ids.map { people[$0] }
  }

  /// People in id order.
  public func people(after id: PersonID?, limit: Int) -> [PersonRecord] {
    peopleOrder.page(after: id, limit: limit, of: tables.people.values.map(\.id)).compactMap { tables.people[$0] }
  }

  /// Merges in the order of decision.
  public func merges(after position: LogPosition, limit: Int) -> [MergeRecord] {
    let rest = tables.merges.drop { $0.position <= position }
    guard let last = rest.prefix(max(limit, 0)).last?.position else { return [] }
    return Array(rest.prefix(max(limit, 0)) + rest.dropFirst(max(limit, 0)).prefix { $0.position == last })
  }

  /// The ties with these keys.
  ///
  /// O(keys).
  public func ties(_ keys: [TieKey]) -> [TieRecord?] {
    let ties = tables.ties
    warmth &+= ties.warm(keys.map(\.indexHash))
    return keys.map { ties[$0] }
  }

  /// Ties in key order.
  public func ties(after key: TieKey?, limit: Int) -> [TieRecord] {
    tieOrder.page(after: key, limit: limit, of: tables.ties.values.map(\.key)).compactMap { tables.ties[$0] }
  }

  /// The states with these keys.
  ///
  /// O(keys).
  public func states(_ kind: StateKind, _ keys: [StateKey]) -> [StateRecord?] {
    guard let table = tables.states[kind] else { return [StateRecord?](repeating: nil, count: keys.count) }
    warmth &+= table.records.warm(keys.map(\.indexHash))
    return keys.map { table.records[$0] }
  }

  /// States in key order.
  public func states(_ kind: StateKind, after key: StateKey?, limit: Int) -> [StateRecord] {
    guard let table = tables.states[kind] else { return [] }
    return stateOrder[kind, default: OrderedKeys()]
      .page(after: key, limit: limit, of: table.records.values.map(\.key)).compactMap { table.records[$0] }
  }

  /// States that are due, in the order of time and key.
  public func dueStates(
    _ kind: StateKind, through time: Instant, after last: StateDue?, limit: Int
  ) -> [StateRecord] {
    if last == nil { tables.states[kind]?.cleanDueIndex() }
    return limit > 0 ? tables.states[kind]?.due(through: time, after: last, limit: limit) ?? [] : []
  }

  // MARK: Memberships

  /// Members in id order.
  public func members(of segment: String, after person: PersonID?, limit: Int) -> [Membership] {
    let name = StoredName(segment)
    guard let members = tables.segments[name] else { return [] }
    return memberOrder[name, default: OrderedKeys()]
      .page(after: person, limit: limit, of: members.values.map(\.person)).compactMap { members[$0] }
  }

  /// The memberships of people, ordered by segment name.
  ///
  /// O(people × segments).
  public func memberships(of people: [PersonID]) -> [[Membership]] {
    let names = tables.segments.keys.sorted()
    return people.map { person in names.compactMap { tables.segments[$0]?[person] } }
  }

  // MARK: Orders

  /// Forgets cached orders after tables were changed elsewhere.
  func invalidateOrders() {
    peopleOrder.invalidate()
    tieOrder.invalidate()
    stateOrder = [:]
    memberOrder = [:]
    firstOpen = 0
  }

  // MARK: Outbox

  /// Claims actions, oldest decision first.
  ///
  /// O(actions not finished).
  public func claim(limit: Int, worker: String, at now: Instant, lease: Duration) throws -> [ActionClaim] {
    try Task.checkCancellation()
    var claims: [ActionClaim] = []
    while firstOpen < outbox.count, outbox[firstOpen].isFinished { firstOpen += 1 }
    for index in firstOpen..<max(firstOpen, outbox.count) where claims.count < limit {
      switch outbox[index].status {
      case .pending(let notBefore) where notBefore.map({ $0 <= now }) ?? true: break
      case .claimed(_, let until) where until <= now: break
      default: continue
      }
      if let expires = outbox[index].action.expires, expires <= now {
        outbox[index].status = .dead(reason: "expired at \(expires)")
        continue
      }
      let until = now.advanced(by: lease)
      outbox[index].attempts &+= 1
      outbox[index].fence &+= 1
      outbox[index].status = .claimed(worker: worker, until: until)
      claims.append(
        ActionClaim(
          action: outbox[index].action, worker: worker, fence: outbox[index].fence, until: until,
          attempt: outbox[index].attempts))
    }
    return claims
  }

  /// Marks a claimed action as done.
  public func acknowledge(_ claim: ActionClaim) throws { try settle(claim, .done) }

  /// Gives a claimed action back.
  public func retry(_ claim: ActionClaim, at time: Instant, reason: String) throws {
    try settle(claim, .pending(notBefore: time), retryReason: reason)
  }

  /// Gives a claimed action up.
  public func deadLetter(_ claim: ActionClaim, reason: String) throws { try settle(claim, .dead(reason: reason)) }

  private func settle(
    _ claim: ActionClaim, _ status: OutboxItem.Status, retryReason: String? = nil
  ) throws(StorageError) {
    guard let index = outboxIndex[claim.action.id], outbox[index].fence == claim.fence,
      case .claimed = outbox[index].status
    else { throw StorageError(.claimLost, "the action is not held under this claim") }
    outbox[index].status = status
    if let retryReason { outbox[index].retryReason = retryReason }
  }

  /// The actions with these ids.
  public func actions(_ ids: [ActionID]) -> [OutboxItem?] { ids.map { id in outboxIndex[id].map { outbox[$0] } } }

  /// Actions in the order of decision.
  public func actions(after id: ActionID?, limit: Int) throws -> [OutboxItem] {
    guard let id else { return Array(outbox.prefix(max(limit, 0))) }
    guard let index = outboxIndex[id] else { throw StorageError(.notFound, "there is no action with this id") }
    return Array(outbox[(index + 1)...].prefix(max(limit, 0)))
  }
}

extension OutboxItem {
  /// Whether nothing can happen to the action any more.
  var isFinished: Bool {
    switch status {
    case .suppressed, .done, .cancelled, .dead: true
    case .pending, .claimed: false
    }
  }
}

/// The receipts of the latest commits, for idempotency.
struct ReceiptBook: Sendable {
  struct Entry: Sendable, Hashable, Codable {
    var key: String
    var fingerprint: UInt64
    var head: LogPosition
  }

  private(set) var entries: [Entry] = []
  private var byKey: [StoredName: Int] = [:]
  private static let kept = 1_000

  subscript(key: String) -> Entry? { byKey[StoredName(key)].map { entries[$0] } }

  mutating func record(_ key: String, fingerprint: UInt64, head: LogPosition) {
    if entries.count >= 2 * Self.kept {
      entries.removeFirst(Self.kept)
      byKey = [:]
      for (index, entry) in entries.enumerated() { byKey[StoredName(entry.key)] = index }
    }
    byKey[StoredName(key)] = entries.count
    entries.append(Entry(key: key, fingerprint: fingerprint, head: head))
  }
}
