import DenseData
import RuleEngine
import SCRMModel
import Testing

/// The index finds what evaluating every condition finds.
@Suite struct RuleIndexTests {
  private static let environment: ExpressionEnvironment = {
    var environment = ExpressionEnvironment()
    for name in ["a", "b"] { environment.declare(name, .string) }
    environment.declare("n", .int)
    environment.declare("x", .double)
    environment.declare("t", .bool)
    return environment
  }()
  private static let words = ["", "k", "re", "ref", "refu", "refund", "refunds now", "退款", "退款了吗", "order"]

  private static func test(_ draw: inout SeededGenerator) -> String {
    let word = words[draw.below(words.count)]
    let name = ["a", "b"][draw.below(2)]
    let number = draw.below(7) - 3
    switch draw.below(14) {
    case 0: return "\(name) == '\(word)'"
    case 1: return "'\(word)' == \(name)"
    case 2: return "\(name) in ['\(word)', 'order', 'k']"
    case 3, 4: return "\(name).contains('\(word)')"
    case 5: return "\(name).startsWith('\(word)')"
    case 6: return "n == \(number)"
    case 7: return "n > \(number)"
    case 8: return "\(number) >= n"
    case 9: return "x < \(number).5"
    case 10: return "x == \(draw.below(2) == 0 ? "0.0" : "-0.0")"
    case 11: return draw.below(2) == 0 ? "t" : "!t"
    case 12: return "(\(name).contains('\(word)') || \(name).contains('退'))"
    default: return "size(\(name)) > \(number)"
    }
  }

  private static func fill(_ activation: inout ExpressionActivation, _ draw: inout SeededGenerator) throws {
    activation.reset()
    for slot in 0..<2 where draw.below(5) > 0 {
      let text = words[draw.below(words.count)] + (draw.below(2) == 0 ? "" : " " + words[draw.below(words.count)])
      try activation.set(slot, text: text)
    }
    if draw.below(5) > 0 { try activation.set(2, .int(Int64(draw.below(7) - 3))) }
    if draw.below(5) > 0 { try activation.set(3, number: [-0.0, 0, .nan, 1.5, -2.5, 1e300][draw.below(6)]) }
    if draw.below(5) > 0 { try activation.set(4, .bool(draw.below(2) == 0)) }
  }

  @Test func `indexed is naive on ten thousand generated sets, also after removals`() throws {
    var draw = SeededGenerator(seed: 6)
    let environment = Self.environment
    // Compiling is what takes long: sets are drawn from a pool of conditions.
    let pool = try (0..<600).map { _ in
      try environment.compile((0...draw.below(4)).map { _ in Self.test(&draw) }.joined(separator: " && "))
    }
    var activation = ExpressionActivation(environment)
    var matching = RuleIndex.Matching()
    var (found, undecided) = (0, 0)
    for set in 0..<10_000 {
      var index = RuleIndex(environment)
      var live: [Int: (program: ExpressionProgram, reports: Bool)] = [:]
      for _ in 0...draw.below(24) {
        let program = pool[draw.below(pool.count)]
        let reports = draw.below(4) == 0
        live[index.add(program, reportsUndecided: reports)] = (program, reports)
        if draw.below(3) == 0, let gone = live.keys.min() {
          index.remove(gone)
          live[gone] = nil
        }
      }
      #expect(index.count == live.count)
      for _ in 0..<3 {
        try Self.fill(&activation, &draw)
        index.match(activation, into: &matching)
        let verdicts = live.mapValues { $0.program.verdict(activation) }
        let expected = verdicts.filter { $0.value == .match }.keys.sorted()
        let unsure = verdicts.filter { row, verdict in
          if case .undecided = verdict { live[row]?.reports ?? false } else { false }
        }
        guard matching.rows == expected, matching.undecided == unsure.keys.sorted() else {
          Issue.record("set \(set): found \(matching.rows), expected \(expected); undecided \(matching.undecided)")
          return
        }
        found += expected.count
        undecided += unsure.count
      }
    }
    #expect(found > 10_000 && undecided > 1_000)
  }

  @Test func `conditions are looked at for their triggers alone, and few are evaluated`() throws {
    let environment = Self.environment
    var index = RuleIndex(environment)
    var rows: [Int] = []
    for number in 0..<1_000 {
      rows.append(index.add(try environment.compile("a == 'v\(number)' && b.contains('w')"), on: ["post"]))
    }
    let always = index.add(nil, on: ["post", "comment"])
    var activation = ExpressionActivation(environment)
    try activation.set(0, text: "v7")
    try activation.set(1, text: "words")
    var matching = RuleIndex.Matching()
    index.match(activation, on: [try #require(index.trigger("post"))], into: &matching)
    #expect(matching.rows == [rows[7], always] && matching.evaluated <= 8)
    index.match(activation, on: [try #require(index.trigger("comment"))], into: &matching)
    #expect(matching.rows == [always] && matching.evaluated == 0)
    #expect(index.trigger("share") == nil)
  }
}
