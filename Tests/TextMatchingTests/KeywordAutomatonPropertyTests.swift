import Foundation
import Testing
import TextMatching

@Suite struct KeywordAutomatonPropertyTests {
  private static let alphabets: [[String]] = [
    ["a", "b"],
    ["a", "A", "b", " "],
    ["退", "款", "订", "a", "，", "!"],
    ["a", "é", "e\u{301}", "E", "ß", "s", "S", "ﬁ", "f", "i", "İ", "ı", " ", "-", "_", "1"],
    ["か", "カ", "ｶ", "ﾞ", "\u{3099}", "が", "ﾊ", "ﾟ", "\u{1112}", "\u{1161}", "\u{11AB}", "하", "a", " ", "\u{301}"],
    ["Ａ", "a", "１", "1", "，", ",", "\u{3000}", " ", "中", "国", "ж", "Ж", "й", "и", "👍", "❤\u{FE0F}", "❤", "ล้"],
  ]

  /// All occurrences and the set, with full rows, few rows and only one row, against trying everything everywhere.
  @Test(arguments: alphabets.indices, [UInt64(11), 12, 13])
  func `finds what brute force finds`(alphabet: Int, seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let letters = Self.alphabets[alphabet]
    for _ in 0..<40 {
      let folding = Self.foldings[Int.random(in: 0..<Self.foldings.count, using: &random)]
      let keywords = Self.keywords(of: letters, folding, &random)
      let rowBudget = [0, 30, 1_000_000][Int.random(in: 0..<3, using: &random)]
      let automaton = try KeywordAutomaton(keywords, folding: folding, rowBudget: rowBudget)
      for _ in 0..<15 {
        let text = Oracle.text(of: letters, upTo: 24, &random)
        let expected = Oracle.hits(keywords, in: text, folding)
        let message = "\(keywords) in \(text.unicodeScalars.map(\.value)), \(folding), seed \(seed)"
        #expect(automaton.hits(in: text) == expected, "\(message)")
        var set = KeywordSet()
        automaton.matchedKeywords(in: text, into: &set)
        #expect(set == Self.set(expected), "\(message)")
      }
    }
  }

  /// The set is found by looking at edges in the source, the hits by looking in the folded text: every scalar must have
  /// one class in both.
  @Test func `both forms see the same edges beside every scalar`() throws {
    let keywords = [Keyword("ok"), Keyword("退款", match: .word), Keyword("か", match: .word)]
    let automaton = try KeywordAutomaton(keywords)
    for value in UInt32(1)...0x1_FFFF {
      let isOften = (0x3400...0x9FFF).contains(value) || (0xAC00...0xD7A3).contains(value)
      guard let scalar = Unicode.Scalar(value), !isOften || value % 101 == 0 else { continue }
      guard scalar.properties.generalCategory != .unassigned, scalar.properties.generalCategory != .privateUse else {
        continue
      }
      for text in ["\(scalar)ok 退款\(scalar)", "ok\(scalar)退款\(scalar)か \(scalar)か", "か\(scalar) \(scalar)退款"] {
        var set = KeywordSet()
        automaton.matchedKeywords(in: text, into: &set)
        let expected = Self.set(automaton.hits(in: text))
        if set != expected { Issue.record("U+\(String(value, radix: 16)): \(Array(set)), hits say \(Array(expected))") }
      }
    }
  }

  /// Records of people as texts, names among them as keywords.
  @Test func `agrees with brute force on names in records`() throws {
    guard let folder = ProcessInfo.processInfo.environment["SCRM_DATA"] else {
      print("skipped: records of people (set SCRM_DATA)")
      return
    }
    let records = try String(contentsOfFile: folder + "/identity/scrm_synth/records.csv", encoding: .utf8)
    let lines = records.split(separator: "\n").dropFirst().enumerated().filter { $0.offset % 40 == 0 }.map(\.element)
    let names = lines.compactMap { line in
      line.split(separator: ",", omittingEmptySubsequences: false).dropFirst(2).first.map(String.init)
    }
    let keywords = Set(names).sorted().filter { !$0.isEmpty && $0 != "\"" }.prefix(150).map { Keyword($0) }
    #expect(keywords.count == 150)
    let automaton = try KeywordAutomaton(keywords)
    var found = 0
    for line in lines.prefix(300) {
      let expected = Oracle.hits(keywords, in: String(line), .standard)
      #expect(automaton.hits(in: String(line)) == expected)
      found += expected.count
    }
    #expect(found > 0)
  }

  private static let foldings = [
    TextFolding.standard, .standard, .standard, TextFolding(case: true, width: true, diacritics: false),
    TextFolding(case: false, width: false, diacritics: true), .exact, .exact,
    TextFolding(case: false, width: false, diacritics: false),
  ]

  private static func keywords(
    of letters: [String], _ folding: TextFolding, _ random: inout SplitMix64
  ) -> [Keyword] {
    let modes: [Keyword.Match] = [.automatic, .substring, .word]
    return (0..<Int.random(in: 1...8, using: &random)).compactMap { _ in
      let text = Oracle.text(of: letters, upTo: 4, &random)
      guard !text.allSatisfy(\.isWhitespace), !folding.fold(text).bytes.isEmpty else { return nil }
      return Keyword(text, match: modes[Int.random(in: 0..<3, using: &random)])
    }
  }

  private static func set(_ hits: [KeywordHit]) -> KeywordSet {
    var set = KeywordSet()
    for hit in hits { set.insert(hit.keyword) }
    return set
  }
}
