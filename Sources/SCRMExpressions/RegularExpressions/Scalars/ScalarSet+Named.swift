extension ScalarSet {
  private static let digits: [(UInt32, UInt32)] = [(0x30, 0x39)]
  private static let upper: [(UInt32, UInt32)] = [(0x41, 0x5A)]
  private static let lower: [(UInt32, UInt32)] = [(0x61, 0x7A)]
  private static let underscore: [(UInt32, UInt32)] = [(0x5F, 0x5F)]

  /// The set of `\d`, `\s`, `\w` and whether the letter asks for all others; ASCII only, as in RE2.
  static func perl(_ letter: Unicode.Scalar) -> (positive: ScalarSet, negated: Bool)? {
    switch letter {
    case "d", "D": (ScalarSet(digits), letter == "D")
    case "s", "S": (ScalarSet([(9, 10), (12, 13), (32, 32)]), letter == "S")
    case "w", "W": (ScalarSet(digits + upper + lower + underscore), letter == "W")
    default: nil
    }
  }

  /// The set of `[:name:]`; ASCII only.
  static func posix(_ name: String) -> ScalarSet? {
    switch name {
    case "alnum": ScalarSet(digits + upper + lower)
    case "alpha": ScalarSet(upper + lower)
    case "ascii": ScalarSet([(0, 0x7F)])
    case "blank": ScalarSet([(9, 9), (32, 32)])
    case "cntrl": ScalarSet([(0, 0x1F), (0x7F, 0x7F)])
    case "digit": ScalarSet(digits)
    case "graph": ScalarSet([(0x21, 0x7E)])
    case "lower": ScalarSet(lower)
    case "print": ScalarSet([(0x20, 0x7E)])
    case "punct": ScalarSet([(0x21, 0x2F), (0x3A, 0x40), (0x5B, 0x60), (0x7B, 0x7E)])
    case "space": ScalarSet([(9, 13), (32, 32)])
    case "upper": ScalarSet(upper)
    case "word": ScalarSet(digits + upper + lower + underscore)
    case "xdigit": ScalarSet(digits + [(0x41, 0x46), (0x61, 0x66)])
    default: nil
    }
  }

  /// The set of `\p{name}`: `Any`, a general category or its first letter, or a script.
  static func unicode(_ name: String) -> ScalarSet? {
    if name == "Any" { return .all }
    return GeneralCategories.shared.set(named: name) ?? ScriptData.set(named: name)
  }
}
