import GRDB
import SocialCRM

extension RecordTable {
  /// The records with these keys, in their order.
  ///
  /// O(keys × log n).
  static func records(_ db: Database, _ workspace: Int64, _ keys: [Key]) throws -> [Record?] {
    var found = [Record?](repeating: nil, count: keys.count)
    let isWanted = keyColumns.map { " AND t.\($0) = wanted.\($0)" }.joined()
    let many = ManyKeys(
      parts: keyColumns,
      query: "SELECT wanted.n, \(columns) FROM wanted CROSS JOIN \(name) AS t ON t.workspace = ?\(isWanted)")
    try many.forEachMatch(db, keys, bind: bind, scope: { $0.add(workspace) }) { place, row in
      found[place] = try read(&row)
    }
    return found
  }

  /// Up to `limit` records after `key`, in key order.
  static func page(_ db: Database, _ workspace: Int64, after key: Key?, limit: Int) throws -> [Record] {
    let order = keyColumns.joined(separator: ", ")
    let places = keyColumns.map { _ in "?" }.joined(separator: ", ")
    let isAfter = key == nil ? "" : " AND (\(order)) > (\(places))"
    var statement = try PreparedStatement(
      db, "SELECT \(columns) FROM \(name) AS t WHERE workspace = ?\(isAfter) ORDER BY \(order) LIMIT ?")
    statement.add(workspace)
    if let key { bind(key, to: &statement) }
    statement.add(max(limit, 0))
    return try statement.all(read)
  }

  /// The version of a record; `nil` when it is absent.
  static func version(_ db: Database, _ workspace: Int64, _ key: Key) throws -> LogPosition? {
    var statement = try PreparedStatement(db, "SELECT version FROM \(name) WHERE \(keyIsGiven)")
    statement.add(workspace)
    bind(key, to: &statement)
    return try statement.first { $0.position() }
  }
}
