import Testing
import TextMatching

@Suite struct KeywordLimitsTests {
  @Test(arguments: [
    ("", KeywordError.Code.emptyKeyword), (" \u{3000}\t", .emptyKeyword), ("\u{301}\u{FE0F}", .foldsToNothing),
    (String(repeating: "a", count: 1_025), .keywordTooLong),
  ])
  func `refuses a keyword`(text: String, code: KeywordError.Code) throws {
    let error = #expect(throws: KeywordError.self) { try KeywordAutomaton([Keyword("ok"), Keyword(text)]) }
    #expect(error?.code == code)
    #expect(error?.keyword == 1)
    #expect(error.map { !$0.description.isEmpty } == true)
  }

  @Test func `a folding may make a keyword too long`() throws {
    // Each of three bytes becomes 33.
    let text = String(repeating: "\u{FDFA}", count: 40)
    let error = #expect(throws: KeywordError.self) { try KeywordAutomaton([Keyword(text)]) }
    #expect(error?.code == .keywordTooLong)
  }

  @Test func `refuses too many keywords`() {
    let keywords = [Keyword](repeating: Keyword("a"), count: KeywordAutomaton.maximumKeywordCount + 1)
    let error = #expect(throws: KeywordError.self) { try KeywordAutomaton(keywords) }
    #expect(error?.code == .tooManyKeywords)
    #expect(error?.keyword == nil)
  }

  @Test func `refuses keywords that are too long together`() {
    let long = String(repeating: "abcdefgh", count: 128)
    let count = KeywordAutomaton.maximumTotalLength / 1_024 + 1
    let error = #expect(throws: KeywordError.self) {
      try KeywordAutomaton([Keyword](repeating: Keyword(long), count: count))
    }
    #expect(error?.code == .keywordsTooLong)
  }

  @Test func `memory stays within the stated bound`() throws {
    for count in [1, 100, 5_000] {
      var random = SplitMix64(seed: 5)
      let keywords = (0..<count).map { _ in
        Keyword(String(UInt32.random(in: .min ... .max, using: &random), radix: 36) + "退款订票投诉")
      }
      let automaton = try KeywordAutomaton(keywords)
      let bytes = keywords.reduce(0) { $0 + $1.text.utf8.count }
      #expect(automaton.storageBytes <= 1 << 20 + 22 * bytes + 32 * count + 1_024)
      var set = KeywordSet(keywordCount: count)
      automaton.matchedKeywords(in: keywords.map(\.text).joined(separator: " "), into: &set)
      #expect(set.count == count)
    }
  }

  @Test func `text made to be hard stays linear in its occurrences`() throws {
    let keywords = (1...200).map { Keyword(String(repeating: "a", count: $0), match: .substring) }
    let automaton = try KeywordAutomaton(keywords, folding: .standard, rowBudget: 0)
    let text = String(repeating: "a", count: 1_000)
    #expect(automaton.hits(in: text).count == (1...200).reduce(0) { $0 + 1_001 - $1 })
    let marks = "か" + String(repeating: "\u{301}", count: 20_000) + "\u{3099}"
    #expect(TextFolding.standard.key(marks) == "が")
  }
}
