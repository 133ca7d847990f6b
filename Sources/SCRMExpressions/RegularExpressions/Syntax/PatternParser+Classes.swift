extension PatternParser {
  /// Reads a class in brackets.
  mutating func bracketClass() throws(RegularExpressionError) -> ScalarSet {
    let start = position
    position += 1
    let negated = peek() == "^"
    if negated { position += 1 }
    let first = position
    // Classes inside are complete when they come; single characters and ranges get their cases together at the end.
    var sets = ScalarSet()
    var ranges: [(UInt32, UInt32)] = []
    while let scalar = peek() {
      if scalar == "]", position > first {
        position += 1
        sets.formUnion(caseless(ScalarSet(ranges), negated: false))
        return negated ? sets.inverted : sets
      }
      if scalar == "[", let set = try posixClass() {
        sets.formUnion(set)
      } else if let set = try classEscape() {
        sets.formUnion(set)
      } else {
        ranges.append(try range())
      }
    }
    throw error("`[` is never closed, expected `]`", at: start)
  }

  /// Reads a character or a range of them.
  private mutating func range() throws(RegularExpressionError) -> (UInt32, UInt32) {
    let start = position
    let low = try classScalar()
    guard peek() == "-", let next = peek(1), next != "]" else { return (low, low) }
    position += 1
    let high = try classScalar()
    guard low <= high else {
      throw error("`\(fragment(start, position))` runs backwards, expected the smaller character first", at: start)
    }
    return (low, high)
  }

  private mutating func classScalar() throws(RegularExpressionError) -> UInt32 {
    if peek() == "\\" { return try scalarEscape() }
    position += 1
    return scalars[position - 1]
  }

  /// Reads `[:alpha:]` or `[:^alpha:]`; `nil`, with nothing read, where a bracket stands for itself.
  private mutating func posixClass() throws(RegularExpressionError) -> ScalarSet? {
    guard peek(1) == ":" else { return nil }
    var end = position + 2
    // No name is longer than `^xdigit`.
    let last = min(scalars.count - 1, position + 64)
    while end < last, !(scalars[end] == 58 && scalars[end + 1] == 93) { end += 1 }
    guard end < last else { return nil }
    let negated = peek(2) == "^"
    let name = fragment(position + (negated ? 3 : 2), end)
    guard let set = ScalarSet.posix(name) else {
      throw error(
        "`\(fragment(position, end + 2))` names no class, expected `[:alpha:]`, `[:digit:]` or another of the POSIX classes"
      )
    }
    position = end + 2
    return caseless(set, negated: negated)
  }
}
