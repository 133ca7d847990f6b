public import SCRMExpressions
public import StrictJSON

/// An amount of one currency as an exact decimal number, never binary floating point.
///
/// The amount is `units × 10^−scale`. Amounts are equal when they are the same number of the same currency, so
/// `1.50 EUR == 1.5 EUR`. Amounts of different currencies cannot be added or ordered.
public struct Money: Sendable {
  /// The amount in units of 10^−`scale`.
  public let units: Int64
  /// The number of decimals, 0 … 18.
  public let scale: Int
  /// ISO 4217 code in capitals, such as `CNY`, or a host's own unit such as `POINTS`.
  public let currency: String

  /// Creates an amount; `nil` when the scale is not 0 … 18 or the currency is empty.
  public init?(units: Int64, scale: Int, currency: String) {
    guard (0...18).contains(scale), !currency.isEmpty, currency.utf8.count <= 16 else { return nil }
    self.units = units
    self.scale = scale
    self.currency = currency
  }

  /// Reads a decimal text such as `-12.50` or `1e3`.
  /// - Throws: ``SCRMError`` with the code `invalidValue` when it is no number or needs more than 18 digits.
  public init(_ decimal: String, currency: String) throws(SCRMError) {
    guard let parsed = DecimalText(decimal),
      let money = Money(units: parsed.units, scale: parsed.scale, currency: currency)
    else {
      throw SCRMError(.invalidValue, subject: "money", "expected a decimal number of at most 18 digits and a currency")
    }
    self = money
  }

  /// The amount as a decimal text with `scale` decimals.
  public var decimal: String {
    let digits = String(units.magnitude)
    let padded =
      digits.utf8.count > scale ? digits : String(repeating: "0", count: scale + 1 - digits.utf8.count) + digits
    let split = padded.index(padded.endIndex, offsetBy: -scale)
    return (units < 0 ? "-" : "") + padded[..<split] + (scale > 0 ? "." + padded[split...] : "")
  }

  /// The amount as the nearest double, for statistics only.
  public var approximateAmount: Double {
    var divisor = 1.0
    for _ in 0..<scale { divisor *= 10 }
    return Double(units) / divisor
  }

  /// The exact sum.
  /// - Throws: ``SCRMError`` with `currencyMismatch`, or `limitExceeded` when it does not fit.
  public func adding(_ other: Money) throws(SCRMError) -> Money {
    guard currency.sameBytes(as: other.currency) else {
      throw SCRMError(.currencyMismatch, subject: "money", "cannot add \(currency) and \(other.currency)")
    }
    var common = max(scale, other.scale)
    var sum = wideUnits(at: common) + other.wideUnits(at: common)
    // A common scale may need more digits than the sum does: 500000000000000000 + 1.00.
    while Int64(exactly: sum) == nil, common > 0, sum % 10 == 0 {
      sum /= 10
      common -= 1
    }
    if let units = Int64(exactly: sum), let money = Money(units: units, scale: common, currency: currency) {
      return money
    }
    throw SCRMError(.limitExceeded, subject: "money", "the sum does not fit")
  }

  // The units at a scale up to 18: below 2^63 × 10^18, so that two of them can be added.
  private func wideUnits(at target: Int) -> Int128 {
    var value = Int128(units)
    for _ in scale..<max(target, scale) { value *= 10 }
    return value
  }

  // Without trailing zeros, so that equal amounts have equal fields.
  private var reduced: (units: Int64, scale: Int) {
    var (value, decimals) = (units, scale)
    while decimals > 0, value % 10 == 0 {
      value /= 10
      decimals -= 1
    }
    return (value, decimals)
  }
}

extension Money: Hashable, CustomStringConvertible {
  /// Whether both are the same amount of the same currency.
  public static func == (left: Money, right: Money) -> Bool {
    left.reduced == right.reduced && left.currency.sameBytes(as: right.currency)
  }

  /// Hashes amount and currency.
  public func hash(into hasher: inout Hasher) {
    let reduced = reduced
    hasher.combine(reduced.units)
    hasher.combine(reduced.scale)
    currency.hashBytes(into: &hasher)
  }

  /// `12.50 CNY`.
  public var description: String { decimal + " " + currency }
}

extension Money: OpaqueValue {
  /// `money`.
  public static let typeName = "money"

  /// The order of two amounts of one currency.
  /// - Throws: `ValueError` with the code `noSuchOverload` across currencies or types.
  public func compare(to other: any OpaqueValue) throws(ValueError) -> ValueOrder {
    guard let other = other as? Money else {
      throw ValueError(.noSuchOverload, "money cannot be compared with \(type(of: other).typeName)")
    }
    guard currency.sameBytes(as: other.currency) else {
      throw ValueError(.noSuchOverload, "\(currency) cannot be compared with \(other.currency)")
    }
    let common = max(scale, other.scale)
    let (left, right) = (wideUnits(at: common), other.wideUnits(at: common))
    return left == right ? .same : (left < right ? .ascending : .descending)
  }

  /// The JSON content: `["12.50","CNY"]`.
  public var tagged: Value { .list([.string(decimal), .string(currency)]) }

  /// The readers that `Value(json:opaque:)` needs to read values with money in them.
  public static let readers: [String: Value.OpaqueReader] = [
    typeName: { (content: Value) throws(JSONError) -> any OpaqueValue in
      guard let parts = content.listValue, parts.count == 2, let decimal = parts[0].stringValue,
        let currency = parts[1].stringValue
      else { throw JSONError(.invalidValue, "expected [amount, currency] as texts") }
      do throws(SCRMError) { return try Money(decimal, currency: currency) } catch {
        throw JSONError(.invalidValue, error.reason)
      }
    }
  ]
}

extension Money: JSONCodable {
  /// Reads `{"amount":"12.50","currency":"CNY"}`; a plain JSON number is read by its digits, not as a double.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    let amount: String
    if case .number(let number)? = object["amount"] {
      amount = number.text
    } else {
      amount = try object.string("amount")
    }
    let currency = try object.string("currency")
    do { self = try Money(amount, currency: currency) } catch { throw JSONError(.invalidValue, error.reason) }
  }

  /// Writes amount and currency as texts.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("amount", decimal)
    writer.field("currency", currency)
    writer.endObject()
  }
}

/// A decimal number text split into units and scale.
struct DecimalText {
  let units: Int64
  let scale: Int

  init?(_ text: String) {
    var bytes = Array(text.utf8)
    guard !bytes.isEmpty, bytes.count <= 64 else { return nil }
    var exponent = 0
    if let mark = bytes.firstIndex(where: { $0 == 0x65 || $0 == 0x45 }) {
      var digits = bytes[(mark + 1)...]
      let negative = digits.first == 0x2D
      if negative || digits.first == 0x2B { digits = digits.dropFirst() }
      guard !digits.isEmpty, digits.count <= 3, digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
      let value = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
      exponent = negative ? -value : value
      bytes.removeSubrange(mark...)
    }
    let negative = bytes.first == 0x2D
    if negative || bytes.first == 0x2B { bytes.removeFirst() }
    var value: Int64 = 0
    var decimals = 0
    var seenPoint = false
    var digits = 0
    for byte in bytes {
      if byte == 0x2E, !seenPoint {
        seenPoint = true
        continue
      }
      guard byte >= 0x30, byte <= 0x39 else { return nil }
      let (tenfold, overflow) = value.multipliedReportingOverflow(by: 10)
      // With its sign from the beginning: the least amount has no positive counterpart.
      let digit = Int64(byte - 0x30)
      let (sum, carry) = tenfold.addingReportingOverflow(negative ? -digit : digit)
      if overflow || carry { return nil }
      value = sum
      digits += 1
      if seenPoint { decimals += 1 }
    }
    guard digits > 0 else { return nil }
    decimals -= exponent
    while decimals < 0 {
      let (tenfold, overflow) = value.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      value = tenfold
      decimals += 1
    }
    while decimals > 18, value % 10 == 0 {
      value /= 10
      decimals -= 1
    }
    guard decimals <= 18 else { return nil }
    units = value
    scale = decimals
  }
}
