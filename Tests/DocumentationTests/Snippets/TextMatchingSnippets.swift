import TextMatching

// `TextFolding`
func foldingSnippet() -> String {
  let key = TextFolding.standard.key("ＣＡＦÉ Łódź ﾊﾟｿｺﾝ ①")  // "cafe lodz パソコン 1"
  return key
}

// `KeywordAutomaton`
func automatonSnippet() throws -> [KeywordHit] {
  let automaton = try KeywordAutomaton([Keyword("refund"), Keyword("退款")])
  let hits = automaton.hits(in: "REFUND! 我要退款")  // keyword 0 at 0..<6, keyword 1 at 14..<20
  return hits
}
