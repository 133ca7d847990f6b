import SCRMModel
import Testing

@Suite struct SegmentBadInputTests {
  private static let good = #"{"type":"track","event":"E","userId":"u"}"#

  @Test(arguments: [
    (#"{"event":"Order Completed","userId":"u"}"#, "type", "missing"),
    (#"{"type":"delete","userId":"u"}"#, "type", "invalidValue"),
    (#"{"type":7}"#, "type", "invalidValue"),
    (#"{"type":"track","userId":"u"}"#, "event", "missing"),
    (#"{"type":"track","event":""}"#, "event", "missing"),
    (#"{"type":"track","event":["E"]}"#, "event", "invalidValue"),
    (#"{"type":"track","event":"E\u0000"}"#, "event", "invalidValue"),
    (#"{"type":"group","userId":"u"}"#, "groupId", "missing"),
    (#"{"type":"track","event":"E","userId":5}"#, "userId", "invalidValue"),
    (#"{"type":"track","event":"E","user_id":{}}"#, "user_id", "invalidValue"),
    (#"{"type":"track","event":"E","messageId":[]}"#, "messageId", "invalidValue"),
    (#"{"type":"track","event":"E","messageId":"a\u0000b"}"#, "id", "invalidValue"),
    (#"{"type":"track","event":"E","userId":"a\u0000b"}"#, "actor", "invalidValue"),
    (#"{"type":"track","event":"E","properties":[1]}"#, "properties", "invalidValue"),
    (#"{"type":"track","event":"E","context":"c"}"#, "context", "invalidValue"),
    (#"{"type":"identify","traits":1}"#, "traits", "invalidValue"),
    (#"{"type":"track","event":"E","timestamp":"yesterday"}"#, "timestamp", "invalidValue"),
    (#"{"type":"track","event":"E","timestamp":1714523400}"#, "timestamp", "invalidValue"),
    (#"{"type":"track","event":"E","originalTimestamp":"x"}"#, "originalTimestamp", "invalidValue"),
    (#"{"type":"track","event":"E","properties":{"a":[{"b":1e999}]}}"#, "properties.a.0.b", "invalidValue"),
    (#"{"type":"track","event":"E","properties":{"a":NaN}}"#, "", "syntax"),
    (#"{"type":"track","event":"E","event":"F"}"#, "", "syntax"),
    (#"{"type":"track","event":"\ud800"}"#, "", "syntax"),
    (#"[{"type":"track","event":"E"}]"#, "", "invalidValue"),
    (#"{"type":"track","event":"E""#, "", "syntax"),
    ("null", "", "invalidValue"),
    (String(repeating: "[", count: 100_000), "", "limitExceeded"),
    (#"{"type":"track","event":"E","userId":"\#(String(repeating: "u", count: 2_000))"}"#, "actor", "limitExceeded"),
    (#"{"type":"track","event":"E","x":"\#(String(repeating: "x", count: 2 << 20))"}"#, "", "limitExceeded"),
  ])
  func isRefusedForItsLineAlone(bad: String, column: String, code: String) throws {
    var parser = SegmentParser(defaults: SegmentDefaults(source: "s", received: .testNow))
    let results = parser.parse(Array((Self.good + "\n" + bad + "\r\n" + Self.good + "\n").utf8))
    #expect(results.map(\.line) == [1, 2, 3])
    #expect(results[0].interaction != nil)
    #expect(results[2].interaction == results[0].interaction)
    let error = try #require(results[1].error)
    #expect(error.code.description == code)
    #expect(error.column ?? "" == column)
    #expect(error.line == 2)
    #expect(error.description.utf8.count < 300)
  }

  @Test func bytesThatAreNoText() {
    var parser = SegmentParser(defaults: SegmentDefaults(source: "s", received: .testNow))
    let results = parser.parse(
      [0xFF, 0xFE, 0x0A] + Array(#"{"type":"track","event":""#.utf8) + [0xC3, 0x28, 0x22, 0x7D])
    #expect(results.map { $0.error?.code.description } == ["syntax", "invalidUTF8"])
  }

  // Any message that is read comes back; nothing that is read or refused stops the program.
  @Test func randomMessagesComeBack() throws {
    var readable = 0
    for seed in UInt64(0)..<3_000 {
      var random = InterchangeGenerator(seed: seed)
      let message = Self.message(&random)
      let defaults = SegmentDefaults(source: "s", received: .testNow)
      guard let interaction = try? SegmentSpec.interaction(from: message, defaults: defaults) else { continue }
      readable += 1
      if SegmentSpec.message(from: interaction).sortedForTests != message.sortedForTests {
        Issue.record("seed \(seed): \(message.text)")
      }
      try expectByteIdenticalJSON(interaction, "seed \(seed)")
      _ = SegmentSpec.message(from: interaction, includesSuppliedFields: true)
    }
    #expect(readable > 1_500)
  }

  private static func message(_ random: inout InterchangeGenerator) -> JSON {
    let names = [
      "type", "action", "event", "name", "userId", "user_id", "anonymousId", "previousId", "groupId", "group_id",
      "messageId", "timestamp", "receivedAt", "sentAt", "originalTimestamp", "traits", "properties", "context",
      "integrations", "version", "channel", "segment", "",
    ]
    var object = JSONObject()
    if random.chance(90) {
      object["type"] = .string(random.pick(["identify", "track", "page", "screen", "group", "alias"]))
    }
    if random.chance(80) { object["event"] = .string(random.pick(["Order Completed", "Signed Up", "E"])) }
    if random.chance(60) { object["groupId"] = .string("g") }
    for _ in 0..<random.below(9) {
      let name = random.pick(names)
      object[name] = member(name, &random)
    }
    return .object(object)
  }

  private static func member(_ name: String, _ random: inout InterchangeGenerator) -> JSON {
    if random.chance(4) { return value(3, &random) }
    switch name {
    case "type", "action": return .string(random.pick(["identify", "track", "page", "screen", "group", "alias"]))
    case "timestamp", "receivedAt", "sentAt", "originalTimestamp":
      return .string(random.pick(["2024-05-01T08:30:00Z", "2024-05-01T08:30:00.120+08:00", "2024-05-01 08:30:00z"]))
    case "traits", "properties", "integrations":
      return random.chance(20)
        ? .object(JSONObject()) : Self.object(["email", "revenue", "url", "$int", "a/b"], 3, &random)
    case "context":
      return Self.object(
        [
          "campaign", "page", "device", "locale", "timezone", "groupId", "traits", "segment", "ip", "location",
          "externalIds", "scrm",
        ], 4, &random)
    case "version": return random.pick([.string("1.1"), .number(JSONNumber(Int64(2)))])
    default: return random.chance(10) ? .null : .string(random.pick(["x", "y", "", "é", "e\u{301}"]))
    }
  }

  private static func object(_ names: [String], _ depth: Int, _ random: inout InterchangeGenerator) -> JSON {
    var object = JSONObject()
    for _ in 0..<random.below(6) { object[random.pick(names)] = value(depth, &random) }
    return .object(object)
  }

  private static func value(_ depth: Int, _ random: inout InterchangeGenerator) -> JSON {
    let inner = [
      "name", "source", "url", "referrer", "id", "type", "latitude", "longitude", "advertisingId", "segment", "$double",
    ]
    switch random.below(depth > 0 ? 9 : 6) {
    case 0: return .null
    case 1: return .bool(random.chance(50))
    case 2, 3:
      let digits = [
        "0", "-0", "1", "25.0", "2.50", "1e3", "1E-7", "18446744073709551615", "99999999999999999999", "0.1",
      ]
      return JSONNumber(text: random.pick(digits)).map { .number($0) } ?? .null
    case 4, 5: return .string(random.pick(["", "text", "none", "users", "\u{FEFF}", "a\u{0}b"]))
    case 6: return .array((0..<random.below(3)).map { _ in value(depth - 1, &random) })
    default: return object(inner, depth - 1, &random)
    }
  }
}
