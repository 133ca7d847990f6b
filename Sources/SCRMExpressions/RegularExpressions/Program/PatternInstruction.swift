/// One instruction of a compiled pattern.
enum PatternInstruction: Sendable {
  /// The pattern matches here.
  case match
  /// Goes on at both places.
  case split(Int32, Int32)
  /// Goes on if the place in the text is of the given kind.
  case assertion(PatternAssertion, Int32)
  /// Takes one byte that lies in a range of `PatternProgram.edges[first..<first + count]` and goes on where that says.
  case bytes(first: Int32, count: Int32)
}

/// A range of bytes and where the program goes on after one of them.
struct PatternEdge: Sendable, Hashable {
  var low: UInt8
  var high: UInt8
  var next: Int32
}
