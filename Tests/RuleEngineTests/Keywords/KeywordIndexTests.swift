import DenseData
import SCRMModel
import Testing

@testable import RuleEngine

/// The keywords of a book, which takes them in and out one by one.
@Suite struct KeywordIndexTests {
  private static let words = [
    "refund", "Refund", "fun", "un", "n", "退款", "款", "退", "déjà vu", "deja", "ok", "ＯＫ", "要退款了", "re", "c++",
    "no refund",
    "late delivery", "livraison", "投诉", "诉",
  ]
  private static let pieces = [
    "refund", "REFUND", "fund", " ", ", ", "退款", "我要退款了", "déjà vu", "Déjà", "vu", "book", "ok", "ＯＫ", "c++", "no ",
    "late",
    " delivery", "livraison", "投诉", "!", "e\u{301}", "n", "un",
  ]

  private func trigger(_ draw: inout SeededGenerator) -> KeywordTrigger {
    func words(_ count: Int) -> [String] { (0..<count).map { _ in Self.words[draw.below(Self.words.count)] } }
    var trigger = KeywordTrigger(match: KeywordTrigger.Match.allCases[draw.below(3)])
    if draw.below(2) == 0 { trigger.any = words(1 + draw.below(3)) }
    if draw.below(3) == 0 { trigger.all = words(1 + draw.below(2)) }
    if draw.below(3) == 0 { trigger.none = words(1) }
    if draw.below(4) == 0 {
      trigger.near = [.init(words(2), within: draw.below(3), isOrdered: draw.below(2) == 0)]
    }
    if draw.below(4) == 0 { trigger.counts = [.init(words(1 + draw.below(2)), atLeast: 1 + draw.below(2), atMost: 3)] }
    return trigger
  }

  @Test func `it finds what an automaton compiled anew finds, after any changes`() throws {
    var draw = SeededGenerator(seed: 3)
    for _ in 0..<(isSoak ? 2_000 : 40) {
      var index = KeywordIndex()
      var triggers: [Int: KeywordTrigger] = [:]
      var matching = KeywordMatcher.Matching()
      var other = KeywordMatcher.Matching()
      for _ in 0..<30 {
        if draw.below(3) == 0, let gone = triggers.keys.sorted().randomElement(using: &draw) {
          index.remove(gone)
          triggers[gone] = nil
        } else if let free = (0...triggers.count).first(where: { triggers[$0] == nil }) {
          let new = trigger(&draw)
          index.insert(new, as: free)
          triggers[free] = new
        }
        let places = triggers.keys.sorted()
        let matcher = try KeywordMatcher(places.compactMap { triggers[$0] })
        let texts = (0...draw.below(2)).map { _ in
          (0..<draw.below(8)).map { _ in Self.pieces[draw.below(Self.pieces.count)] }.joined()
        }
        index.match(texts, into: &matching)
        matcher.match(texts, into: &other)
        #expect(matching.triggers == other.triggers.map { places[$0] }, "\(texts)")
        for found in other.triggers {
          #expect(index.words(of: places[found], in: matching) == matcher.words(of: found, in: other))
        }
      }
      for place in triggers.keys { index.remove(place) }
      #expect(index.count == 0)
      index.match(["refund 退款"], into: &matching)
      #expect(matching.triggers.isEmpty)
    }
  }

  @Test func `words that cannot be looked for are named`() {
    #expect(throws: SCRMError.self) { try KeywordIndex.check(KeywordTrigger(any: ["a", " "])) }
    #expect(throws: SCRMError.self) { try KeywordIndex.check(KeywordTrigger(near: [.init([], within: 1)])) }
    #expect(throws: SCRMError.self) {
      try KeywordIndex.check(KeywordTrigger(all: [String(repeating: "a", count: 1_025)]))
    }
  }
}
