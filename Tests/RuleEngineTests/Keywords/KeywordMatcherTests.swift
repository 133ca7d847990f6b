import DenseData
import RuleEngine
import SCRMModel
import Testing

@Suite struct KeywordMatcherTests {
  private static func triggers(_ triggers: [KeywordTrigger], _ texts: String...) throws -> [Int] {
    let matcher = try KeywordMatcher(triggers)
    var matching = KeywordMatcher.Matching()
    matcher.match(texts, into: &matching)
    return matching.triggers
  }

  private static func sets(_ trigger: KeywordTrigger, off texts: String...) throws -> Bool {
    let matcher = try KeywordMatcher([trigger])
    var matching = KeywordMatcher.Matching()
    matcher.match(texts, into: &matching)
    return matching.contains(0)
  }

  @Test func `all, any and none`() throws {
    let triggers = [
      KeywordTrigger(any: ["refund", "退款"]), KeywordTrigger(all: ["late", "order"]),
      KeywordTrigger(any: ["refund"], none: ["no refund"]), KeywordTrigger(none: ["ok"]), KeywordTrigger(),
    ]
    #expect(try Self.triggers(triggers, "REFUND! 我要退款") == [0, 2, 3, 4])
    #expect(try Self.triggers(triggers, "no refund, book") == [0, 3, 4])
    #expect(try Self.triggers(triggers, "my order", "is late, ok?") == [1, 4])
    #expect(try Self.triggers(triggers, "") == [3, 4])
  }

  @Test(arguments: [
    ("late delivery", 0, true), ("late, late delivery", 0, true), ("late my delivery", 0, false),
    ("late my delivery", 1, true), ("delivery was late", 1, true), ("late! … delivery", 0, true),
    ("late it's delivery", 1, true), ("late 我的 delivery", 1, false), ("late 我的 delivery", 2, true),
    ("delivery of my dear late", 2, false), ("late x x delivery x late", 1, true),
  ])
  func `near counts what lies between`(_ text: String, _ distance: Int, _ holds: Bool) throws {
    #expect(try Self.sets(KeywordTrigger(near: [.init(["late", "delivery"], within: distance)]), off: text) == holds)
  }

  @Test func `near in Chinese, in order, over three words and within one text`() throws {
    let near = KeywordTrigger(near: [.init(["快递", "慢"], within: 3)])
    #expect(try Self.sets(near, off: "你们的快递真的太慢了"))
    #expect(try !Self.sets(near, off: "快递到了，但是客服回复慢"))
    #expect(try !Self.sets(near, off: "快递", "慢"))
    let ordered = KeywordTrigger(near: [.init(["not", "happy"], within: 2, isOrdered: true)])
    #expect(try Self.sets(ordered, off: "I am not at all happy"))
    #expect(try !Self.sets(ordered, off: "happy, not angry"))
    let three = KeywordTrigger(near: [.init(["a", "b", "c"], within: 1)])
    #expect(try Self.sets(three, off: "c x a x b"))
    #expect(try !Self.sets(three, off: "c x x a x b"))
  }

  @Test func `counts run over all texts`() throws {
    let three = KeywordTrigger(counts: [.init(["!", "哈哈"], atLeast: 3, atMost: 4)])
    #expect(try Self.sets(three, off: "what!", "哈哈哈"))
    #expect(try !Self.sets(three, off: "what! 哈哈"))
    #expect(try !Self.sets(three, off: "!!!!!"))
  }

  @Test func `where words stand, and which were found`() throws {
    let matcher = try KeywordMatcher([KeywordTrigger(any: ["café", "退款"], none: ["x"])])
    let text = "Ｃafe\u{301}: 我要退款 x"
    let found = matcher.occurrences(of: 0, in: text)
    #expect(found.map(\.word) == ["café", "退款"])
    #expect(found.compactMap { $0.indices(in: text) }.map { String(text[$0]) } == ["Ｃafe\u{301}", "退款"])
    var matching = KeywordMatcher.Matching()
    matcher.match([text], into: &matching)
    #expect(matching.triggers.isEmpty)
    #expect(matcher.words(of: 0, in: matching) == ["café", "退款"])
  }

  @Test func `a table of variants, exact texts, and whole words`() throws {
    let folding = try KeywordFolding(variants: ["款": "款", "貨": "货", "發": "发"])
    let matcher = try KeywordMatcher([KeywordTrigger(any: ["发货"])], folding: folding)
    var matching = KeywordMatcher.Matching()
    matcher.match(["什麼時候發貨"], into: &matching)
    #expect(matching.triggers == [0])
    #expect(throws: SCRMError.self) { try KeywordFolding(variants: ["a": "b"]) }
    let exact = try KeywordMatcher([KeywordTrigger(any: ["ok"])], folding: .exact)
    exact.match(["OK"], into: &matching)
    #expect(matching.triggers.isEmpty)
    #expect(try Self.sets(KeywordTrigger(any: ["ok"], match: .substring), off: "book"))
    #expect(try !Self.sets(KeywordTrigger(any: ["退款"], match: .word), off: "要退款了"))
  }

  /// The same triggers asked one by one by a plain search.
  @Test func `many triggers at once are each by itself`() throws {
    var draw = SeededGenerator(seed: 11)
    let words = ["a", "b", "ab", "退", "退款", "款", "c", "ca", "好"]
    var off = 0
    for _ in 0..<400 {
      func pick(_ most: Int) -> [String] { (0..<draw.below(most + 1)).map { _ in words[draw.below(words.count)] } }
      let triggers = (0...draw.below(12)).map { _ in
        KeywordTrigger(
          any: pick(2), all: pick(2), none: pick(1),
          near: draw.below(3) == 0
            ? [
              .init(
                [words[draw.below(words.count)], words[draw.below(words.count)]], within: draw.below(3),
                isOrdered: draw.below(2) == 0)
            ] : [],
          counts: draw.below(3) == 0 ? [.init([words[draw.below(words.count)]], atLeast: 1 + draw.below(3))] : [])
      }
      let matcher = try KeywordMatcher(triggers)
      var matching = KeywordMatcher.Matching()
      for _ in 0..<4 {
        let text = (0..<draw.below(7)).map { _ in words[draw.below(words.count)] }
          .joined(separator: [" ", "", ", "][draw.below(3)])
        matcher.match([text], into: &matching)
        let alone = try triggers.indices.filter { try Self.sets(triggers[$0], off: text) }
        let plain = triggers.indices.filter { KeywordOracle(text).sets(off: triggers[$0]) }
        #expect(matching.triggers == alone && alone == plain, "\(text): \(triggers)")
        off += plain.count
      }
    }
    #expect(off > 300)
  }

  @Test(arguments: [
    (KeywordTrigger(any: [" "]), "keyword trigger 1 word “ ”"),
    (KeywordTrigger(near: [.init([], within: 1)]), "keyword trigger 1"),
    (KeywordTrigger(counts: [.init([], atLeast: 1)]), "keyword trigger 1"),
  ])
  func `what cannot be looked for is named`(_ trigger: KeywordTrigger, _ subject: String) {
    let error = #expect(throws: SCRMError.self) { try KeywordMatcher([KeywordTrigger(any: ["ok"]), trigger]) }
    #expect(error?.subject == subject)
  }

  @Test func `the JSON form is read and written back`() throws {
    let text = #"""
      {"any":["退款"],"all":["a","b"],"none":["c"],"near":[{"words":["late","delivery"],"within":3,"ordered":true}],"count":[{"words":["!"],"atLeast":3,"atMost":9}],"match":"word"}
      """#
    #expect(try KeywordTrigger(jsonText: text).jsonText == text)
    for (wrong, path) in [
      ("{}", "$"), (#"{"some":["a"]}"#, "$.some"), (#"{"near":[{"words":["a"],"within":1}]}"#, "$.near[0].words"),
      (#"{"count":[{"words":["a"],"atLeast":3,"atMost":2}]}"#, "$.count[0].atMost"),
    ] {
      let error = #expect(throws: JSONError.self) { try KeywordTrigger(jsonText: wrong) }
      #expect(error?.description.hasPrefix(path + ":") ?? false, "\(error?.description ?? "")")
    }
  }
}

/// The clauses by looking at every place of a text, for words of small Latin letters and Han.
private struct KeywordOracle {
  let letters: [Character]

  init(_ text: String) { letters = Array(text) }

  private func isLatin(_ place: Int) -> Bool {
    letters.indices.contains(place) && letters[place].isASCII && letters[place].isLetter
  }

  private func places(_ word: String) -> [Range<Int>] {
    let word = Array(word)
    return letters.indices.compactMap { start in
      let end = start + word.count
      guard end <= letters.count, Array(letters[start..<end]) == word else { return nil }
      if word[0].isASCII, isLatin(start - 1) || isLatin(end) { return nil }
      return start..<end
    }
  }

  private func distance(_ left: Range<Int>, _ right: Range<Int>) -> Int {
    (min(left.upperBound, right.lowerBound)..<max(left.upperBound, right.lowerBound)).filter {
      $0 >= left.upperBound && $0 < right.lowerBound && letters[$0].isLetter && !(isLatin($0) && isLatin($0 - 1))
    }.count
  }

  func sets(off trigger: KeywordTrigger) -> Bool {
    trigger.all.allSatisfy { !places($0).isEmpty }
      && (trigger.any.isEmpty || trigger.any.contains { !places($0).isEmpty })
      && trigger.none.allSatisfy { places($0).isEmpty }
      && trigger.counts.allSatisfy { clause in
        clause.words.reduce(0) { $0 + places($1).count } >= clause.atLeast
      }
      && trigger.near.allSatisfy { clause in
        let (first, second) = (places(clause.words[0]), places(clause.words[1]))
        if clause.words[0] == clause.words[1] { return !first.isEmpty }
        return first.contains { left in
          second.contains { right in
            let isForward = left.lowerBound <= right.lowerBound
            if clause.isOrdered && left.lowerBound >= right.lowerBound { return false }
            return (isForward ? distance(left, right) : distance(right, left)) <= clause.within
          }
        }
      }
  }
}
