import EventTime
import SCRMModel
import StateCoding

/// A person's state of the segment stage: what they did, the segments they are in, and where the tier's history is
/// settled because its detail is no longer kept.
struct ActivityState: Sendable, Hashable {
  static let schema = 1

  var activity = ActivityHistory()
  /// Hashes of the names of the segments the person is in, ascending.
  var members: [UInt64] = []
  /// The tier as it was last evaluated.
  var tier = ParticipationTier.silent
  /// The day up to which the tier is settled, and the tier on it.
  var settledDay = Int32.min
  var settledTier = ParticipationTier.silent

  init() {}

  init(_ record: StateRecord) throws(SCRMError) {
    self = try record.decoded(schema: Self.schema) { reader throws(StateDecodingError) in
      try ActivityState(from: &reader)
    }
  }

  private init(from reader: inout ByteReader) throws(StateDecodingError) {
    activity = try ActivityHistory(from: &reader)
    let count = try reader.count()
    members.reserveCapacity(count)
    for _ in 0..<count { members.append(try reader.fixed()) }
    tier = try Self.tier(from: &reader)
    settledDay = try reader.signed32()
    settledTier = try Self.tier(from: &reader)
  }

  private static func tier(from reader: inout ByteReader) throws(StateDecodingError) -> ParticipationTier {
    let rank = Int(try reader.byte())
    guard let tier = ParticipationTier.allCases.first(where: { $0.rank == rank }) else { throw .malformed }
    return tier
  }

  var bytes: [UInt8] {
    var writer = ByteWriter(reservingCapacity: 64 + activity.days.count * 4)
    activity.write(to: &writer)
    writer.count(members.count)
    for member in members { writer.fixed(member) }
    writer.byte(UInt8(tier.rank))
    writer.signed(Int64(settledDay))
    writer.byte(UInt8(settledTier.rank))
    return writer.bytes
  }

  /// Adds the state of another person who turned out to be this one.
  mutating func merge(_ other: ActivityState) {
    activity.merge(other.activity)
    // The later settlement is the one whose detail is gone; between two the deeper tier is kept.
    if other.settledDay > settledDay {
      (settledDay, settledTier) = (other.settledDay, max(other.settledTier, settledTier))
    } else if settledDay > Int32.min, other.settledDay > Int32.min {
      settledTier = max(settledTier, other.settledTier)
    }
  }
}

extension ActivityState {
  /// The tier on `day`: the days with activity are walked in order, so the result does not depend on arrival.
  func tier(on day: Int32, policy: ParticipationPolicy) -> ParticipationTier {
    let window = Int32(policy.windowDays)
    let days = activity.days
    var current = settledTier
    var sum = 0
    var leaving = days.startIndex
    var index = days.startIndex
    let points = activity.kinds.map { policy.points(of: $0) }
    // What is in the window on the settled day belongs to the sum, but changes no tier before it.
    while index < days.endIndex, days[index].day <= settledDay {
      sum += Int(days[index].count) * points[Int(days[index].kind)]
      index += 1
    }
    func leave(through last: Int32) {
      while leaving < index, days[leaving].day <= last {
        // Everything that leaves on one day leaves together, before the tier is graded again.
        let day = days[leaving].day
        while leaving < index, days[leaving].day == day {
          sum -= Int(days[leaving].count) * points[Int(days[leaving].kind)]
          leaving += 1
        }
        if day &+ window > settledDay { current = policy.next(after: current, points: sum) }
      }
    }
    while index < days.endIndex, days[index].day <= day {
      let today = days[index].day
      leave(through: today &- window)
      while index < days.endIndex, days[index].day == today {
        sum += Int(days[index].count) * points[Int(days[index].kind)]
        index += 1
      }
      current = policy.next(after: current, points: sum)
    }
    leave(through: day &- window)
    return current
  }

  /// Forgets detail beyond the retention, after settling the tier on the last day whose window is still complete.
  mutating func prune(policy: ParticipationPolicy) {
    let oldest = activity.oldestRetainedDay
    guard let first = activity.days.first, first.day < oldest else { return }
    let day = oldest &+ Int32(policy.windowDays) &- 1
    let tier = tier(on: day, policy: policy)
    activity.prune()
    (settledDay, settledTier) = (day, tier)
  }

  /// The recency-weighted sum on `day`.
  func heat(on day: Int32, set: SegmentSet) -> Double {
    let weights = activity.kinds.map { set.heat.weight(of: $0) }
    var sum = 0.0
    for entry in orderedDays {
      sum += weights[Int(entry.kind)] * Double(entry.count) * set.halfLife.weight(age: day &- entry.day)
    }
    return sum
  }

  // Sums of floating-point numbers depend on their order, so equal days are taken in the order of kind names.
  private var orderedDays: [ActivityHistory.DayCount] {
    let kinds = activity.kinds
    if zip(kinds, kinds.dropFirst()).allSatisfy({ $0 < $1 }) { return activity.days }
    return activity.days.sorted { $0.day != $1.day ? $0.day < $1.day : kinds[Int($0.kind)] < kinds[Int($1.kind)] }
  }
}
