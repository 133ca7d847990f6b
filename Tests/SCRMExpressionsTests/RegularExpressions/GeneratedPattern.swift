@testable import SCRMExpressions

/// A pattern made at random, with its text in RE2 syntax and a definition of its own of what it matches.
indirect enum GeneratedPattern {
  case character(Unicode.Scalar)
  case any
  case characters([Unicode.Scalar], negated: Bool)
  case named(String)
  case place(String)
  case sequence([GeneratedPattern])
  case choice([GeneratedPattern])
  case repeated(GeneratedPattern, Int, Int?, lazy: Bool)
  case caseless(GeneratedPattern)

  static let alphabet: [Unicode.Scalar] = [
    "a", "b", "A", "B", "k", "K", "1", "_", " ", "\n", "é", "É", "中", "\u{212A}", "😀", "文",
  ]
  private static let names = ["\\d", "\\D", "\\w", "\\W", "\\s", "\\pL", "\\PL", "\\p{Han}", "[[:upper:]]", "\\p{Ll}"]
  private static let places = ["^", "$", "(?m:^)", "(?m:$)", "\\b", "\\B", "\\A", "\\z"]

  init(_ random: inout TestRandom, depth: Int) {
    switch random.below(depth > 0 ? 14 : 7) {
    case 0, 1, 2: self = .character(Self.alphabet[random.below(Self.alphabet.count)])
    case 3: self = .any
    case 4:
      let members = (0..<(1 + random.below(3))).map { _ in Self.alphabet[random.below(Self.alphabet.count)] }
      self = .characters(members, negated: random.below(2) == 0)
    case 5: self = .named(Self.names[random.below(Self.names.count)])
    case 6: self = .place(Self.places[random.below(Self.places.count)])
    case 7, 8: self = .sequence((0..<random.below(4)).map { _ in Self(&random, depth: depth - 1) })
    case 9, 10: self = .choice((0..<(1 + random.below(3))).map { _ in Self(&random, depth: depth - 1) })
    case 11, 12:
      let minimum = random.below(3)
      let maximum = random.below(2) == 0 ? nil : minimum + random.below(3)
      self = .repeated(Self(&random, depth: depth - 1), minimum, maximum, lazy: random.below(3) == 0)
    default: self = .caseless(Self(&random, depth: depth - 1))
    }
  }

  /// The pattern in RE2 syntax.
  var text: String {
    switch self {
    case .character(let scalar): Self.escaped(scalar)
    case .any: "."
    case .characters(let members, let negated): "[\(negated ? "^" : "")\(members.map(Self.escaped).joined())]"
    case .named(let name), .place(let name): name
    case .sequence(let parts): "(?:\(parts.map(\.text).joined()))"
    case .choice(let parts): "(\(parts.map(\.text).joined(separator: "|")))"
    case .repeated(let part, let minimum, let maximum, let lazy):
      "(?:\(part.text))"
        + (minimum == 0 && maximum == nil
          ? "*" : minimum == 1 && maximum == nil ? "+" : "{\(minimum),\(maximum.map(String.init) ?? "")}")
        + (lazy ? "?" : "")
    case .caseless(let part): "(?i:\(part.text))"
    }
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    scalar == "\n" ? "\\n" : scalar == "_" ? "\\_" : String(scalar)
  }

  /// Where a match that begins at `start` can end: the set of all places, by definition of each operator.
  func ends(in text: [Unicode.Scalar], from start: Int, caseless: Bool = false) -> Set<Int> {
    func step(_ accepts: (Unicode.Scalar) -> Bool) -> Set<Int> {
      guard start < text.count else { return [] }
      let candidates = caseless ? Self.alphabet.filter { Self.folded($0) == Self.folded(text[start]) } : []
      return accepts(text[start]) || candidates.contains(where: accepts) ? [start + 1] : []
    }
    func without(_ accepts: (Unicode.Scalar) -> Bool) -> Set<Int> {
      start < text.count && step(accepts).isEmpty ? [start + 1] : []
    }
    switch self {
    case .character(let scalar): return step { $0 == scalar }
    case .any: return start < text.count && text[start] != "\n" ? [start + 1] : []
    case .characters(let members, let negated):
      return negated ? without(members.contains) : step(members.contains)
    case .named(let name):
      switch name {
      case "\\D": return without { ("0"..."9").contains($0) }
      case "\\W": return without(Self.isWord)
      case "\\PL": return without(Self.isLetter)
      case "\\d": return step { ("0"..."9").contains($0) }
      case "\\w": return step(Self.isWord)
      case "\\s": return step { " \n".unicodeScalars.contains($0) }
      case "\\pL": return step(Self.isLetter)
      case "\\p{Han}": return step { $0 == "中" || $0 == "文" }
      case "[[:upper:]]": return step { $0 == "A" || $0 == "B" || $0 == "K" }
      default: return step { "abké".unicodeScalars.contains($0) }
      }
    case .place(let name): return Self.holds(name, text, start) ? [start] : []
    case .sequence(let parts):
      return parts.reduce([start]) { places, part in
        Set(places.flatMap { part.ends(in: text, from: $0, caseless: caseless) })
      }
    case .choice(let parts): return Set(parts.flatMap { $0.ends(in: text, from: start, caseless: caseless) })
    case .repeated(let part, let minimum, let maximum, _):
      var places: Set<Int> = [start]
      for _ in 0..<minimum { places = Set(places.flatMap { part.ends(in: text, from: $0, caseless: caseless) }) }
      var all = places
      for _ in 0..<(maximum.map { $0 - minimum } ?? text.count + 1) {
        places = Set(places.flatMap { part.ends(in: text, from: $0, caseless: caseless) })
        all.formUnion(places)
      }
      return all
    case .caseless(let part): return part.ends(in: text, from: start, caseless: true)
    }
  }

  private static func holds(_ name: String, _ text: [Unicode.Scalar], _ place: Int) -> Bool {
    let before = place > 0 ? text[place - 1] : nil
    let after = place < text.count ? text[place] : nil
    let boundary = (before.map(isWord) ?? false) != (after.map(isWord) ?? false)
    return switch name {
    case "^", "\\A": before == nil
    case "$", "\\z": after == nil
    case "(?m:^)": before == nil || before == "\n"
    case "(?m:$)": after == nil || after == "\n"
    case "\\b": boundary
    default: !boundary
    }
  }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    ("0"..."9").contains(scalar) || ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || scalar == "_"
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    "abABkKéÉ中\u{212A}文".unicodeScalars.contains(scalar)
  }

  /// The simple case folding of the letters used.
  private static func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar {
    case "A": "a"
    case "B": "b"
    case "É": "é"
    case "K", "\u{212A}": "k"
    default: scalar
    }
  }
}
