import GRDB
import SocialCRM

/// Removes people from a workspace, in the caller's transaction.
struct Erasure {
  private let db: Database
  private let workspace: Int64
  private let request: ErasureRequest
  private let accounts: Set<AccountID>
  private let people: Set<PersonID>
  private(set) var receipt = ErasureReceipt()
  private var events = ErasedEvents()

  init(_ db: Database, _ workspace: Int64, _ request: ErasureRequest) {
    self.db = db
    self.workspace = workspace
    self.request = request
    accounts = Set(request.accounts)
    people = Set(request.people)
  }

  /// Removes everything; what was removed from the baseline of a compaction is not counted.
  ///
  /// O(log), to find what names the erased events; the rest is found by indices.
  mutating func run() throws {
    if let base = request.base, base != (try LogTable.head(db, workspace)) {
      throw StorageError(.conflict, "the log does not end at \(base)")
    }
    try eraseLog()
    try eraseTables(of: workspace, &receipt)
    var unused = ErasureReceipt()
    try eraseTables(of: -workspace, &unused)
    receipt.actions = try delete("outbox", where: "person", in: people, of: workspace)
    try renameActions()
    if receipt == ErasureReceipt() { return }
    let head = try LogTable.head(db, workspace)
    try LogTable.append([LogEntry(position: head.next, body: .erasure(receipt))], after: head, db, workspace)
  }

  // MARK: Log

  private mutating func eraseLog() throws {
    for account in accounts.sorted() {
      for entry in try entries("INDEXED BY log_actor WHERE workspace = ? AND actor = ?", account) { try bury(entry) }
    }
    for account in accounts.sorted() {
      for entry in try entries("INDEXED BY log_addressee WHERE workspace = ? AND addressee = ?", account) {
        try redact(entry)
      }
    }
    try eraseScores()
    if events.isEmpty { return }
    try WorkspaceTable.noteErasures(db, workspace)
    try renameInteractions()
  }

  private func entries(_ condition: String, _ account: AccountID) throws -> [LogEntry] {
    var statement = try PreparedStatement(db, "SELECT entry FROM log \(condition) ORDER BY position")
    statement.add(workspace)
    statement.add(account)
    return try statement.all { try $0.document() }
  }

  private mutating func bury(_ entry: LogEntry) throws {
    guard let key = entry.eventKey else { return }
    events.insert(key)
    receipt.interactions += 1
    let tombstone = Tombstone(key: events.name(key), digest: "", reason: .erased)
    try LogTable.replace(with: LogEntry(position: entry.position, body: .tombstone(tombstone)), db, workspace)
  }

  private mutating func redact(_ entry: LogEntry) throws {
    var entry = entry
    switch entry.body {
    case .interaction(var interaction, let mode):
      interaction.target = interaction.target.map { Party([], role: $0.role) }
      interaction.raw = nil
      entry.body = .interaction(interaction, mode)
    case .tombstone(var tombstone):
      // The digest was taken over the erased identifiers.
      tombstone.digest = ""
      entry.body = .tombstone(tombstone)
    case .clock, .snapshot, .configuration, .erasure, .identity: return
    }
    entry.addressee = nil
    receipt.redactedInteractions += 1
    try LogTable.replace(with: entry, db, workspace)
  }

  private mutating func eraseScores() throws {
    var statement = try PreparedStatement(
      db, "SELECT entry FROM log INDEXED BY log_snapshot WHERE workspace = ? AND form = 2 ORDER BY position")
    statement.add(workspace)
    for var entry in try statement.all({ try $0.document(LogEntry.self) }) {
      guard case .snapshot(let snapshot) = entry.body else { continue }
      let kept = snapshot.scores.filter { !people.contains($0.person) }
      guard kept.count < snapshot.scores.count else { continue }
      receipt.scores += snapshot.scores.count - kept.count
      entry.body = .snapshot(PublishedSnapshot(name: snapshot.name, asOf: snapshot.asOf, scores: kept))
      try LogTable.replace(with: entry, db, workspace)
    }
  }

  private func renameInteractions() throws {
    var statement = try PreparedStatement(db, "SELECT entry FROM log WHERE workspace = ? AND form = 0")
    statement.add(workspace)
    var renamed: [LogEntry] = []
    try statement.forEach { row in
      guard try candidate(&row) else { return }
      var entry: LogEntry = try row.document()
      guard case .interaction(let interaction, let mode) = entry.body, let copy = events.renamed(interaction) else {
        return
      }
      entry.body = .interaction(copy, mode)
      renamed.append(entry)
    }
    for entry in renamed { try LogTable.replace(with: entry, db, workspace) }
  }

  /// Whether the document in the next column may name an erased event; the column is not consumed.
  private func candidate(_ row: inout ResultRow) throws -> Bool {
    var copy = row
    return copy.withBytes { events.mayBeNamed(in: $0) }
  }

  // MARK: Tables

  private func eraseTables(of workspace: Int64, _ receipt: inout ErasureReceipt) throws {
    receipt.identities =
      try deleteIdentities(of: workspace)
      + delete("identity", where: "account", in: accounts, of: workspace)
      + delete("identity", where: "person", in: people, of: workspace)
    receipt.people = try delete("person", where: "id", in: people, of: workspace)
    receipt.merges =
      try delete("merge", where: "survivor", in: people, of: workspace)
      + delete("merge", where: "absorbed", in: people, of: workspace)
    receipt.ties =
      try delete("tie", where: "from_account", in: accounts, of: workspace)
      + delete("tie", where: "to_account", in: accounts, of: workspace)
    receipt.memberships = try delete("membership", where: "person", in: people, of: workspace)
    receipt.states = try deleteStates(of: workspace)
    if events.isEmpty { return }
    try renamePeople(of: workspace)
    try renameMerges(of: workspace)
  }

  private func deleteIdentities(of workspace: Int64) throws -> Int {
    var statement = try PreparedStatement(db, "DELETE FROM identity WHERE \(IdentityTable.keyIsGiven)")
    var count = 0
    for key in request.keys {
      statement.add(workspace)
      IdentityTable.bind(key, to: &statement)
      count += try statement.run()
    }
    return count
  }

  private func deleteStates(of workspace: Int64) throws -> Int {
    let keys = people.sorted().map { StateKey.person($0) } + events.keys.map { StateKey.event($0) }
    var count = 0
    for kind in try StateTable.kinds(db, workspace) {
      var statement = try PreparedStatement(db, "DELETE FROM state WHERE \(StateTable.keyIsGiven)")
      for key in keys {
        statement.add(workspace)
        StateTable.bind(StateTable.Place(kind: kind, key: key), to: &statement)
        count += try statement.run()
      }
    }
    return count
  }

  private func delete(
    _ table: String, where column: String, in ids: Set<some OpaqueID>, of workspace: Int64
  ) throws -> Int {
    let ids = ids.sorted()
    var count = 0
    var start = 0
    while start < ids.count {
      let block = ids[start..<min(start + 500, ids.count)]
      let places = block.map { _ in "?" }.joined(separator: ", ")
      var statement = try PreparedStatement(
        db, "DELETE FROM \(table) WHERE workspace = ? AND \(column) IN (\(places))")
      statement.add(workspace)
      for id in block { statement.add(id) }
      count += try statement.run()
      start += block.count
    }
    return count
  }

  private func renamePeople(of workspace: Int64) throws {
    var statement = try PreparedStatement(db, "SELECT record FROM person WHERE workspace = ?")
    statement.add(workspace)
    var renamed: [PersonRecord] = []
    try statement.forEach { row in
      guard try candidate(&row) else { return }
      if let copy = events.renamed(try row.document(PersonRecord.self)) { renamed.append(copy) }
    }
    for record in renamed { try PersonTable.replace(with: record, db, workspace) }
  }

  private func renameMerges(of workspace: Int64) throws {
    var statement = try PreparedStatement(
      db, "UPDATE merge SET cause_id = ? WHERE workspace = ? AND cause_source = ? AND cause_id = ?")
    for key in events.keys {
      statement.add(events.name(key).id)
      statement.add(workspace)
      statement.add(key)
      try statement.run()
    }
  }

  private func renameActions() throws {
    if events.isEmpty { return }
    var statement = try PreparedStatement(db, "SELECT action FROM outbox WHERE workspace = ?")
    statement.add(workspace)
    var renamed: [ProposedAction] = []
    try statement.forEach { row in
      guard try candidate(&row) else { return }
      if let copy = events.renamed(try row.document(ProposedAction.self)) { renamed.append(copy) }
    }
    var update = try PreparedStatement(db, "UPDATE outbox SET action = ? WHERE workspace = ? AND id = ?")
    for action in renamed {
      update.add(action.jsonBytes)
      update.add(workspace)
      update.add(action.id)
      try update.run()
    }
  }
}
