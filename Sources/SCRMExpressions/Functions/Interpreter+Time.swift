extension Interpreter {
  /// Parts of timestamps in a zone, and of durations as a whole.
  mutating func callTime(_ function: BuiltInFunction, _ arguments: [Value]) throws(ValueError) -> Value {
    switch arguments.first {
    case .duration(let duration)? where arguments.count == 1:
      let nanoseconds = duration.wholeNanoseconds
      switch function {
      case .hours: return .int(Int64(clamping: nanoseconds / 3_600_000_000_000))
      case .minutes: return .int(Int64(clamping: nanoseconds / 60_000_000_000))
      case .seconds: return .int(Int64(clamping: nanoseconds / 1_000_000_000))
      case .milliseconds: return .int(Int64(clamping: nanoseconds / 1_000_000 % 1_000))
      default: throw undefined(function, arguments)
      }
    case .timestamp(let instant)?:
      var offset = 0
      if arguments.count == 2 {
        guard case .string(let name) = arguments[1] else { throw undefined(function, arguments) }
        offset = try self.offset(name, at: instant)
      }
      return .int(Self.part(function, of: instant, offset: offset))
    default: throw undefined(function, arguments)
    }
  }

  private static func part(_ function: BuiltInFunction, of instant: Instant, offset: Int) -> Int64 {
    let local = instant.secondsSinceEpoch + Int64(offset)
    let day = local.flooredQuotient(by: 86_400)
    let second = local - day * 86_400
    switch function {
    case .hours: return second / 3_600
    case .minutes: return second / 60 % 60
    case .seconds: return second % 60
    case .milliseconds: return Int64(instant.nanoseconds) / 1_000_000
    // 1970-01-01 was a Thursday; Sunday is 0.
    case .dayOfWeek: return (day + 4) - (day + 4).flooredQuotient(by: 7) * 7
    default: break
    }
    let date = CivilDate(daysSinceEpoch: Int(day))
    switch function {
    case .fullYear: return Int64(date.year)
    case .month: return Int64(date.month - 1)
    case .dayOfMonth: return Int64(date.day - 1)
    case .date: return Int64(date.day)
    default:
      let start = CivilDate(year: date.year, month: 1, day: 1)?.daysSinceEpoch ?? Int(day)
      return Int64(date.daysSinceEpoch - start)
    }
  }

  /// Seconds east of UTC in a zone named by IANA, or written as `+08:00`, `-02:30`, `02:00`.
  private func offset(_ name: String, at instant: Instant) throws(ValueError) -> Int {
    if name == "UTC" || name == "Z" || name.isEmpty { return 0 }
    var digits = Array(name.utf8)
    let isNegative = digits.first == 0x2D
    if isNegative || digits.first == 0x2B { digits.removeFirst() }
    if digits.count == 5, digits[2] == 0x3A, let hours = DecimalDigits.value(digits[0..<2]),
      let minutes = DecimalDigits.value(digits[3..<5]), hours < 24, minutes < 60
    {
      let seconds = Int(hours * 3_600 + minutes * 60)
      return isNegative ? -seconds : seconds
    }
    if let rules = zone(name) { return Int(rules.offset(at: instant)) }
    throw ValueError(
      .invalidArgument, "there is no time zone of this name; expected one such as Asia/Shanghai or +08:00")
  }
}
