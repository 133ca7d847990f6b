/// The rules of a time zone: how far its clocks stand from UTC, and when that changes.
///
/// A pure value. The rules of a named zone come from the host as the bytes of a file of the IANA time zone database,
/// which on most systems lies in `/usr/share/zoneinfo`:
///
/// ```swift
/// let bytes = try [UInt8](Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/Asia/Shanghai")))
/// let shanghai = try ZoneRules("Asia/Shanghai", tzif: bytes)
/// ```
public struct ZoneRules: Sendable, Hashable {
  /// The name, such as `Europe/Berlin`.
  public let name: String
  /// When the offset changes, seconds since 1970 in UTC, ascending.
  let transitions: [Int64]
  /// The offset from each transition on, seconds east of UTC.
  let offsets: [Int32]
  /// The offset before the first transition.
  let initialOffset: Int32
  /// What holds after the last transition; `nil` when the last offset stays.
  let rule: PosixZone?

  /// Coordinated universal time.
  public static let utc = ZoneRules("UTC", offset: 0)

  /// A zone whose clocks never change; `offset` in seconds east of UTC is limited to −86,399 … 86,399.
  public init(_ name: String, offset: Int32) {
    self.init(
      name, transitions: [], offsets: [], initialOffset: min(max(offset, -86_399), 86_399), rule: nil)
  }

  init(_ name: String, transitions: [Int64], offsets: [Int32], initialOffset: Int32, rule: PosixZone?) {
    self.name = name
    self.transitions = transitions
    self.offsets = offsets
    self.initialOffset = initialOffset
    self.rule = rule
  }

  /// Seconds east of UTC at an instant.
  ///
  /// O(log transitions).
  public func offset(at instant: Instant) -> Int32 { offset(atSecond: instant.secondsSinceEpoch) }

  func offset(atSecond second: Int64) -> Int32 {
    if transitions.isEmpty { return rule?.offset(atSecond: second) ?? initialOffset }
    var (low, high) = (0, transitions.count)
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle] <= second { low = middle + 1 } else { high = middle }
    }
    if low == transitions.count, let rule { return rule.offset(atSecond: second) }
    return low == 0 ? initialOffset : offsets[low - 1]
  }

  /// The local day of an instant, in days since 1970-01-01.
  public func day(of instant: Instant) -> Int32 {
    let local = instant.secondsSinceEpoch + Int64(offset(at: instant))
    return Int32(local.flooredQuotient(by: 86_400))
  }

  /// The first instant whose local day is `day` or later, limited to the range of ``Instant``.
  ///
  /// Where clocks are put forward over midnight that is the moment they are.
  public func start(ofDay day: Int32) -> Instant {
    let midnight = Int64(day) * 86_400
    if transitions.isEmpty, rule == nil {
      let start = midnight - Int64(initialOffset)
      return Instant(
        uncheckedSeconds: min(max(start, Instant.minimumSeconds), Instant.maximumSeconds), nanoseconds: 0,
        utcOffset: nil)
    }
    // Offsets are less than a day, so the day starts within a day of midnight in UTC.
    var low = midnight - 86_400
    var high = midnight + 86_400
    while low < high {
      let middle = low + (high - low) / 2
      let local = (middle + Int64(offset(atSecond: middle))).flooredQuotient(by: 86_400)
      if local >= Int64(day) { high = middle } else { low = middle + 1 }
    }
    let limited = min(max(low, Instant.minimumSeconds), Instant.maximumSeconds)
    return Instant(uncheckedSeconds: limited, nanoseconds: 0, utcOffset: nil)
  }
}

extension ZoneRules {
  /// The rules in few characters, the same for the same rules: name and 64-bit FNV-1a of everything that decides.
  package var fingerprint: String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func absorb(_ value: UInt64) {
      for shift in stride(from: UInt64(0), to: 64, by: 8) {
        hash = (hash ^ (value >> shift & 0xFF)) &* 0x0000_0100_0000_01b3
      }
    }
    absorb(UInt64(bitPattern: Int64(initialOffset)))
    for transition in transitions { absorb(UInt64(bitPattern: transition)) }
    for offset in offsets { absorb(UInt64(bitPattern: Int64(offset))) }
    for byte in "\(rule.map { "\($0)" } ?? "-")".utf8 { absorb(UInt64(byte)) }
    return "\(name)/\(String(hash, radix: 16))"
  }
}

extension ZoneRules: CustomStringConvertible {
  /// The name.
  public var description: String { name }
}

/// Why the rules of a zone cannot be read.
public struct ZoneError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The name that was given to the zone.
  public let zone: String
  /// What was found, and what was expected.
  public let reason: String

  /// Zone and reason.
  public var description: String { "time zone \(zone): \(reason)" }
}
