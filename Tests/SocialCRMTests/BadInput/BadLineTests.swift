import SCRMTesting
import Testing

/// What is bad about a line is said of that line; those around it are taken in.
@Suite struct BadLineTests {
  private static func line(
    _ id: String, actor: String = #"{"ids":[{"ns":"weibo.uid","value":"anna"}]}"#, more: String = ""
  ) -> String {
    #"{"source":"t","id":"\#(id)","kind":"comment","actor":\#(actor),"at":"2024-05-01T08:00:00Z","received":"2024-05-01T08:00:01Z"\#(more)}"#
  }

  private static func identifiers(_ values: [String]) -> String {
    let list = values.map { #"{"ns":"weibo.uid","value":"\#($0)"}"# }.joined(separator: ",")
    return #"{"ids":[\#(list)]}"#
  }

  private static let nested = String(repeating: "[", count: 5_000) + String(repeating: "]", count: 5_000)

  /// A name, the bytes of the line, and who has to refuse it: a code of the parser or of the loop.
  static let lines: [(name: String, bytes: [UInt8], code: String)] = [
    ("the same key twice", Array(line("x", more: #","kind":"post""#).utf8), "syntax"),
    ("the same key twice, further in", Array(line("x", more: #","properties":{"a":1,"a":2}"#).utf8), "syntax"),
    ("a trailing comma", Array(line("x", more: ",").utf8), "syntax"),
    ("a trailing comma in a list", Array(line("x", more: #","properties":{"a":[1,]}"#).utf8), "syntax"),
    ("cut off", Array(line("x").utf8.dropLast(9)), "syntax"),
    ("two documents", Array((line("x") + line("y")).utf8), "syntax"),
    ("a comment", Array((line("x") + "// no").utf8), "syntax"),
    ("another type", Array("[1,2]".utf8), "invalidValue"),
    ("a number for a text", Array(line("x", more: #","text":5"#).utf8), "invalidValue"),
    ("a text for an object", Array(line("x", actor: #""anna""#).utf8), "invalidValue"),
    ("a list for an object", Array(line("x", more: #","properties":[]"#).utf8), "invalidValue"),
    ("a lone surrogate", Array(line("x", more: #","text":{"text":"\ud83d"}"#).utf8), "syntax"),
    ("NUL in an id", Array(line(#"x\u0000"#).utf8), "invalidValue"),
    ("NUL in an identifier", Array(line("x", actor: identifiers([#"a\u0000b"#])).utf8), "invalidValue"),
    ("a raw NUL", Array(line("x\u{0}").utf8), "syntax"),
    (
      "bytes that are no UTF-8",
      Array(#"{"source":"t","id":"x","kind":"#.utf8) + [0x22, 0xC3, 0x28, 0x22, 0x7D], "invalidUTF8"
    ),
    ("an overlong encoding", Array(#"{"id":""#.utf8) + [0xC0, 0xAF] + Array(#""}"#.utf8), "invalidUTF8"),
    ("a surrogate in UTF-8", Array(#"{"id":""#.utf8) + [0xED, 0xA0, 0x80] + Array(#""}"#.utf8), "invalidUTF8"),
    ("no id", Array(line("").utf8), "invalidValue"),
    ("year 0", Array(line("x").replacing("2024-05-01T08:00:00Z", with: "0000-01-01T00:00:00Z").utf8), "invalidValue"),
    ("month 13", Array(line("x").replacing("2024-05-01T08:00:00Z", with: "2024-13-01T00:00:00Z").utf8), "invalidValue"),
    ("the 30th of February", Array(line("x").replacing("05-01T08:00:00", with: "02-30T08:00:00").utf8), "invalidValue"),
    (
      "a year of five digits",
      Array(line("x").replacing("2024-05-01T08:00:00Z", with: "12024-05-01T00:00:00Z").utf8), "invalidValue"
    ),
    (
      "an event years after it was received",
      Array(line("x").replacing("2024-05-01T08:00:00Z", with: "2031-05-01T08:00:00Z").utf8), "timeOutOfRange"
    ),
    ("NaN for an amount", Array(line("x", more: #","amount":{"amount":NaN,"currency":"CNY"}"#).utf8), "syntax"),
    (
      "the text NaN for an amount", Array(line("x", more: #","amount":{"amount":"NaN","currency":"CNY"}"#).utf8),
      "invalidValue"
    ),
    (
      "an amount beyond all numbers", Array(line("x", more: #","amount":{"amount":"1e400","currency":"CNY"}"#).utf8),
      "invalidValue"
    ),
    ("a property beyond all numbers", Array(line("x", more: #","properties":{"a":1e999}"#).utf8), "invalidValue"),
    (
      "an identifier of 100 kB", Array(line("x", actor: identifiers([String(repeating: "u", count: 100_000)])).utf8),
      "limitExceeded"
    ),
    ("an id of 100 kB", Array(line(String(repeating: "i", count: 100_000)).utf8), "limitExceeded"),
    ("10,000 identifiers", Array(line("x", actor: identifiers((0..<10_000).map { "u\($0)" })).utf8), "limitExceeded"),
    ("5,000 levels", Array(line("x", more: #","properties":{"a":\#(nested)}"#).utf8), "limitExceeded"),
    (
      "10 MB", Array(line("x", more: #","text":{"text":"\#(String(repeating: "t", count: 10 << 20))"}"#).utf8),
      "limitExceeded"
    ),
  ]

  @Test(arguments: lines.indices) func `is refused, and the others are taken in`(index: Int) async throws {
    let bad = Self.lines[index]
    let store = InMemoryStore()
    let crm = try await SocialCRM(store: store, configuration: plainConfiguration(batchSize: 2))
    let before = try await crm.ingest(Self.parsed(Array(Self.line("0").utf8)).compactMap(\.interaction))
    #expect(before.allSatisfy { $0.isAccepted })
    let input = Array((Self.line("1") + "\n").utf8) + bad.bytes + Array(("\n" + Self.line("2") + "\r\n").utf8)
    let results = Self.parsed(input)
    #expect(results.map(\.line) == [1, 2, 3], "\(bad.name)")
    let outcomes = try await crm.ingest(results.compactMap(\.interaction))
    let codes = results.compactMap { $0.error?.code.description } + outcomes.compactMap { $0.refusal?.code.description }
    #expect(codes == [bad.code], "\(bad.name)")
    for error in results.compactMap(\.error) { #expect(error.line == 2 && error.description.utf8.count < 400) }
    // The store is as if the line had never come.
    let clean = InMemoryStore()
    let other = try await SocialCRM(store: clean, configuration: plainConfiguration(batchSize: 2))
    let good = (0..<3).map { Self.line("\($0)") }.joined(separator: "\n")
    _ = try await other.ingest(Self.parsed(Array(good.utf8)).compactMap(\.interaction))
    #expect(
      await store.snapshot(includesDelivery: false) == clean.snapshot(includesDelivery: false), "\(bad.name)")
  }

  private static func parsed(_ input: [UInt8]) -> [ParsedInteraction] {
    var parser = InteractionLineParser()
    return parser.parse(input)
  }

  /// A line is never kept beyond its limit, so an endless one costs nothing.
  @Test func `an endless line is skipped as it comes`() {
    var parser = InteractionLineParser()
    let chunk = [UInt8](repeating: 0x20, count: 1 << 16)
    for _ in 0..<512 { #expect(parser.push(chunk).isEmpty) }
    let results = parser.push(Array(("\n" + Self.line("1") + "\n").utf8))
    #expect(results.map(\.line) == [1, 2])
    #expect(results.map { $0.error?.code.description } == ["limitExceeded", nil])
  }

  /// What a host builds itself passes no parser; the loop checks it.
  @Test func `hostile values built in Swift are refused`() async throws {
    let (crm, store) = try await openPlain(batchSize: 3)
    var list = Value.int(1)
    for _ in 0..<1_000 { list = .list([list]) }
    let deep = list
    let bad: [Interaction] = [
      done(id: "nul\u{0}"), done(id: String(repeating: "i", count: 100_000)),
      done(id: "person", by: String(repeating: "u", count: 100_000)),
      done(id: "many") { $0.actor = Party((0..<10_000).map { Identifier(.weibo, "u\($0)") }) },
      done(id: "targets") { $0.target = Party((0..<10_000).map { Identifier(.weibo, "u\($0)") }) },
      done(id: "deep") { $0.properties = ["a": deep] }, done(id: "future", at: 24 * 365, received: 0),
    ]
    let head = await store.head()
    let outcomes = try await crm.ingest(bad)
    #expect(outcomes.allSatisfy { $0.refusal != nil }, "\(outcomes.filter { $0.refusal == nil })")
    #expect(await store.head() == head)
    #expect(try await crm.ingest(one: done(id: "good")).isAccepted)
  }
}
