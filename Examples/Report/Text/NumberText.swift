/// Numbers as they are read: digits in groups of three, no more places than tell something.
enum NumberText {
  /// All digits: `12,345`.
  static func grouped(_ value: Int) -> String {
    let digits = Array(String(value.magnitude).utf8)
    var text: [UInt8] = value < 0 ? [0x2D] : []
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text.append(0x2C) }
      text.append(digit)
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Three digits that tell the size: `950`, `9,500`, `12.3k`, `4.56M`.
  static func compact(_ value: Int) -> String {
    let magnitude = Double(value.magnitude)
    if magnitude < 10_000 { return grouped(value) }
    for (limit, unit) in [(1e15, "P"), (1e12, "T"), (1e9, "B"), (1e6, "M")] where magnitude >= limit * 0.9995 {
      return short(Double(value) / limit) + unit
    }
    return short(Double(value) / 1e3) + "k"
  }

  private static func short(_ value: Double) -> String {
    let magnitude = abs(value)
    let text = decimal(value, places: magnitude < 9.995 ? 2 : magnitude < 99.95 ? 1 : 0)
    guard text.utf8.contains(0x2E) else { return text }
    let trimmed = text.utf8.reversed().drop { $0 == 0x30 }.drop { $0 == 0x2E }
    return String(decoding: trimmed.reversed(), as: UTF8.self)
  }

  /// A number with a fixed number of places, rounded half away from zero.
  static func decimal(_ value: Double, places: Int) -> String {
    guard value.isFinite else { return "–" }
    let scale = (0..<places).reduce(1.0) { power, _ in power * 10 }
    let scaled = (abs(value) * scale).rounded()
    guard scaled < 9e18 else { return "–" }
    let whole = Int(scaled)
    let sign = value < 0 && whole > 0 ? "-" : ""
    if places == 0 { return sign + grouped(whole) }
    let fraction = String(whole % Int(scale))
    let zeros = String(repeating: "0", count: places - fraction.utf8.count)
    return sign + grouped(whole / Int(scale)) + "." + zeros + fraction
  }

  /// A share: `4.6%`, `46%`, `99.7%`, `<0.1%`.
  static func percent(_ part: Int, of whole: Int) -> String {
    guard whole > 0 else { return "–" }
    let share = Double(part) / Double(whole) * 100
    if part > 0, share < 0.1 { return "<0.1%" }
    if part < whole, share > 99.9 { return ">99.9%" }
    let needsPlace = (part > 0 && share < 9.95) || (part < whole && share >= 99)
    return decimal(share, places: needsPlace ? 1 : 0) + "%"
  }

  /// A count with its noun: `1 person`, `2,000 people`.
  static func count(_ value: Int, _ one: String, _ many: String) -> String {
    grouped(value) + " " + (value == 1 ? one : many)
  }
}
