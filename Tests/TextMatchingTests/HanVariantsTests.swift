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

  /// Traditional to Simplified of other lengths: another plane, and one character for two.
  @Test func `a character may become several, or one of another length`() throws {
    let variants = try HanVariants(
      Self.pairs, expansions: [(from: "龢", to: "和气"), (from: "𫝈", to: "㑮"), (from: "訁", to: "𮧵")])
    let folding = TextFolding(hanVariants: variants)
    let automaton = try KeywordAutomaton(["和气生财", "㑮", "气", "𮧵字"].map { Keyword($0) }, folding: folding)
    let text = "龢生财，𫝈質訁字和气"
    let expected = [
      KeywordHit(keyword: 2, range: 0..<3), KeywordHit(keyword: 0, range: 0..<9),
      KeywordHit(keyword: 1, range: 12..<16), KeywordHit(keyword: 3, range: 19..<25),
      KeywordHit(keyword: 2, range: 28..<31),
    ]
    #expect(automaton.hits(in: text) == expected)
    var set = KeywordSet()
    automaton.matchedKeywords(in: text, into: &set)
    #expect(Array(set) == [0, 1, 2, 3])
    #expect(folding.key(text) == "和气生财,㑮质𮧵字和气")
  }

  /// Random tables over random texts: a table is a replacement of characters before anything else.
  @Test(arguments: [UInt64(1), 2, 3]) func `a table replaces characters`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let sources: [Unicode.Scalar] = ["質", "發", "髮", "𫝈", "龢", "\u{20010}"]
    let targets: [Unicode.Scalar] = ["质", "发", "㑮", "和", "气", "\u{20020}"]
    for _ in 0..<30 {
      var pairs: [(from: Unicode.Scalar, to: Unicode.Scalar)] = []
      var expansions: [(from: Unicode.Scalar, to: String)] = []
      for source in sources where Bool.random(using: &random) {
        let target = String(
          String.UnicodeScalarView(
            (0..<Int.random(in: 1...3, using: &random)).map { _ in
              targets[Int.random(in: 0..<targets.count, using: &random)]
            }))
        if source.value < 0x20000, let only = target.unicodeScalars.first, only.value < 0x20000,
          target.unicodeScalars.count == 1
        {
          pairs.append((source, only))
        } else {
          expansions.append((source, target))
        }
      }
      let folding = TextFolding(hanVariants: try HanVariants(pairs, expansions: expansions))
      var table: [Unicode.Scalar: String] = [:]
      for (from, to) in pairs { table[from] = String(to) }
      for (from, to) in expansions { table[from] = to }
      let letters = (sources + targets).map { String($0) } + ["a", "B", "，", "①", "か", "゛"]
      let keywords = (0..<5).map { _ in Keyword("质" + Oracle.text(of: letters, upTo: 2, &random), match: .automatic) }
      let automaton = try KeywordAutomaton(keywords, folding: folding)
      for _ in 0..<20 {
        let text = Oracle.text(of: letters, upTo: 12, &random)
        var replaced = ""
        for scalar in text.unicodeScalars { replaced += table[scalar] ?? String(scalar) }
        #expect(folding.fold(text).bytes == TextFolding.standard.fold(replaced).bytes, "seed \(seed)")
        let expected = Oracle.hits(keywords, in: text, folding)
        #expect(automaton.hits(in: text) == expected, "seed \(seed)")
        var set = KeywordSet()
        automaton.matchedKeywords(in: text, into: &set)
        #expect(Set(set) == Set(expected.map(\.keyword)), "seed \(seed)")
      }
    }
  }

  @Test func `refuses expansions that cannot be`() {
    for (from, to) in [("a", "质"), ("質", ""), ("質", "abc"), ("質", "质质质质质质质质质")] as [(Unicode.Scalar, String)] {
      #expect(throws: HanVariantError.self) { try HanVariants([], expansions: [(from: from, to: to)]) }
    }
    #expect(throws: HanVariantError.self) {
      try HanVariants(Self.pairs, expansions: [(from: "質", to: "质")])
    }
    let error = #expect(throws: HanVariantError.self) {
      try HanVariants(Self.pairs, expansions: [(from: "龢", to: "和發")])
    }
    #expect(error?.scalar == "發")
    #expect(throws: HanVariantError.self) { try HanVariants(Self.pairs, expansions: [(from: "质", to: "和")]) }
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
