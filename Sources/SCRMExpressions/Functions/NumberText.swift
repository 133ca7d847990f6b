/// Numbers as text: the shortest that reads back, and exact decimals rounded half to even.
enum NumberText {
  /// The shortest text that reads back as the number; no `.0`, an exponent only beyond 10^21 and below 10^−6.
  static func shortest(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
    let (isNegative, digits, exponent) = parts(value.description)
    let sign = isNegative ? "-" : ""
    // The value is 0.digits × 10^exponent.
    if exponent > 21 || exponent < -5 {
      let rest = digits.dropFirst()
      let power = exponent - 1
      let mantissa = String(digits.prefix(1)) + (rest.isEmpty ? "" : "." + rest)
      return sign + mantissa + "e" + (power < 0 ? "-" : "+") + padded(String(power.magnitude), to: 2)
    }
    if exponent <= 0 {
      return sign + (digits == "0" ? "0" : "0." + String(repeating: "0", count: -exponent) + digits)
    }
    if digits.utf8.count <= exponent {
      return sign + digits + String(repeating: "0", count: exponent - digits.utf8.count)
    }
    return sign + digits.prefix(exponent) + "." + digits.dropFirst(exponent)
  }

  private static func padded(_ text: String, to width: Int) -> String {
    String(repeating: "0", count: max(0, width - text.utf8.count)) + text
  }

  /// Sign, digits without zeros at the ends, and the power of ten before the first digit.
  private static func parts(_ text: String) -> (isNegative: Bool, digits: String, exponent: Int) {
    var isNegative = false
    var digits: [UInt8] = []
    var exponent = 0
    var point: Int?
    var power = ""
    var isPower = false
    for byte in text.utf8 {
      switch byte {
      case 0x2D where !isPower: isNegative = true
      case 0x65, 0x45: isPower = true
      case 0x2E: point = digits.count
      default:
        if isPower { power.unicodeScalars.append(Unicode.Scalar(byte)) } else { digits.append(byte) }
      }
    }
    exponent = (point ?? digits.count) + (Int(power) ?? 0)
    while digits.count > 1, digits.first == 0x30 {
      digits.removeFirst()
      exponent -= 1
    }
    while digits.count > 1, digits.last == 0x30 { digits.removeLast() }
    if digits == [0x30] { exponent = 0 }
    return (isNegative, String(decoding: digits, as: UTF8.self), exponent)
  }

  /// The number with `decimals` digits behind the point, 0 … 1,000, rounded half to even on the exact value.
  static func fixed(_ value: Double, decimals: Int) -> String {
    if let special = special(value) { return special }
    var exact = ExactDecimal(value.magnitude)
    exact.round(toDecimals: decimals)
    return (value.sign == .minus ? "-" : "") + exact.text(decimals: decimals)
  }

  /// The number as `d.ddde±xx` with `decimals` digits behind the point.
  static func scientific(_ value: Double, decimals: Int) -> String {
    if let special = special(value) { return special }
    var exact = ExactDecimal(value.magnitude)
    exact.round(toSignificant: decimals + 1)
    let (digits, power) = exact.significant(decimals + 1)
    let mantissa = String(digits.prefix(1)) + (decimals > 0 ? "." + digits.dropFirst() : "")
    return (value.sign == .minus ? "-" : "") + mantissa + "e" + (power < 0 ? "-" : "+")
      + padded(String(power.magnitude), to: 2)
  }

  private static func special(_ value: Double) -> String? {
    value.isNaN ? "NaN" : (value.isInfinite ? (value < 0 ? "-Infinity" : "Infinity") : nil)
  }
}

/// The exact decimal digits of a double: `digits` × 10^−scale.
private struct ExactDecimal {
  /// The most significant digit first, without leading zeros unless zero itself.
  private var digits: [UInt8]
  /// How many of the digits stand behind the point; may exceed their number.
  private var scale: Int

  init(_ value: Double) {
    let fraction = value.significandBitPattern | (value.isNormal ? 1 << 52 : 0)
    let power = (value.isNormal ? Int(value.exponentBitPattern) : 1) - 1_075
    // value = fraction × 2^power; for a negative power × 5^−power / 10^−power.
    var number: [UInt32] = []
    var rest = fraction
    while rest > 0 {
      number.append(UInt32(truncatingIfNeeded: rest % 1_000_000_000))
      rest /= 1_000_000_000
    }
    for _ in 0..<abs(power) { Self.multiply(&number, by: power < 0 ? 5 : 2) }
    var text: [UInt8] = []
    for (index, limb) in number.reversed().enumerated() {
      let part = String(limb)
      if index > 0 { text.append(contentsOf: repeatElement(0x30, count: 9 - part.utf8.count)) }
      text.append(contentsOf: part.utf8)
    }
    digits = text.isEmpty ? [0] : text.map { $0 - 0x30 }
    scale = power < 0 ? -power : 0
  }

  private static func multiply(_ number: inout [UInt32], by factor: UInt64) {
    var carry: UInt64 = 0
    for index in number.indices {
      let product = UInt64(number[index]) * factor + carry
      number[index] = UInt32(truncatingIfNeeded: product % 1_000_000_000)
      carry = product / 1_000_000_000
    }
    if carry > 0 { number.append(UInt32(truncatingIfNeeded: carry)) }
  }

  /// Drops the last `count` digits and rounds half to even.
  private mutating func drop(_ count: Int) {
    guard count > 0 else { return }
    scale -= count
    guard count <= digits.count else {
      digits = [0]
      return
    }
    let dropped = digits[(digits.count - count)...]
    var kept = Array(digits.dropLast(count))
    let first = dropped.first ?? 0
    let isAbove = first > 5 || first == 5 && dropped.dropFirst().contains { $0 != 0 }
    let isHalf = first == 5 && !isAbove
    if isAbove || isHalf && (kept.last ?? 0) % 2 == 1 {
      var index = kept.count - 1
      while index >= 0, kept[index] == 9 {
        kept[index] = 0
        index -= 1
      }
      if index >= 0 { kept[index] += 1 } else { kept.insert(1, at: 0) }
    }
    digits = kept.isEmpty ? [0] : kept
  }

  mutating func round(toDecimals decimals: Int) { drop(scale - decimals) }

  mutating func round(toSignificant count: Int) {
    drop(digits.count - count)
    // 9.99 rounded up has one digit more.
    if digits.count > count { drop(1) }
  }

  func text(decimals: Int) -> String {
    var all = digits + Array(repeating: 0, count: max(0, decimals - scale))
    if all.count <= decimals { all.insert(contentsOf: Array(repeating: 0, count: decimals + 1 - all.count), at: 0) }
    let text = String(decoding: all.map { $0 + 0x30 }, as: UTF8.self)
    return decimals == 0 ? text : String(text.dropLast(decimals)) + "." + text.suffix(decimals)
  }

  func significant(_ count: Int) -> (digits: String, power: Int) {
    let padded = digits + Array(repeating: 0, count: max(0, count - digits.count))
    let isZero = digits == [0]
    return (String(decoding: padded.map { $0 + 0x30 }, as: UTF8.self), isZero ? 0 : digits.count - 1 - scale)
  }
}
