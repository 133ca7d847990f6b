import Foundation
import StrictJSON
import Testing

/// `JSONCodable` types through Foundation's coders and through the default implementations of `Codable`.
struct BridgeTests {
  @Test
  func aFormOfItsOwnIsUsedByEveryCoder() throws {
    let point = Point(x: 1, y: -2)
    #expect(point.jsonText == "[1,-2]")
    #expect(try Point(jsonText: "[1,-2]") == point)
    #expect(try Point(jsonBytes: Array("[1,-2]".utf8)) == point)
    #expect(String(decoding: try JSONEncoder().encode(point), as: UTF8.self) == "[1,-2]")
    #expect(try JSONDecoder().decode(Point.self, from: Data("[1,-2]".utf8)) == point)
    #expect(String(decoding: try StrictJSONEncoder().encode(point), as: UTF8.self) == "[1,-2]")
    #expect(try StrictJSONDecoder().decode(Point.self, from: Array("[1,-2]".utf8)) == point)
    let plist = try PropertyListEncoder().encode(Drawing.sample.path)
    #expect(try PropertyListDecoder().decode([Point].self, from: plist) == Drawing.sample.path)
  }

  @Test
  func errorsThroughFoundationHaveTheWholePath() throws {
    struct Outer: Codable { var items: [Box] }
    let error = #expect(throws: JSONError.self) {
      try JSONDecoder().decode(Outer.self, from: Data("{\"items\":[{\"box\":[1,2]},{\"box\":[1,\"\"]}]}".utf8))
    }
    #expect(error?.description == "$.items[1].box[1]: expected an integer, found a string")
  }

  /// Foundation keeps neither the order of members nor the lexeme of a number; anything else survives.
  private func normalised(_ json: JSON) -> JSON {
    switch json {
    case .array(let elements): return .array(elements.map { normalised($0) })
    case .object(let object):
      let members = object.map { (key: $0.key, value: normalised($0.value)) }
      return .object(JSONObject(members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }))
    case .number(let number):
      if let value = number.int64 { return .number(JSONNumber(value)) }
      if let value = number.uint64 { return .number(JSONNumber(value)) }
      guard let value = number.double else { return .null }
      if let value = Int64(exactly: value) { return .number(JSONNumber(value)) }
      if let value = UInt64(exactly: value) { return .number(JSONNumber(value)) }
      return JSONNumber(value).map { .number($0) } ?? .null
    default: return json
    }
  }

  @Test(arguments: UInt64(1)...15)
  func treesThroughFoundation(seed: UInt64) throws {
    var random = TestRandom(seed)
    for _ in 0..<15 {
      // Names that Foundation takes for equal are kept out: its dictionaries compare by canonical equivalence.
      let tree = random.tree(depth: 3)
      if tree.bytes.contains(0xCC) || tree.text.contains("1e400") { continue }
      let encoded = try JSONEncoder().encode(tree)
      #expect(normalised(try JSON(bytes: [UInt8](encoded))) == normalised(tree), "seed \(seed)")
      let decoded = try JSONDecoder().decode(JSON.self, from: Data(tree.bytes))
      #expect(normalised(decoded) == normalised(tree), "seed \(seed)")
    }
  }

  @Test
  func aNumberThatDoesNotFitIsNotWrittenAsAnother() throws {
    let tree = try JSON(text: "{\"a\":[1e400]}")
    #expect(throws: EncodingError.self) { try JSONEncoder().encode(tree) }
    #expect(try StrictJSONEncoder().encode(tree) == tree.bytes)
  }

  @Test
  func largeAndDeepFormsAreNotHeldToTheLimitsOfReading() throws {
    var tree = JSON.string(String(repeating: "x", count: 17 << 20))
    for _ in 0..<200 { tree = .array([tree]) }
    struct Holder: JSONCodable {
      var json: JSON
      init(json: JSON) { self.json = json }
      func write(to writer: inout JSONWriter) { json.write(to: &writer) }
    }
    #expect(try StrictJSONEncoder().tree(of: [Holder(json: tree)]) == .array([tree]))
  }

  @Test
  func aFormThatIsNoJSONIsAnErrorWithItsPath() throws {
    struct Broken: JSONCodable {
      init() {}
      init(json: JSON) throws(JSONError) {}
      func write(to writer: inout JSONWriter) { writer.raw(Array("{\"a\":1,\"a\":2}".utf8)) }
    }
    let error = #expect(throws: JSONError.self) { try StrictJSONEncoder().encode(["k": [Broken()]]) }
    #expect(error?.code == .duplicateKey)
    #expect(error?.path == [.key("k"), .index(0)])
    #expect(throws: (any Error).self) { try JSONEncoder().encode(Broken()) }
  }

  @Test
  func plainTypesKeepTheirOwnCoding() throws {
    #expect(String(decoding: try JSONEncoder().encode(["a": "b"]), as: UTF8.self) == "{\"a\":\"b\"}")
    #expect(try JSONDecoder().decode([Double].self, from: Data("[1,2.5]".utf8)) == [1, 2.5])
    #expect("x".jsonText == "\"x\"")
    #expect(true.jsonText == "true")
    #expect(Int64(5).jsonText == "5")
    #expect(0.5.jsonText == "0.5")
    #expect(Double.nan.jsonText == "null")
    #expect(try Double(jsonText: "5") == 5)
    #expect(throws: JSONError.self) { try String(jsonText: "5") }
    #expect(throws: JSONError.self) { try Bool(jsonText: "0") }
  }
}
