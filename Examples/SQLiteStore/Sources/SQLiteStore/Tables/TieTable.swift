import SocialCRM

/// Ties between accounts.
enum TieTable: RecordTable {
  static let name = "tie"
  static let keyColumns = ["from_account", "to_account"]
  static let valueColumns = ["schema", "state"]

  static func key(of record: TieRecord) -> TieKey { record.key }
  static func version(of record: TieRecord) -> LogPosition { record.version }

  static func bind(_ key: TieKey, to statement: inout PreparedStatement) {
    statement.add(key.from)
    statement.add(key.to)
  }

  static func bindValues(of record: TieRecord, to statement: inout PreparedStatement) {
    statement.add(record.schema)
    statement.add(record.bytes)
  }

  static func read(_ row: inout ResultRow) throws -> TieRecord {
    let key = TieKey(from: try row.id(), to: try row.id())
    let schema = try row.int()
    let bytes = row.bytes()
    return TieRecord(key: key, version: row.position(), schema: schema, bytes: bytes)
  }
}
