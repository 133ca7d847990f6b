extension PatternParser {
  /// Reads what a backslash begins outside brackets.
  mutating func escape(into items: inout [Item]) throws(RegularExpressionError) {
    switch peek(1) {
    case "A": add(.assertion(.textStart), to: &items)
    case "z": add(.assertion(.textEnd), to: &items)
    case "b": add(.assertion(.wordBoundary), to: &items)
    case "B": add(.assertion(.noWordBoundary), to: &items)
    case "Q": quotation(into: &items)
    default:
      if let set = try classEscape() {
        items.append(Item(node: .set(set)))
      } else {
        items.append(Item(node: literal(try scalarEscape())))
      }
    }
  }

  private mutating func add(_ node: PatternNode, to items: inout [Item]) {
    position += 2
    items.append(Item(node: node))
  }

  /// Reads `\Q…\E`; without `\E` it goes to the end of the pattern.
  private mutating func quotation(into items: inout [Item]) {
    position += 2
    while position < scalars.count, !follows("\\E") {
      items.append(Item(node: literal(scalars[position])))
      position += 1
    }
    position = min(position + 2, scalars.count)
  }

  /// Reads `\d`, `\pL`, `\p{Greek}` and the like; `nil`, with nothing read, if the escape is of another kind.
  mutating func classEscape() throws(RegularExpressionError) -> ScalarSet? {
    guard peek() == "\\", let kind = peek(1) else { return nil }
    if let set = ScalarSet.perl(kind) {
      position += 2
      return caseless(set.positive, negated: set.negated)
    }
    guard kind == "p" || kind == "P" else { return nil }
    let start = position
    position += 2
    var negated = kind == "P"
    let name: String
    if peek() == "{" {
      position += 1
      if peek() == "^" {
        negated.toggle()
        position += 1
      }
      let first = position
      while let scalar = peek(), scalar != "}" { position += 1 }
      guard peek() == "}" else {
        throw error("`\(fragment(start, start + 3))` is never closed, expected `}`", at: start)
      }
      name = fragment(first, position)
    } else {
      name = fragment(position, position + 1)
    }
    guard let set = ScalarSet.unicode(name) else {
      throw error(
        "`\(fragment(start, position + 1))` names no class, expected a general category such as `L` or `Nd`, a script "
          + "such as `Han`, or `Any`", at: start)
    }
    position += 1
    return caseless(set, negated: negated)
  }

  /// Cases are joined before a class is negated, so that `(?i)[^k]` leaves out `K` too.
  func caseless(_ set: ScalarSet, negated: Bool) -> ScalarSet {
    let set = flags.ignoresCase ? CaseOrbits.shared.closure(of: set) : set
    return negated ? set.inverted : set
  }

  /// Reads an escape that stands for one scalar.
  mutating func scalarEscape() throws(RegularExpressionError) -> UInt32 {
    let start = position
    guard let scalar = peek(1) else { throw error("`\\` at the end of the pattern, expected a character after it") }
    position += 2
    switch scalar {
    case "a": return 7
    case "f": return 12
    case "n": return 10
    case "r": return 13
    case "t": return 9
    case "v": return 11
    case "x": return try hexadecimal(start)
    case "0": return octal(0)
    case "1"..."7":
      // One digit would be a backreference, more are octal.
      if let next = peek(), ("0"..."7").contains(next) { return octal(scalar.value - 48) }
      throw error("the backreference `\\\(scalar)` is not supported: nothing here backtracks", at: start, .unsupported)
    case "8", "9":
      throw error("the backreference `\\\(scalar)` is not supported: nothing here backtracks", at: start, .unsupported)
    default: break
    }
    guard scalar.isASCII, !scalar.properties.isAlphabetic else {
      throw error(
        "`\\\(scalar)` is no escape, expected one of the RE2 syntax; letters stand for themselves without `\\`",
        at: start)
    }
    return scalar.value
  }

  /// One to three octal digits, the first of them read already.
  private mutating func octal(_ first: UInt32) -> UInt32 {
    var value = first
    for _ in 0..<2 {
      guard let digit = peek(), ("0"..."7").contains(digit) else { break }
      value = value * 8 + digit.value - 48
      position += 1
    }
    return value
  }

  private mutating func hexadecimal(_ start: Int) throws(RegularExpressionError) -> UInt32 {
    let braced = peek() == "{"
    if braced { position += 1 }
    let first = position
    var value: UInt32 = 0
    while position - first < (braced ? 8 : 2), let digit = peek()?.hexadecimalValue {
      value = value * 16 + digit
      position += 1
    }
    let complete = braced ? position > first && peek() == "}" : position == first + 2
    guard complete, value <= 0x10_FFFF, Unicode.Scalar(value) != nil else {
      throw error(
        "`\(fragment(start, position + 1))` is no character, expected `\\x7F` or `\\x{1F600}` up to 10FFFF without surrogates",
        at: start)
    }
    if braced { position += 1 }
    return value
  }
}

extension Unicode.Scalar {
  fileprivate var hexadecimalValue: UInt32? {
    switch self {
    case "0"..."9": value - 48
    case "a"..."f": value - 87
    case "A"..."F": value - 55
    default: nil
    }
  }
}
