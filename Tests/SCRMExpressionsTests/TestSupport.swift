import SCRMExpressions

/// SplitMix64, so that a seed in a failure report reproduces it.
struct TestRandom: RandomNumberGenerator {
  var state: UInt64
  init(_ seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
  mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }
}

extension TestRandom {
  private static let texts = [
    "", "a", "b", "$int", "$map", "é", "e\u{301}", "日本", "\u{0}", "\u{10FFFF}", "\u{FFFF}", "A", "aa", "\u{E000}",
  ]
  private static let integers: [Int64] = [
    0, 1, -1, 2, .max, .min, .max - 1, 9_007_199_254_740_991, 9_007_199_254_740_992, 9_007_199_254_740_993,
    -9_007_199_254_740_993, 1 << 62,
  ]
  private static let doubles: [Double] = [
    0, -0.0, 1, -1, 0.5, 1.5, -1.5, 0x1p53, 0x1p63, 0x1p64, -0x1p63, 9_007_199_254_740_994, .infinity, -.infinity, .nan,
    .leastNonzeroMagnitude, .greatestFiniteMagnitude, 0x1p63 - 1_024, 0x1p64 - 2_048,
  ]

  mutating func text() -> String { Self.texts[below(Self.texts.count)] }

  /// A number, most often at an edge where kinds meet.
  mutating func number() -> Value {
    switch below(4) {
    case 0: .int(Self.integers[below(Self.integers.count)])
    case 1: .uint([0, 1, 2, .max, 1 << 63, 1 << 53, (1 << 53) + 1, .max - 1][below(8)])
    case 2: .double(Self.doubles[below(Self.doubles.count)])
    default: .double(Double(Self.integers[below(Self.integers.count)]))
    }
  }

  mutating func instant() -> Instant {
    let seconds = Int64.random(in: -62_135_596_800...253_402_300_799, using: &self)
    let nanoseconds = [Int32(0), 500_000_000, 1_000, 1, 999_999_999][below(5)]
    let offset = [nil, 0, Int32(28_800), -12_600, 86_340, -86_340][below(6)]
    return Instant(secondsSinceEpoch: seconds, nanoseconds: nanoseconds, utcOffset: offset) ?? .epoch
  }

  mutating func duration() -> Duration {
    .seconds(Int64(bitPattern: next()) >> Int64(1 + below(63)))
      + .nanoseconds(Int64(below(2_000_000_000)) - 1_000_000_000)
  }

  mutating func key() -> ValueMap.Key {
    switch below(4) {
    case 0: .bool(below(2) == 0)
    case 1: .int(Int64(below(7)) - 3)
    case 2: .uint([0, 1, 2, 3, .max, 1 << 63][below(6)])
    default: .string(text())
    }
  }

  mutating func value(depth: Int) -> Value {
    switch below(depth > 0 ? 12 : 9) {
    case 0: return .null
    case 1: return .bool(below(2) == 0)
    case 2, 3: return number()
    case 4: return .string(text())
    case 5: return .bytes((0..<below(5)).map { _ in UInt8(truncatingIfNeeded: next()) })
    case 6: return .timestamp(instant())
    case 7: return .duration(duration())
    case 8: return .type(["int", "bool", "map"][below(3)])
    case 9: return .list((0..<below(4)).map { _ in value(depth: depth - 1) })
    default:
      var map = ValueMap()
      for _ in 0..<below(4) { map[below(2) == 0 ? .string(text()) : key()] = value(depth: depth - 1) }
      return .map(map)
    }
  }
}

/// An opaque type as another module would define one: an amount of a currency.
struct Amount: OpaqueValue {
  static let typeName = "amount"
  var currency: String
  var cents: Int64
  func compare(to other: any OpaqueValue) throws(ValueError) -> ValueOrder {
    guard let other = other as? Amount, other.currency == currency else {
      throw ValueError(.noSuchOverload, "amounts of different currencies have no order")
    }
    return cents < other.cents ? .ascending : (cents == other.cents ? .same : .descending)
  }
  var tagged: Value { .list([.string(currency), .int(cents)]) }
}

/// Another opaque type with the same content.
struct Weight: OpaqueValue {
  static let typeName = "weight"
  var grams: Int64
  func compare(to other: any OpaqueValue) throws(ValueError) -> ValueOrder {
    guard let other = other as? Weight else { throw ValueError(.noSuchOverload, "no order") }
    return grams < other.grams ? .ascending : (grams == other.grams ? .same : .descending)
  }
  var tagged: Value { .int(grams) }
}
