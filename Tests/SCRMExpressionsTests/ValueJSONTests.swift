import Foundation
import SCRMExpressions
import StrictJSON
import Testing

/// The JSON form of values.
struct ValueJSONTests {
  static let forms: [(value: Value, text: String)] = [
    (.null, "null"), (.bool(true), "true"), (.int(-5), "-5"), (.int(9_007_199_254_740_991), "9007199254740991"),
    (.int(9_007_199_254_740_992), "{\"$int\":\"9007199254740992\"}"),
    (.int(-9_007_199_254_740_991), "-9007199254740991"),
    (.int(.min), "{\"$int\":\"-9223372036854775808\"}"), (.uint(5), "{\"$uint\":\"5\"}"),
    (.uint(.max), "{\"$uint\":\"18446744073709551615\"}"), (.double(0.5), "0.5"), (.double(5), "{\"$double\":\"5.0\"}"),
    (.double(-0.0), "{\"$double\":\"-0.0\"}"), (.double(.nan), "{\"$double\":\"NaN\"}"),
    (.double(.infinity), "{\"$double\":\"Infinity\"}"), (.double(-.infinity), "{\"$double\":\"-Infinity\"}"),
    (.double(.leastNonzeroMagnitude), "5e-324"), (.string("a\n"), "\"a\\n\""), (.bytes([]), "{\"$bytes\":\"\"}"),
    (.bytes([1, 2]), "{\"$bytes\":\"AQI=\"}"), (.timestamp(.epoch), "{\"$timestamp\":\"1970-01-01T00:00:00Z\"}"),
    (.duration(.milliseconds(1_500)), "{\"$duration\":\"1.5s\"}"), (.type("int"), "{\"$type\":\"int\"}"),
    (.list([1, "a", .null]), "[1,\"a\",null]"), (.map([:]), "{}"), (.map(["b": 1, "a": [2]]), "{\"a\":[2],\"b\":1}"),
    (.map(["$a": 1]), "{\"$map\":[[\"$a\",1]]}"), (.map(["$int": "5"]), "{\"$map\":[[\"$int\",\"5\"]]}"),
    (.map(["$a": 1, "$b": 2]), "{\"$a\":1,\"$b\":2}"), (.map(["": 1]), "{\"\":1}"),
    (
      .map([.int(1): "x", .bool(true): .null, "s": 0, .uint(2): 3]),
      "{\"$map\":[[true,null],[1,\"x\"],[{\"$uint\":\"2\"},3],[\"s\",0]]}"
    ),
  ]

  @Test(arguments: forms)
  func documentedForm(value: Value, text: String) throws {
    #expect(value.jsonText == text)
    let read = try Value(jsonText: text)
    #expect(read == value)
    #expect(read.jsonText == text)
    let foundation = try JSONEncoder().encode([value])
    #expect(try JSONDecoder().decode([Value].self, from: foundation) == [value])
  }

  @Test(arguments: UInt64(1)...40)
  func randomValuesRoundTrip(seed: UInt64) throws {
    var random = TestRandom(seed)
    for _ in 0..<60 {
      let value = random.value(depth: 3)
      let bytes = value.jsonBytes
      let read = try Value(jsonBytes: bytes)
      #expect(read == value, "seed \(seed)")
      #expect(read.hashValue == value.hashValue, "seed \(seed)")
      #expect(read.jsonBytes == bytes, "seed \(seed)")
    }
  }

  @Test
  func plainNumbersAreReadByTheirForm() throws {
    #expect(try Value(jsonText: "5") == .int(5))
    #expect(try Value(jsonText: "-0") == .int(0))
    #expect(try Value(jsonText: "5.0") == .double(5))
    #expect(try Value(jsonText: "5e0") == .double(5))
    #expect(try Value(jsonText: "9223372036854775807") == .int(.max))
    #expect(try Value(jsonText: "{\"$double\":\"5\"}") == .double(5))
  }

  static let refusals: [(text: String, error: String, code: JSONError.Code)] = [
    ("{\"$nothing\":1}", "$.$nothing", .invalidValue), ("{\"$\":1}", "$.$", .invalidValue),
    ("{\"$int\":5}", "$.$int", .typeMismatch), ("{\"$int\":\"5.0\"}", "$.$int", .invalidValue),
    ("{\"$int\":\"+5\"}", "$.$int", .invalidValue), ("{\"$int\":\"05\"}", "$.$int", .invalidValue),
    ("{\"$int\":\" 5\"}", "$.$int", .invalidValue), ("{\"$int\":\"9223372036854775808\"}", "$.$int", .invalidValue),
    ("{\"$uint\":\"-1\"}", "$.$uint", .invalidValue),
    ("{\"$uint\":\"18446744073709551616\"}", "$.$uint", .invalidValue),
    ("{\"$double\":\"nan\"}", "$.$double", .invalidValue), ("{\"$double\":\"1e999\"}", "$.$double", .invalidValue),
    ("{\"$double\":\"0x1p3\"}", "$.$double", .invalidValue), ("{\"$bytes\":\"A\"}", "$.$bytes", .invalidValue),
    ("{\"$bytes\":\"AQJ=\"}", "$.$bytes", .invalidValue), ("{\"$bytes\":\"A===\"}", "$.$bytes", .invalidValue),
    ("{\"$bytes\":\"AQ==AQ==\"}", "$.$bytes", .invalidValue), ("{\"$bytes\":\"AQ-_\"}", "$.$bytes", .invalidValue),
    ("{\"$timestamp\":\"yesterday\"}", "$.$timestamp", .invalidValue),
    ("{\"$duration\":\"1m\"}", "$.$duration", .invalidValue),
    ("{\"$type\":1}", "$.$type", .typeMismatch), ("{\"$map\":{}}", "$.$map", .typeMismatch),
    ("{\"$map\":[[1]]}", "$.$map[0]", .invalidValue), ("{\"$map\":[[1,2],[1.5,2]]}", "$.$map[1]", .typeMismatch),
    ("{\"$map\":[[1,2],[{\"$uint\":\"1\"},2]]}", "$.$map", .duplicateKey),
    ("{\"$map\":[[null,2]]}", "$.$map[0]", .typeMismatch),
    ("99999999999999999999", "$", .numberRange), ("[0,[1e999]]", "$[1][0]", .numberRange),
    ("{\"a\":{\"b\":[{\"$int\":\"x\"}]}}", "$.a.b[0].$int", .invalidValue),
    ("{\"$amount\":[\"EUR\",1]}", "$.$amount", .invalidValue),
  ]

  @Test(arguments: refusals)
  func refusesWithThePath(text: String, path: String, code: JSONError.Code) {
    let error = #expect(throws: JSONError.self) { try Value(jsonText: text) }
    #expect(error?.code == code)
    #expect(error?.description.hasPrefix(path + ": ") == true, "\(error?.description ?? "")")
  }

  @Test
  func opaqueValues() throws {
    let readers: [String: Value.OpaqueReader] = [
      "amount": { content throws(JSONError) in
        guard let parts = content.listValue, parts.count == 2, let currency = parts[0].stringValue,
          let cents = parts[1].intValue
        else { throw JSONError(.invalidValue, "expected currency and cents") }
        return Amount(currency: currency, cents: cents)
      }
    ]
    let value = Value.list([.opaque(Amount(currency: "EUR", cents: 5)), .map(["amount": 1])])
    #expect(value.jsonText == "[{\"$amount\":[\"EUR\",5]},{\"amount\":1}]")
    #expect(try Value(json: JSON(text: value.jsonText), opaque: readers) == value)
    let error = #expect(throws: JSONError.self) {
      try Value(json: JSON(text: "[{\"$amount\":[\"EUR\"]}]"), opaque: readers)
    }
    #expect(error?.description == "$[0].$amount: expected currency and cents")
  }

  @Test(arguments: UInt64(1)...5)
  func base64AgreesWithFoundation(seed: UInt64) {
    var random = TestRandom(seed)
    for length in 0..<70 {
      let bytes = (0..<length).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      let text = Base64.encode(bytes)
      #expect(text == Data(bytes).base64EncodedString())
      #expect(Base64.decode(text) == bytes)
    }
    for text in ["A", "AA", "AAA", "=AAA", "A=AA", "AA=A", "====", "AAA=AAAA", "AAAé", "AAA\n"] {
      #expect(Base64.decode(text) == nil)
    }
  }

  @Test
  func timesAsMembers() throws {
    struct Visit: Codable, Equatable {
      var at: Instant
      var day: CivilDate
    }
    let text = "{\"at\":\"2024-05-01T08:30:00+08:00\",\"day\":\"2024-05-01\"}"
    let visit = try StrictJSONDecoder().decode(Visit.self, from: Array(text.utf8))
    #expect(String(decoding: try StrictJSONEncoder().encode(visit), as: UTF8.self) == text)
    #expect(try JSONDecoder().decode(Visit.self, from: Data(text.utf8)) == visit)
    let error = #expect(throws: JSONError.self) {
      try StrictJSONDecoder().decode(Visit.self, from: Array("{\"at\":\"2024-05-01T08:30:00Z\",\"day\":\"x\"}".utf8))
    }
    #expect(error?.description == "$.day: expected a date such as 1990-12-31")
  }
}
