import Foundation
import StrictJSON
import Testing

/// `StrictJSONEncoder` and `StrictJSONDecoder` with synthesised coding.
struct StrictCoderTests {
  @Test
  func roundTrip() throws {
    let bytes = try StrictJSONEncoder().encode(Drawing.sample)
    #expect(String(decoding: bytes, as: UTF8.self) == Drawing.sampleText)
    #expect(try StrictJSONDecoder().decode(Drawing.self, from: bytes) == .sample)
    #expect(try StrictJSONEncoder().tree(of: Drawing.sample) == JSON(bytes: bytes))
    #expect(try StrictJSONDecoder().decode(Drawing.self, from: JSON(bytes: bytes)) == .sample)
  }

  @Test
  func agreesWithFoundation() throws {
    let ours = try StrictJSONEncoder().encode(Drawing.sample)
    #expect(try JSONDecoder().decode(Drawing.self, from: Data(ours)) == .sample)
    let theirs = try JSONEncoder().encode(Drawing.sample)
    #expect(try StrictJSONDecoder().decode(Drawing.self, from: [UInt8](theirs)) == .sample)
  }

  @Test
  func plainValuesAtTheRoot() throws {
    func check<T: Codable & Equatable>(_ value: T, _ text: String) throws {
      #expect(String(decoding: try StrictJSONEncoder().encode(value), as: UTF8.self) == text)
      #expect(try StrictJSONDecoder().decode(T.self, from: Array(text.utf8)) == value)
    }
    try check("a", "\"a\"")
    try check(true, "true")
    try check(5, "5")
    try check(UInt64.max, "18446744073709551615")
    try check(0.5, "0.5")
    try check(Float(0.1), "0.1")
    try check(Int?.none, "null")
    try check(Int?.some(1), "1")
    try check([Double](), "[]")
    try check([String: Int](), "{}")
    try check(Point(x: 1, y: 2), "[1,2]")
    try check(JSON.array([.null]), "[null]")
    try check([Point(x: 1, y: 2), nil], "[[1,2],null]")
    try check(Kind.small, "\"small\"")
  }

  @Test
  func inheritance() throws {
    let bytes = try StrictJSONEncoder().encode(Dog(name: "Rex"))
    #expect(String(decoding: bytes, as: UTF8.self) == "{\"name\":\"Rex\",\"super\":{\"legs\":4}}")
    #expect(try JSONEncoder().encode(Dog(name: "Rex")).count == bytes.count)
    let dog = try StrictJSONDecoder().decode(Dog.self, from: bytes)
    #expect(dog.name == "Rex" && dog.legs == 4)
    let error = #expect(throws: JSONError.self) {
      try StrictJSONDecoder().decode(Dog.self, from: Array("{\"name\":\"Rex\",\"super\":{}}".utf8))
    }
    #expect(error?.path == [.key("super"), .key("legs")])
    #expect(throws: JSONError.self) { try StrictJSONDecoder().decode(Dog.self, from: Array("{\"name\":\"Rex\"}".utf8)) }
  }

  static let failures: [(change: (String, String), error: String)] = [
    (("\"name\":\"n\",", ""), "$.name: required member is missing"),
    (("\"n\"", "null"), "$.name: expected a string, found null"),
    (("\"n\"", "1"), "$.name: expected a string, found a number"),
    (("\"large\"", "\"huge\""), "$.kind: "),
    (("[5,6]", "[5]"), "$.path[1]: expected two numbers"),
    (("[5,6]", "[5,\"6\"]"), "$.path[1][1]: expected an integer, found a string"),
    (("[[3,4],[5,6]]", "{}"), "$.path: expected an array, found an object"),
    (("{\"5\":[7,8]}", "{\"5\":[7,true]}"), "$.byName.5[1]: expected an integer, found a truth value"),
    (("{\"9\":10}", "{\"9\":128}"), "$.byNumber.9: expected an integer of 8 signed bits"),
    (("2.5", "\"x\""), "$.shapes[0].circle.radius: expected a number, found a string"),
    (("2.5", "1e999"), "$.shapes[0].circle.radius: expected a number within 64-bit floating point"),
    (("{\"box\":[0,0]}", "{\"box\":[0,[]]}"), "$.shapes[1].box._0.box[1]: expected an integer, found an array"),
    (("{\"box\":[0,0]}", "{}"), "$.shapes[1].box._0.box: required member is missing"),
    (("[1,null]", "[1,2.0]"), "$.nested[0][1]: expected an integer of 64 signed bits"),
    (("-128", "-129"), "$.numbers.i8: expected an integer of 8 signed bits"),
    (("255", "256"), "$.numbers.u8: expected an integer of 8 unsigned bits"),
    (("4294967295", "-1"), "$.numbers.u32: expected an integer of 32 unsigned bits"),
    (("\"float\":0.1", "\"float\":1e39"), "$.numbers.float: expected a number within 32-bit floating point"),
    (("\"flag\":true", "\"flag\":1"), "$.numbers.flag: expected a truth value, found a number"),
  ]

  @Test(arguments: failures)
  func errorsHaveOnePath(change: (String, String), expected: String) throws {
    let text = Drawing.sampleText.replacingOccurrences(of: change.0, with: change.1)
    #expect(text != Drawing.sampleText)
    let error = #expect(throws: JSONError.self) {
      try StrictJSONDecoder().decode(Drawing.self, from: Array(text.utf8))
    }
    #expect(error?.description.hasPrefix(expected) == true, "\(error?.description ?? "")")
  }

  /// The member has the name of the way to it, which must not be taken for a path that is complete already.
  @Test
  func aPathThatRepeatsANameIsKept() throws {
    struct Outer: Codable { var box: Box }
    func failure(_ text: String) -> String? {
      #expect(throws: JSONError.self) { try StrictJSONDecoder().decode(Outer.self, from: Array(text.utf8)) }?
        .description
    }
    #expect(failure("{\"box\":{\"box\":[1]}}") == "$.box.box: expected two numbers")
    #expect(failure("{\"box\":{\"box\":[1,null]}}") == "$.box.box[1]: expected an integer, found null")
    #expect(failure("{\"box\":{}}") == "$.box.box: required member is missing")
    #expect(failure("{}") == "$.box: required member is missing")
    #expect(failure("{\"box\":") == "$ at byte 7: expected a value")
  }

  @Test
  func refusesWhatJSONHasNot() throws {
    struct Reading: Codable { var values: [Double] }
    for value in [Double.nan, .infinity, -.infinity] {
      let error = #expect(throws: JSONError.self) { try StrictJSONEncoder().encode(Reading(values: [0, value])) }
      #expect(error?.path == [.key("values"), .index(1)])
      #expect(throws: JSONError.self) { try StrictJSONEncoder().encode(value) }
      #expect(throws: JSONError.self) { try StrictJSONEncoder().encode(["a": value]) }
      #expect(throws: JSONError.self) { try StrictJSONEncoder().encode(["a": Float(value)]) }
    }
  }

  @Test
  func anElementThatFailedCanBeReadOtherwise() throws {
    struct Lenient: Decodable {
      struct Anything: Decodable { init(from decoder: any Decoder) throws {} }
      var values: [Int] = []
      init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        while !container.isAtEnd {
          if let value = try? container.decode(Int.self) {
            values.append(value)
          } else {
            _ = try container.decode(Anything.self)
          }
        }
        #expect(throws: DecodingError.self) { try container.decode(Int.self) }
        #expect(throws: DecodingError.self) { try container.decodeNil() }
      }
    }
    let bytes = Array("[1,\"x\",2,null,3]".utf8)
    #expect(try StrictJSONDecoder().decode(Lenient.self, from: bytes).values == [1, 2, 3])
    #expect(try JSONDecoder().decode(Lenient.self, from: Data(bytes)).values == [1, 2, 3])
  }

  @Test
  func handWrittenContainers() throws {
    struct Manual: Codable, Equatable {
      var a = 1
      var b = [2, 3]
      enum Key: String, CodingKey { case outer, inner, list }
      init() {}
      init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        let outer = try container.nestedContainer(keyedBy: Key.self, forKey: .outer)
        a = try outer.decode(Int.self, forKey: .inner)
        var list = try container.nestedUnkeyedContainer(forKey: .list)
        var inner = try list.nestedUnkeyedContainer()
        b = [try inner.decode(Int.self)]
        let last = try list.nestedContainer(keyedBy: Key.self)
        b.append(try last.decode(Int.self, forKey: .inner))
      }
      func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        var outer = container.nestedContainer(keyedBy: Key.self, forKey: .outer)
        try outer.encode(0, forKey: .inner)
        try outer.encode(a, forKey: .inner)
        var list = container.nestedUnkeyedContainer(forKey: .list)
        var inner = list.nestedUnkeyedContainer()
        try inner.encode(b[0])
        var last = list.nestedContainer(keyedBy: Key.self)
        try last.encode(b[1], forKey: .inner)
      }
    }
    let text = "{\"outer\":{\"inner\":1},\"list\":[[2],{\"inner\":3}]}"
    // A name that is encoded twice stands once, with the later value.
    #expect(String(decoding: try StrictJSONEncoder().encode(Manual()), as: UTF8.self) == text)
    #expect(try StrictJSONDecoder().decode(Manual.self, from: Array(text.utf8)) == Manual())
    let wrong = Array("{\"outer\":{\"inner\":1},\"list\":[[2],{\"inner\":\"\"}]}".utf8)
    let error = #expect(throws: JSONError.self) { try StrictJSONDecoder().decode(Manual.self, from: wrong) }
    #expect(error?.path == [.key("list"), .index(1), .key("inner")])
  }
}
