extension PatternParser {
  struct Bounds {
    var start: Int
    var minimum: Int
    var maximum: Int?
  }

  /// Reads `*`, `+`, `?` or `{n,m}` with a `?` after it; `nil`, with nothing read, for a `{` that stands for itself.
  mutating func repetitionBounds() throws(RegularExpressionError) -> Bounds? {
    let start = position
    var bounds: Bounds
    switch peek() {
    case "*": bounds = Bounds(start: start, minimum: 0)
    case "+": bounds = Bounds(start: start, minimum: 1)
    case "?": bounds = Bounds(start: start, minimum: 0, maximum: 1)
    default:
      guard let counted = try countedBounds() else {
        position = start
        return nil
      }
      bounds = counted
      // The closing brace is read below like the other operators.
      position -= 1
    }
    position += 1
    if peek() == "?" { position += 1 }
    return bounds
  }

  private mutating func countedBounds() throws(RegularExpressionError) -> Bounds? {
    let start = position
    position += 1
    guard let minimum = number() else { return nil }
    var maximum: Int? = minimum
    if peek() == "," {
      position += 1
      if peek() == "}" {
        maximum = nil
      } else {
        guard let upper = number() else { return nil }
        maximum = upper
      }
    }
    guard peek() == "}" else { return nil }
    position += 1
    let text = fragment(start, position)
    guard max(minimum, maximum ?? 0) <= limits.repetition else {
      throw error("`\(text)` repeats too often, at most \(limits.repetition) is allowed", at: start, .tooLarge)
    }
    guard minimum <= maximum ?? minimum else {
      throw error("`\(text)` has its counts in the wrong order, expected the smaller one first", at: start)
    }
    return Bounds(start: start, minimum: minimum, maximum: maximum)
  }

  /// A decimal number without leading zeros, at most a million.
  private mutating func number() -> Int? {
    let start = position
    var value = 0
    while let scalar = peek(), ("0"..."9").contains(scalar) {
      value = min(value * 10 + Int(scalar.value - 48), 1_000_000)
      position += 1
    }
    guard position > start, scalars[start] != 48 || position == start + 1 else { return nil }
    return value
  }

  func repeatLast(
    of items: inout [Item], _ bounds: Bounds, afterRepetition: Bool
  ) throws(RegularExpressionError) {
    let text = fragment(bounds.start, position)
    guard !afterRepetition else {
      throw error(
        "`\(text)` repeats a repetition; put the first one into a group, as in `(?:a*)\(text)`", at: bounds.start)
    }
    guard let last = items.popLast() else {
      throw error("`\(text)` has nothing to repeat; write `\\\(text)` for the character", at: bounds.start)
    }
    // Counts inside one another multiply the program.
    let count = max(bounds.maximum ?? bounds.minimum, 1)
    let counted = bounds.maximum.map { $0 > 1 } ?? (bounds.minimum > 1)
    let (product, overflow) = last.repetitions.multipliedReportingOverflow(by: counted ? count : 1)
    guard !overflow, product <= limits.repetition else {
      throw error(
        "`\(text)` and the repetitions inside it repeat too often, at most \(limits.repetition) in all is allowed",
        at: bounds.start, .tooLarge)
    }
    items.append(
      Item(
        node: .repetition(last.node, minimum: bounds.minimum, maximum: bounds.maximum), repetitions: product))
  }
}
