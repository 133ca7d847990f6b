import Testing
import TextMatching

@Suite struct KeywordAutomatonTests {
  /// The example of Aho and Corasick's paper: he, she, his, hers in "ushers".
  @Test func `example of the paper`() throws {
    let keywords = ["he", "she", "his", "hers"].map { Keyword($0, match: .substring) }
    let automaton = try KeywordAutomaton(keywords)
    #expect(automaton.hits(in: "ushers") == [hit(1, 1..<4), hit(0, 2..<4), hit(3, 2..<6)])
    #expect(matched(automaton, "ushers") == [0, 1, 3])
  }

  @Test(arguments: [
    // keyword, match, text, number of occurrences
    ("ok", Keyword.Match.automatic, "ok OK book ok! oks (ok)", 4),
    ("ok", .substring, "ok OK book ok! oks (ok)", 6),
    ("iphone", .automatic, "我的iPhone手机 ｉＰｈｏｎｅ iphones iPhone15", 2),
    ("退款", .automatic, "要退款了，退款退款", 3),
    ("王", .word, "王 王子 小王 「王」", 2),
    ("c++", .automatic, "C++, c++11 xc++", 2),
    ("#sale", .automatic, "#SALE x#sale #sales", 2),
    ("👍", .automatic, "👍👍🏽ok", 2),
    ("cafe", .automatic, "café cafe\u{301}s CAFE\u{301}!", 2),
    ("パソコン", .automatic, "ﾊﾟｿｺﾝ教室", 1),
    ("mas", .word, "Maß mas", 1),
    ("ß", .word, "MASS ß ss", 2),
    ("f", .substring, "ﬀ", 2),
    ("5G套餐", .automatic, "办5g套餐吗 15G套餐", 1),
    ("new york", .automatic, "New York, new　york newyork", 2),
    ("vip", .automatic, "vip_1 VIP客户 svip", 2),
    ("한국", .automatic, "대한국민 \u{1112}\u{1161}\u{11AB}국은", 2),
    ("spam", .automatic, "s\u{336}p\u{336}a\u{336}m\u{336} now", 1),
  ])
  func `edges of words`(keyword: String, match: Keyword.Match, text: String, count: Int) throws {
    let keywords = [Keyword(keyword, match: match)]
    let automaton = try KeywordAutomaton(keywords)
    let hits = automaton.hits(in: text)
    #expect(hits.count == count)
    #expect(hits == Oracle.hits(keywords, in: text, .standard))
    #expect(matched(automaton, text) == Set(hits.map(\.keyword)))
  }

  @Test func `ranges are those of the original text`() throws {
    let automaton = try KeywordAutomaton([Keyword("refund"), Keyword("退款"), Keyword("cafe")])
    let text = "REFUND! 我要退款, ｒｅｆｕｎｄ cafe\u{301}."
    let found = automaton.hits(in: text).map { hit in String(decoding: Array(text.utf8)[hit.range], as: UTF8.self) }
    #expect(found == ["REFUND", "退款", "ｒｅｆｕｎｄ", "cafe\u{301}"])
    #expect(automaton.hits(in: "REFUND! 我要退款") == [hit(0, 0..<6), hit(1, 14..<20)])
  }

  @Test func `the same text may be given several times`() throws {
    let automaton = try KeywordAutomaton([
      Keyword("OK", match: .word), Keyword("ok", match: .substring), Keyword("ｏk"),
    ])
    #expect(automaton.hits(in: "ok book") == [hit(0, 0..<2), hit(1, 0..<2), hit(2, 0..<2), hit(1, 5..<7)])
  }

  @Test func `without folding only the same bytes match`() throws {
    let none = TextFolding(case: false, width: false, diacritics: false)
    let automaton = try KeywordAutomaton([Keyword("Café")], folding: none)
    #expect(automaton.hits(in: "Café café Cafe").count == 1)
    #expect(matched(automaton, "café CAFE\u{301}").isEmpty)
    #expect(matched(automaton, "Café").count == 1)
  }

  @Test func `no keywords and no text`() throws {
    let empty = try KeywordAutomaton([])
    #expect(empty.hits(in: "anything").isEmpty)
    #expect(matched(empty, "anything").isEmpty)
    let one = try KeywordAutomaton([Keyword("a")])
    #expect(one.hits(in: "").isEmpty)
    #expect(matched(one, "").isEmpty)
  }

  private func hit(_ keyword: Int, _ range: Range<Int>) -> KeywordHit { KeywordHit(keyword: keyword, range: range) }

  private func matched(_ automaton: KeywordAutomaton, _ text: String) -> Set<Int> {
    var set = KeywordSet(keywordCount: automaton.keywords.count)
    automaton.matchedKeywords(in: text, into: &set)
    return Set(set)
  }
}
