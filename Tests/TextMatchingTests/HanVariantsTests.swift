import Testing
import TextMatching

@Suite struct HanVariantsTests {
  private static let pairs: [(from: Unicode.Scalar, to: Unicode.Scalar)] = [
    ("質", "质"), ("發", "发"), ("髮", "发"), ("貨", "货"), ("䀹", "䀹"),
  ]

  @Test func `a keyword is found in either writing, at its place in the original`() throws {
    let folding = TextFolding(hanVariants: try HanVariants(Self.pairs))
    let automaton = try KeywordAutomaton([Keyword("質量差"), Keyword("发货")], folding: folding)
    let text = "é：質量差，质量差！發貨"
    #expect(
      automaton.hits(in: text) == [
        KeywordHit(keyword: 0, range: 5..<14), KeywordHit(keyword: 0, range: 17..<26),
        KeywordHit(keyword: 1, range: 29..<35),
      ])
    var set = KeywordSet()
    automaton.matchedKeywords(in: text, into: &set)
    #expect(Array(set) == [0, 1])
    #expect(folding.key("發貨") == "发货")
    #expect(TextFolding.standard.key("發貨") == "發貨")
  }

  @Test func `refuses what is not Han, and chains`() {
    #expect(throws: HanVariantError.self) { try HanVariants([(from: "a", to: "质")]) }
    let error = #expect(throws: HanVariantError.self) {
      try HanVariants([(from: "質", to: "质"), (from: "发", to: "質")])
    }
    #expect(error?.scalar == "質")
    #expect(error?.description.contains("U+8CEA") == true)
  }

  @Test func `exact matching folds and composes nothing`() throws {
    let automaton = try KeywordAutomaton(
      ["e", "か", "A", "ａ"].map { Keyword($0, match: .substring) }, folding: .exact)
    #expect(automaton.hits(in: "e\u{301}か\u{3099}aＡ").map(\.keyword) == [0, 1])
    #expect(TextFolding.exact.fold("Éか\u{3099}").text.unicodeScalars.elementsEqual("Éか\u{3099}".unicodeScalars))
  }
}
