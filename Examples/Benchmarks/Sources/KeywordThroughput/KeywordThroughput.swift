import Foundation
import RuleEngine

/// Measures how many megabytes of text per second one core searches for 10,000 Chinese and English words at once.
///
/// Words and texts are those the peers are measured on: `keywords.txt` and `events.ndjson` in the folder given. The texts lie in
/// memory; every occurrence is counted, overlapping ones too.
///
/// `raw` compares bytes and takes a word anywhere, as the peers do. `folded` ignores case, width, compatibility forms and
/// diacritics and wants whole words where the script has spaces; what it must find is worked out from the raw occurrences
/// by looking at the letters beside each.
@main
struct KeywordThroughput {
  static func main() throws {
    guard let folder = CommandLine.arguments.dropFirst().first else {
      print("usage: KeywordThroughput FOLDER [PASSES [raw]]")
      exit(64)
    }
    let passes = CommandLine.arguments.dropFirst(2).first.flatMap { Int($0) } ?? 3
    let (words, texts) = try read(URL(fileURLWithPath: folder))
    let bytes = texts.reduce(0) { $0 + $1.utf8.count }
    print("mode\twords\tMB\thits\texpected\tMB per CPU second\tcompile s\tKB")
    let start = seconds
    let raw = try KeywordMatcher([KeywordTrigger(any: words, match: .substring)], folding: .exact)
    let compiled = seconds
    // The peers' count of overlapping occurrences is printed beside by the script that runs them.
    report("raw", raw, words, texts, bytes, passes, compiled - start, expected: nil)
    if CommandLine.arguments.dropFirst(3).first == "raw" { return }
    let begun = seconds
    let folded = try KeywordMatcher([KeywordTrigger(any: words)])
    report("folded", folded, words, texts, bytes, passes, seconds - begun, expected: wholeWords(raw, texts))
  }

  private static func report(
    _ mode: String, _ matcher: KeywordMatcher, _ words: [String], _ texts: [String], _ bytes: Int, _ passes: Int,
    _ compile: Double, expected: Int?
  ) {
    var best = Double.infinity
    var hits = 0
    for _ in 0..<max(1, passes) {
      hits = 0
      let start = seconds
      for text in texts { matcher.forEachOccurrence(in: text) { _, _ in hits += 1 } }
      best = min(best, seconds - start)
    }
    print(
      mode, words.count, String(format: "%.1f", Double(bytes) / 1e6), hits, expected.map(String.init) ?? "",
      String(format: "%.1f", Double(bytes) / best / 1e6), String(format: "%.3f", compile),
      matcher.storageBytes / 1_024, separator: "\t")
  }

  /// The raw occurrences without those that have an ASCII letter or digit beside one of their own.
  private static func wholeWords(_ raw: KeywordMatcher, _ texts: [String]) -> Int {
    func isWordByte(_ byte: UInt8) -> Bool {
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
    var count = 0
    for text in texts {
      let bytes = Array(text.utf8)
      raw.forEachOccurrence(in: text) { _, range in
        let (first, last) = (bytes[range.lowerBound], bytes[range.upperBound - 1])
        let begins = range.lowerBound == 0 || !isWordByte(first) || !isWordByte(bytes[range.lowerBound - 1])
        let ends = range.upperBound == bytes.count || !isWordByte(last) || !isWordByte(bytes[range.upperBound])
        if begins && ends { count += 1 }
      }
    }
    return count
  }

  private static var seconds: Double { Double(clock()) / Double(CLOCKS_PER_SEC) }

  private static func read(_ folder: URL) throws -> (words: [String], texts: [String]) {
    let words = try String(decoding: Data(contentsOf: folder.appendingPathComponent("keywords.txt")), as: UTF8.self)
      .split(separator: "\n").map(String.init)
    var texts: [String] = []
    for line in try Data(contentsOf: folder.appendingPathComponent("events.ndjson")).split(separator: 10) {
      let text = try JSON(bytes: Array(line)).objectValue().object("event").string("text")
      if !text.isEmpty { texts.append(text) }
    }
    return (words, texts)
  }
}
