import SCRMModel
import Testing

@Suite struct LineSplitterTests {
  private func split(_ text: String, limit: Int = 100, chunk: Int = 1_000) -> [InputLine] {
    var limits = Limits()
    limits.lineBytes = limit
    var splitter = LineSplitter(limits: limits)
    let bytes = Array(text.utf8)
    var lines: [InputLine] = []
    for start in stride(from: 0, to: bytes.count, by: chunk) {
      lines += splitter.push(Array(bytes[start..<min(bytes.count, start + chunk)]))
    }
    return lines + splitter.finish()
  }

  private func texts(_ lines: [InputLine]) -> [String?] {
    lines.map { line in (try? line.content.get()).map { String(decoding: $0, as: UTF8.self) } }
  }

  @Test(arguments: [1, 2, 3, 7, 1_000])
  func endsOfLines(chunk: Int) {
    #expect(texts(split("a\nb\r\n\r\nc", chunk: chunk)) == ["a", "b", "", "c"])
    #expect(texts(split("a\n", chunk: chunk)) == ["a"])
    #expect(texts(split("", chunk: chunk)) == [])
    #expect(texts(split("\n\n", chunk: chunk)) == ["", ""])
    #expect(texts(split("a\rb\nc\r", chunk: chunk)) == ["a\rb", "c"])
    #expect(split("a\nb\nc", chunk: chunk).map(\.number) == [1, 2, 3])
  }

  @Test(arguments: [1, 2, 3, 7, 1_000])
  func byteOrderMark(chunk: Int) {
    #expect(texts(split("\u{FEFF}a\n\u{FEFF}b", chunk: chunk)) == ["a", "\u{FEFF}b"])
    #expect(texts(split("\u{FEFF}", chunk: chunk)) == [])
    // The mark and the line end do not count towards the limit.
    #expect(texts(split("\u{FEFF}abc\r\nabc\r\nabcd\n", limit: 3, chunk: chunk)) == ["abc", "abc", nil])
  }

  @Test func longLinesAreReportedInTheirPlace() throws {
    let lines = split(
      "ok\n" + String(repeating: "x", count: 5_000) + "\nfine\n" + String(repeating: "y", count: 11), limit: 10)
    #expect(texts(lines) == ["ok", nil, "fine", nil])
    guard case .failure(let error) = lines[1].content else { return }
    #expect(error.code == .limitExceeded)
    #expect(error.description == "line 2: the line is too long, expected at most 10 bytes")
  }

  @Test func isAsNewAfterFinish() {
    var splitter = LineSplitter()
    #expect(texts(splitter.push(Array("\u{FEFF}a\nb".utf8)) + splitter.finish()) == ["a", "b"])
    let second = splitter.push(Array("\u{FEFF}c\n".utf8)) + splitter.finish()
    #expect(texts(second) == ["c"])
    #expect(second.map(\.number) == [1])
  }

  // Oracle: the whole input at once, cut at every LF.
  @Test(arguments: UInt64(0)..<200)
  func anyChunksGiveTheSameLines(seed: UInt64) {
    var random = InterchangeGenerator(seed: seed)
    let alphabet: [UInt8] = [0x61, 0x62, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF, 0xFF]
    var bytes = (0..<random.below(300)).map { _ in random.pick(alphabet) }
    if random.chance(30) { bytes = [0xEF, 0xBB, 0xBF] + bytes }
    var limits = Limits()
    limits.lineBytes = 1 + random.below(12)

    var expected: [[UInt8]?] = []
    var parts = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { Array($0) }
    if parts[0].starts(with: [0xEF, 0xBB, 0xBF]) { parts[0].removeFirst(3) }
    if parts.last == [] { parts.removeLast() }
    for var part in parts {
      if part.last == 0x0D { part.removeLast() }
      expected.append(part.count <= limits.lineBytes ? part : nil)
    }
    if bytes.isEmpty { expected = [] }
    // A first line of a lone CR without LF is nothing.
    if parts == [[0x0D]], bytes.last == 0x0D { expected = [] }

    var splitter = LineSplitter(limits: limits)
    var lines: [InputLine] = []
    for chunk in random.chunks(bytes, upTo: 9) { lines += splitter.push(chunk) }
    lines += splitter.finish()
    #expect(lines.map { line in (try? line.content.get()).map { Array($0) } } == expected, "seed \(seed)")
    #expect(lines.map(\.number) == Array(1...max(lines.count, 1)).prefix(lines.count).map { $0 }, "seed \(seed)")
  }
}

@Suite struct InteractionLineParserTests {
  @Test func errorsStayOnTheirLine() throws {
    let good = Interaction(
      key: EventKey("weibo", "1"), kind: .like, actor: Party(.weibo, "1001"), at: .testNow, received: .testNow)
    var other = good
    other.key = EventKey("weibo", "2")
    let text =
      good.jsonText + "\n\n  \t\r\n{\"source\":\"weibo\"}\nnot json\n"
      + good.jsonText.replacing("\"1001\"", with: "\"10\\u000001\"") + "\r\n" + other.jsonText
    for size in [1, 5, 10_000] {
      var parser = InteractionLineParser()
      var results: [ParsedInteraction] = []
      let bytes = Array(text.utf8)
      for start in stride(from: 0, to: bytes.count, by: size) {
        results += parser.push(Array(bytes[start..<min(bytes.count, start + size)]))
      }
      results += parser.finish()
      #expect(results.map(\.line) == [1, 4, 5, 6, 7])
      #expect(results.compactMap(\.interaction) == [good, other])
      #expect(results.compactMap(\.error?.code) == [.missing, .syntax, .invalidValue])
      #expect(results[1].error?.description == "line 4, column at: required member is missing")
      #expect(results[3].error?.description == "line 6, column actor: an id must not hold NUL")
    }
  }

  @Test func limits() throws {
    var limits = Limits()
    limits.identifierBytes = 8
    limits.textBytes = 10
    limits.properties = 3
    limits.nesting = 4
    let base = Interaction(
      key: EventKey("s", "1"), kind: .post, actor: Party(.weibo, "12345678"), text: LocalizedText("1234567890"),
      properties: ["a": .list([.int(1)])], at: .testNow, received: .testNow)
    var variants = [base, base, base, base, base, base]
    variants[1].actor = Party(.weibo, "123456789")
    variants[2].text = LocalizedText("12345678901")
    variants[3].properties = ["a": .list([.int(1), .int(2), .int(3)])]
    variants[4].properties = ["a": .list([.list([.list([.list([.int(1)])])])])]
    variants[5].key = EventKey("s", "")
    var parser = InteractionLineParser(limits: limits)
    let results = parser.parse(Array(variants.map(\.jsonText).joined(separator: "\n").utf8))
    // The fifth is too deep as a document already, so no member is named.
    #expect(results.map { $0.error?.column } == [nil, "actor", "text", "properties", nil, "id"])
    #expect(results[0].interaction == base)
    #expect(results[4].error?.code == .limitExceeded)
    #expect(results[4].error?.reason.hasPrefix("expected at most 4 levels") == true)
  }
}
