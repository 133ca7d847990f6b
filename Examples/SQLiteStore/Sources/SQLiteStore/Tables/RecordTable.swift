import GRDB
import SocialCRM

/// A table of records that carry a version: how its keys and values are laid out in columns.
///
/// Everything that is done with such a table follows from that, see `RecordTable+Reading` and `RecordTable+Writing`.
protocol RecordTable {
  /// What a record is found by; its order is that of the rows.
  associatedtype Key: Comparable
  /// What a row holds.
  associatedtype Record: Sendable, Hashable

  /// The name of the table.
  static var name: String { get }
  /// The columns of the key, in the order in which rows are ordered.
  static var keyColumns: [String] { get }
  /// The other columns but the version.
  static var valueColumns: [String] { get }

  static func key(of record: Record) -> Key
  static func version(of record: Record) -> LogPosition
  /// Adds the key columns.
  static func bind(_ key: Key, to statement: inout PreparedStatement)
  /// Adds the value columns.
  static func bindValues(of record: Record, to statement: inout PreparedStatement)
  /// Reads key columns, value columns and version.
  static func read(_ row: inout ResultRow) throws -> Record
}

extension RecordTable {
  /// The columns that ``read(_:)`` expects.
  static var columns: String { (keyColumns + valueColumns + ["version"]).map { "t." + $0 }.joined(separator: ", ") }

  static var keyIsGiven: String {
    "workspace = ?" + keyColumns.map { " AND \($0) = ?" }.joined()
  }
}
