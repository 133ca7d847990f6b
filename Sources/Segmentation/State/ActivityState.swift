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

  /// Whether the person did nothing yet and is in no segment.
  var isEmpty: Bool { activity.isEmpty && members.isEmpty }

  init() {}

  init(_ record: StateRecord) throws(SCRMError) { try read(record) }

  /// Reads a stored state into an empty one, where it stands, since a state is large.
  mutating func read(_ record: StateRecord) throws(SCRMError) {
    var reader = try record.reader(schema: Self.schema)
    do throws(StateDecodingError) {
      try read(from: &reader)
      try reader.checkEnd()
    } catch { throw record.corrupt(error) }
  }

  private mutating func read(from reader: inout ByteReader) throws(StateDecodingError) {
    try activity.read(from: &reader)
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
    var writer = ByteWriter(reservingCapacity: activity.usualByteCount + members.count * 8 + 12)
    activity.write(to: &writer)
    writer.count(members.count)
    for member in members { writer.fixed(member) }
    writer.byte(UInt8(tier.rank))
    writer.signed(Int64(settledDay))
    writer.byte(UInt8(settledTier.rank))
    return writer.bytes
  }

  /// Forgets what the person did and what was settled of it.
  mutating func forgetActivity() {
    activity = ActivityHistory()
    (settledDay, settledTier) = (Int32.min, .silent)
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
  func tier(on day: Int32, set: SegmentSet) -> ParticipationTier {
    let policy = set.participation
    let window = policy.window
    let days = activity.days
    var current = settledTier
    var sum: Int64 = 0
    var leaving = days.startIndex
    var index = days.startIndex
    // What is in the window on the settled day belongs to the sum, but changes no tier before it.
    while index < days.endIndex, days[index].day <= settledDay {
      sum &+= Int64(days[index].count) &* set.points.value(days[index].kind, in: activity)
      index += 1
    }
    func leave(through last: Int32) {
      while leaving < index, days[leaving].day <= last {
        // Everything that leaves on one day leaves together, before the tier is graded again.
        let day = days[leaving].day
        while leaving < index, days[leaving].day == day {
          sum &-= Int64(days[leaving].count) &* set.points.value(days[leaving].kind, in: activity)
          leaving += 1
        }
        if day &+ window > settledDay { current = policy.next(after: current, points: sum) }
      }
    }
    while index < days.endIndex, days[index].day <= day {
      let today = days[index].day
      leave(through: today &- window)
      while index < days.endIndex, days[index].day == today {
        sum &+= Int64(days[index].count) &* set.points.value(days[index].kind, in: activity)
        index += 1
      }
      current = policy.next(after: current, points: sum)
    }
    leave(through: day &- window)
    return current
  }

  /// Forgets detail beyond the retention, after settling the tier on the last day whose window is still complete.
  mutating func prune(_ set: SegmentSet) {
    let oldest = activity.oldestRetainedDay(in: set.timeZone)
    guard let first = activity.days.first, first.day < oldest else { return }
    let day = oldest &+ set.participation.window &- 1
    let tier = tier(on: day, set: set)
    activity.prune(in: set.timeZone)
    (settledDay, settledTier) = (day, tier)
  }

  /// The tier and the heat on `day`.
  func standing(on day: Int32, set: SegmentSet) -> (tier: ParticipationTier, heat: Double) {
    (tier(on: day, set: set), heat(on: day, set: set))
  }

  /// The recency-weighted sum on `day`.
  func heat(on day: Int32, set: SegmentSet) -> Double {
    let days = activity.days
    var sum = 0.0
    var index = days.startIndex
    while index < days.endIndex {
      let current = days[index].day
      var millionths: Int64 = 0
      while index < days.endIndex, days[index].day == current {
        millionths &+= Int64(days[index].count) &* set.weights.value(days[index].kind, in: activity)
        index += 1
      }
      sum += Double(millionths) * 1e-6 * set.halfLife.weight(age: day &- current)
    }
    return sum
  }
}
