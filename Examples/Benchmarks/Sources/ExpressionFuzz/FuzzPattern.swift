/// A regular expression made at random, with a definition of its own of what it matches: sets of places.
indirect enum FuzzPattern {
  case scalar(Unicode.Scalar)
  case any
  case range(Unicode.Scalar, Unicode.Scalar, negated: Bool)
  case start
  case end
  case sequence([FuzzPattern])
  case choice([FuzzPattern])
  case repeated(FuzzPattern, Int, Int?)

  private static let scalars: [Unicode.Scalar] = ["a", "b", "c", "é", "文", "😀", "\n", "~"]

  static func text(_ random: inout FuzzRandom) -> String {
    var view = String.UnicodeScalarView()
    for _ in 0..<random.below(12) { view.append(random.pick(scalars)) }
    return String(view)
  }

  init(_ random: inout FuzzRandom, depth: Int) {
    switch random.below(depth > 0 ? 12 : 6) {
    case 0, 1, 2: self = .scalar(random.pick(Self.scalars))
    case 3: self = .any
    case 4:
      let (first, second) = (random.pick(Self.scalars), random.pick(Self.scalars))
      self = .range(min(first, second), max(first, second), negated: random.below(2) == 0)
    case 5: self = random.below(2) == 0 ? .start : .end
    case 6, 7: self = .sequence((0..<(1 + random.below(3))).map { _ in FuzzPattern(&random, depth: depth - 1) })
    case 8, 9: self = .choice((0..<(1 + random.below(3))).map { _ in FuzzPattern(&random, depth: depth - 1) })
    default:
      let least = random.below(3)
      self = .repeated(
        FuzzPattern(&random, depth: depth - 1), least, random.below(2) == 0 ? nil : least + random.below(3))
    }
  }

  /// The pattern in RE2 syntax.
  var text: String {
    switch self {
    case .scalar(let scalar): Self.escaped(scalar)
    case .any: "."
    case .range(let low, let high, let negated): "[\(negated ? "^" : "")\(Self.escaped(low))-\(Self.escaped(high))]"
    case .start: "^"
    case .end: "$"
    case .sequence(let parts): "(?:\(parts.map(\.text).joined()))"
    case .choice(let parts): "(\(parts.map(\.text).joined(separator: "|")))"
    case .repeated(let part, let least, let most):
      "(?:\(part.text))"
        + (most == nil && least < 2 ? (least == 0 ? "*" : "+") : "{\(least),\(most.map(String.init) ?? "")}")
    }
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String { scalar == "\n" ? "\\n" : String(scalar) }

  func isFound(in text: [Unicode.Scalar]) -> Bool { (0...text.count).contains { !ends(in: text, from: [$0]).isEmpty } }

  private func ends(in text: [Unicode.Scalar], from places: Set<Int>) -> Set<Int> {
    func step(_ accepts: (Unicode.Scalar) -> Bool) -> Set<Int> {
      Set(places.filter { $0 < text.count && accepts(text[$0]) }.map { $0 + 1 })
    }
    switch self {
    case .scalar(let scalar): return step { $0 == scalar }
    case .any: return step { $0 != "\n" }
    case .range(let low, let high, let negated): return step { (low...high).contains($0) != negated }
    case .start: return places.filter { $0 == 0 }
    case .end: return places.filter { $0 == text.count }
    case .sequence(let parts): return parts.reduce(places) { $1.ends(in: text, from: $0) }
    case .choice(let parts): return parts.reduce([]) { $0.union($1.ends(in: text, from: places)) }
    case .repeated(let part, let least, let most):
      var now = places
      for _ in 0..<least { now = part.ends(in: text, from: now) }
      var all = now
      for _ in 0..<(most.map { $0 - least } ?? text.count + 1) {
        now = part.ends(in: text, from: now)
        all.formUnion(now)
      }
      return all
    }
  }
}
