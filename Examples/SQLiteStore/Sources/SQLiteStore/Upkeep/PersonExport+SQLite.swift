import GRDB
import SocialCRM

extension PersonExport {
  /// Reads what is stored about people.
  init(_ request: ErasureRequest, _ db: Database, _ workspace: Int64) throws {
    let people = Set(request.people).sorted()
    let accounts = Set(request.accounts).sorted()
    self.init(
      people: try PersonTable.records(db, workspace, people).compactMap { $0 },
      interactions: try Self.interactions(of: accounts, db, workspace),
      memberships: try MembershipTable.memberships(db, workspace, of: people).flatMap { $0 },
      actions: try Self.actions(for: people, db, workspace), states: try Self.states(of: people, db, workspace),
      ties: try Self.ties(of: accounts, db, workspace))
  }

  private static func interactions(
    of accounts: [AccountID], _ db: Database, _ workspace: Int64
  ) throws -> [Interaction] {
    var found: [LogEntry] = []
    var statement = try PreparedStatement(
      db, "SELECT entry FROM log INDEXED BY log_actor WHERE workspace = ? AND actor = ? AND form = 0")
    for account in accounts {
      statement.add(workspace)
      statement.add(account)
      try statement.forEach { found.append(try $0.document()) }
    }
    return found.sorted { $0.position < $1.position }.compactMap { entry in
      if case .interaction(let interaction, _) = entry.body { interaction } else { nil }
    }
  }

  private static func actions(for people: [PersonID], _ db: Database, _ workspace: Int64) throws -> [OutboxItem] {
    var found: [(place: Int64, item: OutboxItem)] = []
    var statement = try PreparedStatement(
      db,
      """
      SELECT t.place, \(OutboxTable.columns) FROM outbox AS t INDEXED BY outbox_person WHERE workspace = ? AND person = ?
      """)
    for person in people {
      statement.add(workspace)
      statement.add(person)
      try statement.forEach { found.append(($0.int64(), try OutboxTable.read(&$0))) }
    }
    return found.sorted { $0.place < $1.place }.map(\.item)
  }

  private static func states(of people: [PersonID], _ db: Database, _ workspace: Int64) throws -> [StateRecord] {
    try StateTable.kinds(db, workspace).flatMap { kind in
      try StateTable.records(db, workspace, people.map { StateTable.Place(kind: kind, key: .person($0)) })
        .compactMap { $0 }
    }
  }

  private static func ties(of accounts: [AccountID], _ db: Database, _ workspace: Int64) throws -> [TieRecord] {
    var found: [TieKey: TieRecord] = [:]
    for column in ["from_account", "to_account"] {
      var statement = try PreparedStatement(
        db, "SELECT \(TieTable.columns) FROM tie AS t WHERE workspace = ? AND \(column) = ?")
      for account in accounts {
        statement.add(workspace)
        statement.add(account)
        try statement.forEach { row in
          let tie = try TieTable.read(&row)
          found[tie.key] = tie
        }
      }
    }
    return found.values.sorted { $0.key < $1.key }
  }
}
