import DenseData
import Foundation
import SCRMModel
import Testing

@Suite struct MoneyTests {
  @Test(arguments: [
    ("0", 0, 0, "0"), ("-0", 0, 0, "0"), ("12.50", 1_250, 2, "12.50"), ("-12.50", -1_250, 2, "-12.50"),
    ("+7", 7, 0, "7"), ("0.05", 5, 2, "0.05"), ("-0.05", -5, 2, "-0.05"), ("1e3", 1_000, 0, "1000"),
    ("1.5E+2", 150, 0, "150"), ("25e-4", 25, 4, "0.0025"), ("007", 7, 0, "7"), ("0e99", 0, 0, "0"),
    ("1000e-20", 10, 18, "0.000000000000000010"), ("0.000000000000000001", 1, 18, "0.000000000000000001"),
    ("9223372036854775807", Int64.max, 0, "9223372036854775807"),
    ("-9223372036854775808", Int64.min, 0, "-9223372036854775808"),
    ("-9.223372036854775808", Int64.min, 18, "-9.223372036854775808"),
  ])
  func decimalTexts(text: String, units: Int64, scale: Int, printed: String) throws {
    let money = try Money(text, currency: "CNY")
    #expect(money.units == units && money.scale == scale)
    #expect(money.decimal == printed)
    #expect(money.description == printed + " CNY")
    let again = try Money(money.decimal, currency: "CNY")
    #expect(again.units == units && again.scale == scale)
  }

  @Test(arguments: [
    "", "-", "+", ".", "e5", "1e", "1e+", "1e-+5", "1e+-5", "1e1000", "1.2.3", "1,5", " 1", "1 ", "0x10", "NaN",
    "inf", "--1", "１", "9223372036854775808", "-9223372036854775809", "1e19", "0.0000000000000000001",
    "1e-19", String(repeating: "0", count: 65),
  ])
  func otherTextsAreRefused(text: String) {
    #expect { try Money(text, currency: "CNY") } throws: { ($0 as? SCRMError)?.code == .invalidValue }
  }

  @Test func scaleAndCurrencyAreChecked() {
    #expect(Money(units: 1, scale: -1, currency: "CNY") == nil)
    #expect(Money(units: 1, scale: 19, currency: "CNY") == nil)
    #expect(Money(units: 1, scale: 0, currency: "") == nil)
    #expect(Money(units: 1, scale: 0, currency: String(repeating: "P", count: 17)) == nil)
    #expect(Money(units: 1, scale: 18, currency: "POINTS")?.decimal == "0.000000000000000001")
    #expect { try Money("1", currency: "") } throws: { ($0 as? SCRMError)?.code == .invalidValue }
  }

  @Test func trailingZerosDoNotCount() throws {
    let (short, long) = (try Money("1.5", currency: "EUR"), try Money("1.50", currency: "EUR"))
    #expect(short == long && short.hashValue == long.hashValue)
    #expect(Set([short, long, try Money("15e-1", currency: "EUR")]).count == 1)
    #expect(short != (try Money("1.5", currency: "USD")))
    #expect(try Money("0", currency: "EUR") == Money("0.000", currency: "EUR"))
    #expect(Value.opaque(short) == Value.opaque(long))
    #expect(try Money("1", currency: "\u{E9}") != Money("1", currency: "e\u{301}"))
  }

  @Test func sumsAreExactAcrossScales() throws {
    func sum(_ left: String, _ right: String) throws -> String {
      try Money(left, currency: "CNY").adding(Money(right, currency: "CNY")).decimal
    }
    #expect(try sum("0.1", "0.2") == "0.3")
    #expect(try sum("1", "0.005") == "1.005")
    #expect(try sum("-1.00", "1") == "0.00")
    #expect(try sum("500000000000000000", "1.00") == "500000000000000001.0")
    #expect(try sum("9223372036854775807", "-0.000000000000000000") == "9223372036854775807")
    #expect(try sum("9223372036854775807", "-9223372036854775808") == "-1")
    for (left, right) in [
      ("9223372036854775807", "1"), ("-9223372036854775808", "-1"), ("9223372036854775807", "0.1"),
      ("10", "0.000000000000000001"),
    ] {
      #expect { try sum(left, right) } throws: { ($0 as? SCRMError)?.code == .limitExceeded }
    }
    #expect {
      try Money("1", currency: "CNY").adding(Money("1", currency: "USD"))
    } throws: { ($0 as? SCRMError)?.code == .currencyMismatch }
  }

  @Test func currenciesAreNotCompared() throws {
    let yuan = try Money("1", currency: "CNY")
    for other in [try Money("1", currency: "USD"), try Money("2", currency: "cny")] {
      #expect(throws: ValueError.self) { try yuan.compare(to: other) }
      do { _ = try yuan.compare(to: other) } catch { #expect(error.code == .noSuchOverload) }
    }
    do {
      _ = try yuan.compare(to: Points(amount: 1))
      Issue.record("money was compared with another type")
    } catch { #expect(error.code == .noSuchOverload) }
  }

  /// Pairs whose digits do not fit a common scale and whose doubles are equal.
  @Test func theOrderOfNeighboursIsExact() throws {
    let pairs = [
      ("922337203685477580.7", "922337203685477581"), ("9.223372036854775807", "10"),
      ("-922337203685477581", "-922337203685477580.8"), ("9223372036854775806", "9223372036854775807"),
      ("0.000000000000000001", "9223372036854775807"), ("-9223372036854775808", "-9.223372036854775808"),
    ]
    for (less, more) in pairs {
      let (left, right) = (try Money(less, currency: "X"), try Money(more, currency: "X"))
      #expect(try left.compare(to: right) == .ascending, "\(less) \(more)")
      #expect(try right.compare(to: left) == .descending, "\(less) \(more)")
      #expect(try left.compare(to: left) == .same)
    }
  }

  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func orderAndSumsAgreeWithFoundation(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<300 {
      let (left, right) = (try random.money(), try random.money(near: nil))
      for other in [right, try random.money(near: left)] {
        let (l, r) = (try decimal(left), try decimal(other))
        let expected: ValueOrder = l == r ? .same : (l < r ? .ascending : .descending)
        #expect(try left.compare(to: other) == expected, "\(left) \(other)")
        #expect((left == other) == (l == r))
        if l == r { #expect(left.hashValue == other.hashValue) }
        guard let sum = try? left.adding(other) else { continue }
        #expect(try decimal(sum) == l + r, "\(left) + \(other)")
        #expect(sum == (try other.adding(left)))
      }
      #expect(try Money(jsonBytes: left.jsonBytes).jsonBytes == left.jsonBytes)
    }
  }

  @Test func plainNumbersAreReadByTheirDigits() throws {
    let read = { (text: String) in try Money(jsonText: #"{"amount":\#(text),"currency":"CNY"}"#) }
    #expect(try read("0.1").decimal == "0.1")
    #expect(try read("9007199254740993.01").decimal == "9007199254740993.01")
    #expect(try read("1e3").decimal == "1000")
    #expect(try read("-12.50").decimal == "-12.50")
    #expect(try read(#""12.50""#).jsonText == #"{"amount":"12.50","currency":"CNY"}"#)
    #expect(refusal(Money.self, #"{"amount":1e400,"currency":"CNY"}"#) == " invalidValue")
    #expect(refusal(Money.self, #"{"amount":true,"currency":"CNY"}"#) == "amount typeMismatch")
    #expect(refusal(Money.self, #"{"currency":"CNY"}"#) == "amount missing")
    #expect(refusal(Money.self, #"{"amount":1}"#) == "currency missing")
    #expect(refusal(Money.self, #"{"amount":"1","currency":""}"#) == " invalidValue")
  }

  @Test func moneyTravelsInsideValues() throws {
    let money = try Money("-0.50", currency: "EUR")
    let interaction = Interaction(
      key: EventKey("shop", "1"), kind: .purchase, actor: Party(.email, "a@b.c"),
      properties: ["total": .opaque(money), "lines": [.opaque(money), 1]], at: .epoch, received: .epoch)
    #expect(interaction.jsonText.contains(#""total":{"$money":["-0.50","EUR"]}"#))
    let again = try Interaction(jsonBytes: interaction.jsonBytes)
    #expect(again == interaction && again.jsonBytes == interaction.jsonBytes)
    let refused = { (content: String) in
      refusal(
        Interaction.self,
        #"{"v":1,"source":"s","id":"1","kind":"k","at":"2024-01-01T00:00:00Z","actor":{"ids":[]},"#
          + #""properties":{"p":{"$money":\#(content)}}}"#)
    }
    for content in [#"["1"]"#, #"["x","EUR"]"#, #"["1",""]"#, #"[1,"EUR"]"#, #""1 EUR""#] {
      #expect(refused(content) == "properties.p.$money invalidValue")
    }
  }

  private func decimal(_ money: Money) throws -> Decimal { try #require(Decimal(string: money.decimal)) }
}

private struct Points: OpaqueValue {
  static let typeName = "points"
  var amount: Int
  func compare(to other: any OpaqueValue) throws(ValueError) -> ValueOrder { .same }
  var tagged: Value { .int(Int64(amount)) }
}

extension SeededGenerator {
  /// Amounts of every size and scale, and sometimes one within rounding of another.
  fileprivate mutating func money(near other: Money? = nil) throws -> Money {
    if let other {
      let scale = max(0, min(18, other.scale + below(5) - 2))
      var units = Int128(other.units)
      for _ in other.scale..<max(scale, other.scale) { units *= 10 }
      for _ in scale..<max(scale, other.scale) { units /= 10 }
      let clamped = Int64(clamping: units + Int128(below(3) - 1))
      return try #require(Money(units: clamped, scale: scale, currency: "CNY"))
    }
    let extremes: [Int64] = [.min, .min + 1, -1, 0, 1, .max - 1, .max, 1_000_000_000_000_000_000]
    let units =
      switch below(3) {
      case 0: extremes[below(extremes.count)]
      case 1: Int64(bitPattern: next()) >> Int64(below(64))
      default: Int64(below(2_000)) - 1_000
      }
    return try #require(Money(units: units, scale: below(19), currency: "CNY"))
  }
}
