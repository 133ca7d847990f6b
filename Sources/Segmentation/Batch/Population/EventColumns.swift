public import SCRMModel

/// Events of many people in the order in which they come: what ``EventTable`` groups.
///
/// Events may be added one by one while a file is read, or columns handed over that are in memory already. An event takes
/// 20 bytes, with further fields more.
public struct EventColumns: Sendable {
  /// The numbers of the people.
  public private(set) var people: [UInt32] = []
  /// Time and kind of each event.
  private(set) var keys: [EventKeyCode] = []
  /// Field 0 of each event; NaN when there is none.
  public private(set) var amounts: [Double] = []
  /// The fields from number 1 on; empty when no event has any.
  private(set) var further: [[Value?]] = []
  /// The kinds that occur, in the order of their codes.
  public private(set) var kinds: [InteractionKind] = []
  private var codes: [InteractionKind: UInt16] = [:]

  /// Creates columns without events.
  public init() {}

  /// Takes columns over; O(n).
  /// - Parameters:
  ///   - people: the numbers of the people.
  ///   - times: milliseconds since 1970.
  ///   - kindCodes: places in `kinds`.
  ///   - kinds: the kinds, each once, at most 32,768.
  ///   - amounts: field 0; NaN where there is none.
  /// - Throws: `SCRMError`: `invalidValue` when lengths or codes do not fit, `timeOutOfRange` for a time outside the years
  ///   1 … 9999, `limitExceeded` for too many kinds.
  public init(
    people: [UInt32], times: [Int64], kindCodes: [UInt8], kinds: [InteractionKind], amounts: [Double]
  ) throws(SCRMError) {
    guard people.count == times.count, people.count == kindCodes.count, people.count == amounts.count else {
      throw SCRMError(.invalidValue, subject: "events", "expected columns of the same length")
    }
    guard Set(kinds).count == kinds.count, kindCodes.allSatisfy({ $0 < kinds.count }) else {
      throw SCRMError(.invalidValue, subject: "events.kinds", "expected codes below \(kinds.count) and each kind once")
    }
    guard times.allSatisfy(EventKeyCode.times.contains) else {
      throw SCRMError(.timeOutOfRange, subject: "events.times", "expected times in the years 1 to 9999")
    }
    self.people = people
    self.amounts = amounts
    self.kinds = kinds
    for (code, kind) in kinds.enumerated() { codes[kind] = UInt16(code) }
    keys = people.indices.map { EventKeyCode(time: times[$0], kind: UInt16(kindCodes[$0])) }
  }

  /// The number of events.
  public var count: Int { people.count }

  /// Adds an event; O(fields).
  /// - Throws: `SCRMError`: `timeOutOfRange` for a time outside the years 1 … 9999, `limitExceeded` when there are more
  ///   than 32,768 kinds. The columns stay as they were.
  public mutating func append(_ event: SegmentEvent, of person: UInt32) throws(SCRMError) {
    guard EventKeyCode.times.contains(event.time) else {
      throw SCRMError(.timeOutOfRange, subject: "event.time", "expected a time in the years 1 to 9999")
    }
    let code: UInt16
    if let known = codes[event.kind] {
      code = known
    } else {
      guard kinds.count < EventKeyCode.kindLimit else {
        throw SCRMError(.limitExceeded, subject: "event.kind", "expected at most \(EventKeyCode.kindLimit) kinds")
      }
      code = UInt16(kinds.count)
      codes[event.kind] = code
      kinds.append(event.kind)
    }
    people.append(person)
    keys.append(EventKeyCode(time: event.time, kind: code))
    amounts.append(event.amount)
    if !further.isEmpty || event.further.contains(where: { $0 != nil }) {
      if further.isEmpty { further = Array(repeating: [], count: people.count - 1) }
      further.append(event.further)
    }
  }
}

/// Time and kind of an event in one number that orders by time first.
struct EventKeyCode: Sendable, Hashable, Comparable {
  static let kindBits: UInt64 = 15
  static let kindLimit = 1 << 15
  /// From the beginning of year 1 to the end of year 9999, 49 bits.
  static let times = Instant.distantPast.millisecondsSinceEpoch...Instant.distantFuture.millisecondsSinceEpoch

  let bits: UInt64

  init(time: Int64, kind: UInt16) {
    bits = UInt64(bitPattern: time &- Self.times.lowerBound) &<< Self.kindBits | UInt64(kind)
  }

  /// The least key of a time, limited to the times there are.
  init(from time: Int64) { self.init(time: min(max(time, Self.times.lowerBound), Self.times.upperBound + 1), kind: 0) }

  var time: Int64 { Int64(bitPattern: bits &>> Self.kindBits) &+ Self.times.lowerBound }
  var kind: Int { Int(truncatingIfNeeded: bits & UInt64(Self.kindLimit - 1)) }

  static func < (left: EventKeyCode, right: EventKeyCode) -> Bool { left.bits < right.bits }
}
