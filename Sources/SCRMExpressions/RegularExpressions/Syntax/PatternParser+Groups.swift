extension PatternParser {
  /// Reads a group; `nil` for one that only sets flags, such as `(?i)`.
  mutating func group() throws(RegularExpressionError) -> Item? {
    let start = position
    let outer = flags
    position += 1
    if peek() == "?" {
      position += 1
      if try groupName(start) == false {
        let closed = try groupFlags(start)
        if closed { return nil }
      }
    }
    depth += 1
    guard depth <= limits.nesting else {
      throw error("groups are nested too deeply, at most \(limits.nesting) levels are allowed", at: start, .tooLarge)
    }
    let item = try alternation()
    guard peek() == ")" else { throw error("`(` is never closed, expected `)`", at: start) }
    position += 1
    depth -= 1
    flags = outer
    return item
  }

  /// Reads `P<name>` or `<name>` after `(?`; false when something else stands there.
  private mutating func groupName(_ start: Int) throws(RegularExpressionError) -> Bool {
    if follows("<=") || follows("<!") || peek() == "=" || peek() == "!" {
      throw error("look-around is not supported: it cannot be searched in linear time", at: start, .unsupported)
    }
    if peek() == ">" { throw error("atomic groups are not supported; write `(?:`", at: start, .unsupported) }
    if follows("P=") || follows("P>") {
      throw error("references to groups are not supported: nothing here backtracks", at: start, .unsupported)
    }
    if follows("P<") { position += 1 } else if peek() != "<" { return false }
    position += 1
    let first = position
    while let scalar = peek(), scalar != ">" {
      guard Self.isNamePart(scalar) else {
        throw error("`\(scalar)` in the name of a group, expected letters, digits, `_` and then `>`")
      }
      position += 1
    }
    guard peek() == ">" else { throw error("the name of the group is never closed, expected `>`", at: start) }
    guard position > first else { throw error("the group has an empty name, expected letters, digits or `_`") }
    guard groupNames.insert(Array(scalars[first..<position])).inserted else {
      throw error("the group name `\(fragment(first, position))` is used twice", at: first)
    }
    position += 1
    return true
  }

  private static func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .letterNumber,
      .nonspacingMark, .spacingMark, .decimalNumber, .connectorPunctuation:
      true
    default: false
    }
  }

  /// Reads flags up to `:` or `)` and sets them; true if it was the parenthesis, after which they hold to the end of
  /// the group around.
  private mutating func groupFlags(_ start: Int) throws(RegularExpressionError) -> Bool {
    var value = true
    var flagSinceSign = true
    while let scalar = peek() {
      position += 1
      switch scalar {
      case "i": flags.ignoresCase = value
      case "m": flags.linewise = value
      case "s": flags.dotMatchesLineFeed = value
      case "U": break
      case "-" where value:
        value = false
        flagSinceSign = false
        continue
      case ":" where flagSinceSign: return false
      case ")" where flagSinceSign: return true
      default:
        throw error(
          "`\(fragment(start, position))` is no group, expected `(?:`, `(?P<name>`, `(?<name>` or flags of `imsU`",
          at: position - 1)
      }
      flagSinceSign = true
    }
    throw error("`(?` is never closed, expected flags of `imsU` and then `:` or `)`", at: start)
  }
}
