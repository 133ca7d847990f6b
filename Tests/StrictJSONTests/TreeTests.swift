import StrictJSON
import Testing

/// Numbers, objects and equality of trees.
struct TreeTests {
  @Test(arguments: UInt64(1)...40)
  func randomTreesRoundTrip(seed: UInt64) throws {
    var random = TestRandom(seed)
    for _ in 0..<50 {
      let tree = random.tree(depth: 4)
      let bytes = tree.bytes
      let read = try JSON(bytes: bytes)
      #expect(read == tree, "seed \(seed)")
      #expect(read.hashValue == tree.hashValue, "seed \(seed)")
      #expect(read.bytes == bytes, "seed \(seed)")
      #expect(try JSON(text: tree.text) == tree, "seed \(seed)")
    }
  }

  @Test
  func sixtyFourBitEdges() throws {
    func number(_ text: String) throws -> JSON { try JSON(text: text) }
    #expect(try number("9223372036854775807").int64Value() == .max)
    #expect(try number("-9223372036854775808").int64Value() == .min)
    #expect(try number("18446744073709551615").uint64Value() == .max)
    #expect(try number("9223372036854775808").uint64Value() == 1 << 63)
    #expect(try number("9007199254740993").int64Value() == 9_007_199_254_740_993)
    #expect(try number("-0").int64Value() == 0)
    #expect(try number("-0.0").doubleValue().sign == .minus)
    #expect(try number("1e-999").doubleValue() == 0)
    #expect(try number("5e-324").doubleValue() == .leastNonzeroMagnitude)
    #expect(try number("1.7976931348623157e308").doubleValue() == .greatestFiniteMagnitude)
    let refused = [
      ("9223372036854775808", 0), ("-9223372036854775809", 0), ("1.0", 0), ("1e3", 0), ("-1", 1), ("1.5", 1),
      ("18446744073709551616", 1), ("1e400", 2), ("-1e400", 2),
    ]
    for (text, kind) in refused {
      let json = try number(text)
      let error = #expect(throws: JSONError.self) {
        switch kind {
        case 0: _ = try json.int64Value()
        case 1: _ = try json.uint64Value()
        default: _ = try json.doubleValue()
        }
      }
      #expect(error?.code == .numberRange)
    }
  }

  @Test
  func numbersKeepTheirLexeme() throws {
    for text in [
      "0", "-0", "1", "-1", "10", "1.0", "1.10", "1E5", "1e+05", "-9223372036854775808", "-9223372036854775809",
      "9223372036854775807", "9223372036854775808", "18446744073709551615", "18446744073709551616",
      "99999999999999999999", "9999999999999999999", "1000000000000000000", "0.1000000000000000055511151231257827",
    ] {
      let number = try #require(JSONNumber(text: text))
      #expect(number.text == text)
      #expect(JSON.number(number).text == text)
      #expect(try JSON(text: text) == .number(number))
      #expect(number.int64 == Int64(text))
      #expect(number.uint64 == UInt64(text))
      #expect(number.double == Double(text))
      #expect(number.isInteger == !text.contains { ".eE".contains($0) })
    }
    for text in ["", " 1", "1 ", "+1", "01", "-", "1.", ".1", "1e", "0x1", "NaN", "inf", "1_000", "１"] {
      #expect(JSONNumber(text: text) == nil)
    }
    #expect(JSONNumber(Int64.min).text == "-9223372036854775808")
    #expect(JSONNumber(Int64.min) == JSONNumber(text: "-9223372036854775808"))
    #expect(JSONNumber(UInt64.max).text == "18446744073709551615")
    #expect(JSONNumber(UInt64(7)) == JSONNumber(Int64(7)))
    #expect(JSONNumber(1.0)?.text == "1.0")
    #expect(JSONNumber(-0.0)?.text == "-0.0")
    #expect(JSONNumber(Double.nan) == nil)
    #expect(JSONNumber(-Double.infinity) == nil)
    #expect(JSONNumber(text: "1") != JSONNumber(text: "1.0"))
    #expect(JSONNumber(text: "-0") != JSONNumber(Int64(0)))
  }

  @Test(arguments: UInt64(1)...10)
  func randomDoublesReadBackExactly(seed: UInt64) throws {
    var random = TestRandom(seed)
    for _ in 0..<500 {
      let value = Double(bitPattern: random.next())
      guard value.isFinite else { continue }
      let number = try #require(JSONNumber(value))
      #expect(number.double?.bitPattern == value.bitPattern)
      #expect(JSONNumber(text: number.text) == number)
    }
  }

  @Test
  func stringsCompareByBytes() throws {
    #expect(JSON.string("\u{E9}") != .string("e\u{301}"))
    let object = try JSON(text: "{\"\u{E9}\":1,\"e\u{301}\":2}").objectValue()
    #expect(object["\u{E9}"] == .number(JSONNumber(Int64(1))))
    #expect(object["e\u{301}"] == .number(JSONNumber(Int64(2))))
    #expect(object["e"] == nil)
  }

  @Test
  func equalityHeedsKindAndOrder() throws {
    let texts = ["null", "false", "true", "0", "1", "1.0", "\"\"", "\"0\"", "[]", "[[]]", "[0]", "{}", "{\"a\":0}"]
    let more = ["{\"a\":1}", "{\"a\":0,\"b\":1}", "{\"b\":1,\"a\":0}", "[0,1]", "[1,0]"]
    let trees = try (texts + more).map { try JSON(text: $0) }
    for (i, left) in trees.enumerated() {
      for (j, right) in trees.enumerated() { #expect((left == right) == (i == j)) }
    }
    #expect(Set(trees).count == trees.count)
  }

  /// Against a list of pairs, on both sides of the size from which objects have an index.
  @Test(arguments: [1, 3, 16, 17, 63, 64, 65, 66, 200])
  func objectsBehaveLikeAListOfPairs(size: Int) {
    var random = TestRandom(UInt64(size))
    var object = JSONObject()
    var model: [(key: String, value: JSON)] = []
    for step in 0..<(size * 6) {
      let key = "member\(random.below(size * 2))"
      let value: JSON? = random.below(4) == 0 && step > size ? nil : .number(JSONNumber(Int64(step)))
      object[key] = value
      let position = model.firstIndex { $0.key == key }
      switch (position, value) {
      case (let position?, let value?): model[position].value = value
      case (let position?, nil): model.remove(at: position)
      case (nil, let value?): model.append((key, value))
      case (nil, nil): break
      }
      #expect(object.count == model.count)
      #expect(object[key] == value)
    }
    #expect(object.map(\.key) == model.map(\.key))
    #expect(object.map(\.value) == model.map(\.value))
    for number in 0..<(size * 2) {
      #expect(object["member\(number)"] == model.first { $0.key == "member\(number)" }?.value)
    }
    #expect(object == JSONObject(model))
  }

  @Test
  func ofEqualNamesTheFirstIsFound() {
    let twice = [("a", JSON.bool(true)), ("a", JSON.bool(false))]
    let padding = (0..<100).map { ("p\($0)", JSON.null) }
    #expect(JSONObject(twice)["a"] == .bool(true))
    #expect(JSONObject(padding + twice)["a"] == .bool(true))
    var object = JSONObject(twice + padding)
    object["a"] = nil
    #expect(object["a"] == .bool(false))
    #expect(object["p99"] == .null)
  }
}
