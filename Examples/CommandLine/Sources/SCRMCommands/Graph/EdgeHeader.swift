/// The first line of an edge list where it names the columns instead of an edge.
struct EdgeHeader {
  /// Whether the first column is where edges lead to.
  let isTurned: Bool

  private static let names = [
    ("source", "target"), ("from", "to"), ("src", "dst"), ("left", "right"), ("follower", "followed"),
    ("node1", "node2"),
  ]

  /// `nil` for columns that are an edge.
  init?(_ columns: [ArraySlice<UInt8>]) {
    guard (2...3).contains(columns.count) else { return nil }
    let (first, second) = (Self.lowercased(columns[0]), Self.lowercased(columns[1]))
    guard let pair = Self.names.first(where: { ($0, $1) == (first, second) || ($1, $0) == (first, second) }) else {
      return nil
    }
    isTurned = pair.0 == second
  }

  private static func lowercased(_ column: ArraySlice<UInt8>) -> String {
    String(decoding: column, as: UTF8.self).lowercased()
  }
}
