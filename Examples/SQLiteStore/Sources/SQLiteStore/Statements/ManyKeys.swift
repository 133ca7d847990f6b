import GRDB

/// Reads by many keys with few statements: a table of values, joined to the table that is read.
///
/// The values come in blocks of three sizes, so that a connection prepares each query three times and never again.
struct ManyKeys {
  /// The names of the parts of a key.
  let parts: [String]
  /// What follows the table of values `wanted(n, …)`: a query whose first column is `wanted.n`.
  let query: String

  private static let blocks = [128, 16, 1]

  /// Reads the matches of all keys.
  /// - Parameters:
  ///   - bind: adds the parts of a key.
  ///   - scope: adds what `query` has as parameters.
  ///   - row: gets the place of the key in `keys` and the columns after `wanted.n`.
  func forEachMatch<Key>(
    _ db: Database, _ keys: [Key], bind: (Key, inout PreparedStatement) -> Void,
    scope: (inout PreparedStatement) -> Void, row: (Int, inout ResultRow) throws -> Void
  ) throws {
    var start = 0
    for block in Self.blocks where keys.count - start >= block {
      var statement = try PreparedStatement(db, sql(block))
      while keys.count - start >= block {
        for key in keys[start..<(start + block)] { bind(key, &statement) }
        scope(&statement)
        try statement.forEach { result in
          let place = start + (try result.int())
          try row(place, &result)
        }
        start += block
      }
    }
  }

  private func sql(_ count: Int) -> String {
    let row = parts.map { _ in ",?" }.joined() + ")"
    let values = (0..<count).map { "(\($0)" + row }.joined(separator: ",")
    return "WITH wanted(n, \(parts.joined(separator: ", "))) AS (VALUES \(values)) \(query)"
  }
}
