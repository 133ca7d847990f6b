import SCRMExpressions
import Testing

/// Equality, order, hashing and printing of values.
struct ValueTests {
  static let numericOrders: [(left: Value, right: Value, order: ValueOrder)] = [
    (.int(1), .double(1), .same), (.int(1), .uint(1), .same), (.uint(1), .double(1), .same),
    (.int(-1), .uint(.max), .ascending), (.int(.max), .uint(1 << 63), .ascending),
    (.int(9_007_199_254_740_993), .int(9_007_199_254_740_992), .descending),
    (.int(9_007_199_254_740_993), .uint(9_007_199_254_740_992), .descending),
    (.uint(.max), .uint(.max - 1), .descending), (.int(.max), .uint(UInt64(Int64.max)), .same),
    // With a double: as the nearest double (cel-spec, comparisons/lt_literal and others "lossy").
    (.int(9_007_199_254_740_992), .double(0x1p53), .same), (.int(9_007_199_254_740_993), .double(0x1p53), .same),
    (.int(9_007_199_254_740_995), .double(0x1p53), .descending),
    (.int(-9_007_199_254_740_995), .double(-0x1p53), .ascending),
    (.uint(9_007_199_254_740_993), .double(0x1p53), .same), (.int(.max), .double(0x1p63), .same),
    (.int(.max), .double(0x1p63 + 2_048), .ascending), (.int(.min), .double(-0x1p63), .same),
    (.int(.min), .double(-0x1p63 - 2_048), .descending), (.uint(1 << 63), .double(0x1p63), .same),
    (.uint(.max), .double(0x1p64), .same), (.uint(.max), .double(0x1p64 + 4_096), .ascending),
    (.int(0), .double(-0.0), .same), (.uint(0), .double(-0.0), .same), (.double(0), .double(-0.0), .same),
    (.int(0), .double(0.5), .ascending), (.int(0), .double(-0.5), .descending), (.uint(0), .double(-0.5), .descending),
    (.uint(0), .double(.leastNonzeroMagnitude), .ascending), (.int(-1), .double(-1.5), .descending),
    (.int(.max), .double(.infinity), .ascending), (.uint(0), .double(-.infinity), .descending),
    (.int(0), .double(.nan), .unordered), (.uint(0), .double(.nan), .unordered),
    (.double(.nan), .double(.nan), .unordered), (.double(.infinity), .double(.infinity), .same),
    (.double(-.infinity), .int(.min), .ascending), (.int(5), .int(6), .ascending), (.uint(7), .uint(6), .descending),
  ]

  @Test(arguments: numericOrders)
  func numbersCompareByAmount(left: Value, right: Value, order: ValueOrder) throws {
    let reversed: ValueOrder =
      switch order {
      case .ascending: .descending
      case .descending: .ascending
      default: order
      }
    #expect(try left.compare(to: right) == order)
    #expect(try right.compare(to: left) == reversed)
    #expect(left.isEqual(to: right) == (order == .same))
    #expect(right.isEqual(to: left) == (order == .same))
  }

  @Test
  func otherKindsHaveTheirOrder() throws {
    func order(_ left: Value, _ right: Value) throws -> ValueOrder { try left.compare(to: right) }
    #expect(try order(.bool(false), .bool(true)) == .ascending)
    #expect(try order(.bool(true), .bool(true)) == .same)
    #expect(try order("a", "b") == .ascending)
    #expect(try order("", "a") == .ascending)
    #expect(try order("a", "aa") == .ascending)
    #expect(try order("Z", "a") == .ascending)
    #expect(try order("\u{FFFF}", "\u{10000}") == .ascending)
    #expect(try order("e\u{301}", "\u{E9}") == .ascending)
    #expect(try order("\u{E9}", "\u{E9}") == .same)
    #expect(try order(.bytes([1]), .bytes([1, 0])) == .ascending)
    #expect(try order(.bytes([0xFF]), .bytes([1, 0])) == .descending)
    #expect(try order(.timestamp(.epoch), .timestamp(.distantFuture)) == .ascending)
    #expect(try order(.duration(.seconds(1)), .duration(.milliseconds(999))) == .descending)
    #expect(
      try order(.opaque(Amount(currency: "EUR", cents: 1)), .opaque(Amount(currency: "EUR", cents: 2))) == .ascending)
  }

  @Test
  func whatHasNoOrderIsAnError() {
    let values: [Value] = [
      .null, .bool(true), .int(1), .string("a"), .bytes([1]), .list([]), .map([:]), .timestamp(.epoch),
      .duration(.zero), .type("int"), .opaque(Amount(currency: "EUR", cents: 1)), .opaque(Weight(grams: 1)),
    ]
    for (i, left) in values.enumerated() {
      for (j, right) in values.enumerated() {
        let hasOrder = i == j && ![0, 5, 6, 9].contains(i)
        let result = Result { try left.compare(to: right) }
        #expect(((try? result.get()) != nil) == hasOrder, "\(left) \(right)")
        if case .failure(let error) = result { #expect((error as? ValueError)?.code == .noSuchOverload) }
      }
    }
    let euros = Value.opaque(Amount(currency: "EUR", cents: 1))
    #expect(throws: ValueError.self) { try euros.compare(to: .opaque(Amount(currency: "USD", cents: 1))) }
  }

  @Test
  func equalityOfTheLanguage() throws {
    #expect(Value.list([.int(1), .double(2)]).isEqual(to: .list([.uint(1), .int(2)])))
    #expect(!Value.list([.int(1)]).isEqual(to: .list([.int(1), .int(1)])))
    #expect(!Value.list([.double(.nan)]).isEqual(to: .list([.double(.nan)])))
    #expect(Value.map([.int(1): .double(2)]).isEqual(to: .map([.uint(1): .int(2)])))
    #expect(!Value.map(["a": 1]).isEqual(to: .map(["b": 1])))
    #expect(!Value.map(["a": 1]).isEqual(to: .map(["a": 1, "b": 1])))
    #expect(!Value.map(["a": .double(.nan)]).isEqual(to: .map(["a": .double(.nan)])))
    for (left, right) in [
      (Value.null, Value.bool(false)), (.int(1), .bool(true)), (.string("1"), .int(1)), (.bytes([0x61]), "a"),
    ] {
      #expect(!left.isEqual(to: right))
      #expect(!right.isEqual(to: left))
    }
    #expect(Value.null.isEqual(to: .null))
    #expect(!Value.string("\u{E9}").isEqual(to: .string("e\u{301}")))
    #expect(Value.opaque(Weight(grams: 1)).isEqual(to: .opaque(Weight(grams: 1))))
    #expect(!Value.opaque(Weight(grams: 1)).isEqual(to: .opaque(Amount(currency: "", cents: 1))))
  }

  @Test
  func structuralEquality() {
    let different: [Value] = [
      .null, .bool(false), .bool(true), .int(0), .int(1), .uint(0), .uint(1), .double(0), .double(1), .double(.nan),
      .double(.infinity), .string(""), .string("\u{E9}"), .string("e\u{301}"), .bytes([]), .list([]), .list([.int(0)]),
      .list([.uint(0)]), .map([:]), .map([.int(1): .null]), .map([.uint(1): .null]), .map(["1": .null]),
      .timestamp(.epoch),
      .duration(.zero), .type(""), .type("int"), .opaque(Weight(grams: 0)), .opaque(Amount(currency: "", cents: 0)),
    ]
    for (i, left) in different.enumerated() {
      for (j, right) in different.enumerated() { #expect((left == right) == (i == j), "\(i) \(j)") }
    }
    #expect(Set(different).count == different.count)
    #expect(Value.double(0) == .double(-0.0))
    #expect(Value.double(0).hashValue == Value.double(-0.0).hashValue)
    #expect(Value.double(-.nan).hashValue == Value.double(.nan).hashValue)
  }

  @Test(arguments: UInt64(1)...20)
  func equalityLaws(seed: UInt64) throws {
    var random = TestRandom(seed)
    var values = (0..<60).map { _ in random.value(depth: 2) }
    values += values.prefix(10)
    for left in values {
      #expect(left == left)
      for right in values {
        #expect((left == right) == (right == left))
        if left == right { #expect(left.hashValue == right.hashValue, "seed \(seed)") }
        #expect(left.isEqual(to: right) == right.isEqual(to: left))
        // What is structurally equal is equal in the language, if there is no NaN in it.
        if left == right, left.isEqual(to: left) { #expect(left.isEqual(to: right)) }
        guard let order = try? left.compare(to: right) else { continue }
        #expect((order == .same) == left.isEqual(to: right))
      }
    }
  }

  /// Numbers of all kinds against a type wide enough for both.
  @Test(arguments: UInt64(1)...20)
  func numbersAgreeWithAWiderType(seed: UInt64) throws {
    func integer(_ value: Value) -> Int128? {
      switch value {
      case .int(let value): Int128(value)
      case .uint(let value): Int128(value)
      default: nil
      }
    }
    var random = TestRandom(seed)
    for _ in 0..<500 {
      let (left, right) = (random.number(), random.number())
      if let l = integer(left), let r = integer(right) {
        #expect(try left.compare(to: right) == (l < r ? .ascending : (l == r ? .same : .descending)))
      } else if let l = left.doubleValue, let r = right.doubleValue, !l.isNaN, !r.isNaN {
        #expect(try left.compare(to: right) == (l < r ? .ascending : (l == r ? .same : .descending)))
      } else {
        #expect(try left.compare(to: right) == .unordered)
      }
    }
  }

  @Test
  func nothingPersonalIsPrinted() {
    let secret = "Ada Lovelace"
    let map: ValueMap = [.string(secret): .string(secret), .int(815): .int(4_711)]
    let values: [Value] = [
      .string(secret), .list([.string(secret), .int(4_711)]), .map(map), .int(4_711), .double(4_711.5),
      .bytes(Array(secret.utf8)), .opaque(Amount(currency: secret, cents: 4_711)),
    ]
    for value in values {
      var dumped = ""
      dump(value, to: &dumped)
      dump([value], to: &dumped)
      dump(map, to: &dumped)
      dump(ValueMap.Key.string(secret), to: &dumped)
      let printed = [
        "\(value)", String(reflecting: value), "\([value])", "\(Optional(value) as Any)", dumped, "\(map)",
        String(reflecting: map), "\(map.entries)", "\(ValueMap.Key.string(secret))", String(reflecting: map.entries),
      ]
      for text in printed {
        #expect(!text.contains("Ada") && !text.contains("4711") && !text.contains("815") && !text.contains("65"))
      }
    }
    #expect("\(Value.string(secret))" == "‹string›")
  }

  @Test
  func parts() {
    #expect(Value.string("a").stringValue == "a" && Value.int(1).stringValue == nil)
    #expect(Value.uint(5).intValue == 5 && Value.uint(.max).intValue == nil && Value.double(5).intValue == nil)
    #expect(Value.int(5).doubleValue == 5 && Value.uint(5).doubleValue == 5 && Value.string("5").doubleValue == nil)
    #expect(Value.list([1]).listValue == [1] && Value.map([:]).mapValue?.isEmpty == true)
    #expect(Value.timestamp(.epoch).timestampValue == .epoch && Value.bool(true).boolValue == true)
    #expect((["a", 1, 1.5, true, .null] as Value) == .list([.string("a"), .int(1), .double(1.5), .bool(true), .null]))
    #expect(Value.null.typeName == "null_type" && Value.opaque(Weight(grams: 1)).typeName == "weight")
  }
}
