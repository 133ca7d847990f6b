import SocialCRM

/// People, in their JSON form.
enum PersonTable: RecordTable {
  static let name = "person"
  static let keyColumns = ["id"]
  static let valueColumns = ["record"]

  static func key(of record: PersonRecord) -> PersonID { record.id }
  static func version(of record: PersonRecord) -> LogPosition { record.version }
  static func bind(_ key: PersonID, to statement: inout PreparedStatement) { statement.add(key) }
  static func bindValues(of record: PersonRecord, to statement: inout PreparedStatement) {
    statement.add(record.jsonBytes)
  }

  static func read(_ row: inout ResultRow) throws -> PersonRecord {
    row.skip()
    return try row.document()
  }
}
