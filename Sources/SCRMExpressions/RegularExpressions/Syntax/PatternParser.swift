/// Reads a pattern of the RE2 syntax (https://github.com/google/re2/wiki/Syntax), one scalar after the other.
struct PatternParser {
  /// Something a repetition operator can follow, with the product of the counts inside it.
  struct Item {
    var node: PatternNode
    var repetitions = 1
  }

  let scalars: [UInt32]
  let limits: RegularExpressionLimits
  var position = 0
  var flags = PatternFlags()
  var depth = 0
  var groupNames: Set<[UInt32]> = []

  static func parse(
    _ pattern: String, limits: RegularExpressionLimits
  ) throws(RegularExpressionError) -> PatternNode {
    guard pattern.utf8.count <= limits.patternLength else {
      throw RegularExpressionError(
        .tooLarge, at: 0, "the pattern has \(pattern.utf8.count) bytes, at most \(limits.patternLength) are allowed")
    }
    var parser = PatternParser(scalars: pattern.unicodeScalars.map(\.value), limits: limits)
    let item = try parser.alternation()
    guard parser.position == parser.scalars.count else {
      throw parser.error("`)` without `(` before it; write `\\)` for the character")
    }
    return item.node
  }

  private init(scalars: [UInt32], limits: RegularExpressionLimits) {
    self.scalars = scalars
    self.limits = limits
  }

  /// Reads branches up to the end of the pattern or a closing parenthesis.
  mutating func alternation() throws(RegularExpressionError) -> Item {
    var branches: [PatternNode] = []
    var items: [Item] = []
    var repetitions = 1
    // Where the last repetition operator ended: another must not follow at once.
    var repeatedAt = -1
    while let scalar = peek(), scalar != ")" {
      switch scalar {
      case "|":
        repetitions = items.reduce(repetitions) { max($0, $1.repetitions) }
        branches.append(.sequence(items.map(\.node)))
        items.removeAll()
        position += 1
      case "(":
        if let group = try group() { items.append(group) }
      case "[": items.append(Item(node: .set(try bracketClass())))
      case ".":
        position += 1
        items.append(Item(node: .set(flags.dotMatchesLineFeed ? .all : .allButLineFeed)))
      case "^":
        position += 1
        items.append(Item(node: .assertion(flags.linewise ? .lineStart : .textStart)))
      case "$":
        position += 1
        items.append(Item(node: .assertion(flags.linewise ? .lineEnd : .textEnd)))
      case "*", "+", "?", "{":
        guard let bounds = try repetitionBounds() else {
          position += 1
          items.append(Item(node: literal(scalar.value)))
          break
        }
        try repeatLast(of: &items, bounds, afterRepetition: repeatedAt == bounds.start)
        repeatedAt = position
      case "\\": try escape(into: &items)
      default:
        position += 1
        items.append(Item(node: literal(scalar.value)))
      }
    }
    repetitions = items.reduce(repetitions) { max($0, $1.repetitions) }
    branches.append(.sequence(items.map(\.node)))
    return Item(node: .choice(branches), repetitions: repetitions)
  }

  /// One scalar of the pattern as it stands, or all that equal it when case does not matter.
  func literal(_ scalar: UInt32) -> PatternNode {
    guard flags.ignoresCase else { return .scalar(scalar) }
    let orbit = CaseOrbits.shared.orbit(of: scalar)
    return orbit.isEmpty ? .scalar(scalar) : .set(ScalarSet(orbit.map { ($0, $0) }))
  }

  func peek(_ offset: Int = 0) -> Unicode.Scalar? {
    position + offset < scalars.count ? Unicode.Scalar(scalars[position + offset]) : nil
  }

  /// Whether the pattern goes on with the given ASCII text.
  func follows(_ text: String) -> Bool {
    text.unicodeScalars.enumerated().allSatisfy { peek($0.offset) == $0.element }
  }

  /// The scalars from `start` up to `end` as text, for messages; long ones are cut.
  func fragment(_ start: Int, _ end: Int) -> String {
    var text = String.UnicodeScalarView()
    for scalar in scalars[min(start, scalars.count)..<min(end, scalars.count)].prefix(40) {
      if let scalar = Unicode.Scalar(scalar) { text.append(scalar) }
    }
    return String(text)
  }

  func error(
    _ reason: String, at position: Int? = nil, _ code: RegularExpressionError.Code = .syntax
  ) -> RegularExpressionError {
    RegularExpressionError(code, at: position ?? self.position, reason)
  }
}
