import SocialCRM

/// Which account and person an identifier leads to.
enum IdentityTable: RecordTable {
  static let name = "identity"
  static let keyColumns = ["kind", "scope", "value"]
  static let valueColumns = ["account", "person"]

  static func key(of record: IdentityRecord) -> IdentifierKey { record.key }
  static func version(of record: IdentityRecord) -> LogPosition { record.version }

  static func bind(_ key: IdentifierKey, to statement: inout PreparedStatement) {
    statement.add(key.namespace.kind)
    statement.add(key.namespace.scope)
    statement.add(key.key)
  }

  static func bindValues(of record: IdentityRecord, to statement: inout PreparedStatement) {
    statement.add(record.account)
    statement.add(record.person)
  }

  static func read(_ row: inout ResultRow) throws -> IdentityRecord {
    let namespace = IdentifierNamespace(try row.text(), scope: try row.text())
    return IdentityRecord(
      key: IdentifierKey(namespace, key: try row.text()), account: try row.id(), person: try row.id(),
      version: row.position())
  }
}
