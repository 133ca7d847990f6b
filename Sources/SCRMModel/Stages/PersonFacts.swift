public import SCRMExpressions

/// Everything a condition may ask about a person at a moment: the facts that segments, influence and the model hand in.
///
/// The value is one reference wide, as conditions of many segments and rules are asked with it.
public struct PersonFacts: Sendable, Redacted {
  private struct Fields: Sendable {
    var record: PersonRecord
    var activity: ActivityHistory
    var tier: ParticipationTier
    var heat: Double
    var membership: SegmentMembership
    var scores: [String: Double]
    var now: Instant
    var zone: ZoneRules
  }

  private final class Box: Sendable {
    let fields: Fields
    // Found out once, since conditions ask for counts of days again and again.
    let today: Int32
    let span: (first: Int32, last: Int32)?

    init(_ fields: Fields) {
      self.fields = fields
      today = fields.zone.day(of: fields.now)
      span = fields.activity.span(in: fields.zone)
    }
  }

  private var box: Box

  private var fields: Fields {
    get { box.fields }
    set { box = Box(newValue) }
  }

  /// The record: accounts, traits with provenance, consents.
  public var record: PersonRecord {
    get { box.fields.record }
    set { fields.record = newValue }
  }
  /// What the person did, counted.
  public var activity: ActivityHistory {
    get { box.fields.activity }
    set { fields.activity = newValue }
  }
  /// How deeply the person takes part.
  public var tier: ParticipationTier {
    get { box.fields.tier }
    set { fields.tier = newValue }
  }
  /// Recency-weighted activity; see the segment stage for unit and half-life.
  public var heat: Double {
    get { box.fields.heat }
    set { fields.heat = newValue }
  }
  /// The segments the person is in.
  public var membership: SegmentMembership {
    get { box.fields.membership }
    set { fields.membership = newValue }
  }
  /// Scores published to the loop, such as `influence` (0 … 100), by name.
  public var scores: [String: Double] {
    get { box.fields.scores }
    set { fields.scores = newValue }
  }
  /// The loop's time.
  public var now: Instant {
    get { box.fields.now }
    set { fields.now = newValue }
  }
  /// The zone whose days are counted: the workspace's.
  public var zone: ZoneRules {
    get { box.fields.zone }
    set { fields.zone = newValue }
  }

  /// Creates facts.
  public init(
    record: PersonRecord, activity: ActivityHistory = ActivityHistory(), tier: ParticipationTier = .silent,
    heat: Double = 0, membership: SegmentMembership = SegmentMembership([]), scores: [String: Double] = [:],
    now: Instant, zone: ZoneRules = .utc
  ) {
    box = Box(
      Fields(
        record: record, activity: activity, tier: tier, heat: heat, membership: membership, scores: scores, now: now,
        zone: zone))
  }

  /// The stable id.
  public var id: PersonID { box.fields.record.id }

  /// The published influence, 0 … 100; 0 when none was published for the person.
  public var influence: Double { box.fields.scores.isEmpty ? 0 : box.fields.scores["influence"] ?? 0 }

  /// The IANA name of the person's own zone, or of the workspace's where the person's is not known.
  public var timeZone: String { record.timeZone ?? zone.name }

  /// The best known value of a trait.
  public func trait(_ name: String) -> Value? { record.traits[name] }

  /// The names of the segments the person is in, in registration order.
  public var segments: [String] { membership.names }

  /// Whether the person is in a segment.
  public func isIn(_ segment: String) -> Bool { membership.contains(segment) }

  /// How often something of `kind` happened on the last `days` days.
  public func count(_ kind: InteractionKind, days: Int) -> Int {
    box.fields.activity.count(kind, days: days, through: box.today, span: box.span)
  }

  /// How often anything happened on the last `days` days.
  public func count(days: Int) -> Int {
    box.fields.activity.count(days: days, through: box.today)
  }

  /// The money spent in purchases less refunds on the last `days` days.
  /// - Returns: `nil` when the amount exceeds ``Money``.
  public func spent(_ currency: String, days: Int = 400) -> Money? {
    guard let bought = activity.amount(.purchase, in: currency, days: days, until: now, zone: zone),
      let returned = activity.amount(.refund, in: currency, days: days, until: now, zone: zone),
      returned.units > .min,
      let negative = Money(units: -returned.units, scale: returned.scale, currency: currency)
    else { return nil }
    return try? bought.adding(negative)
  }

  /// The person id.
  public var redactedDescription: String { "facts of person \(record.id)" }
}

/// How deeply a person takes part, from the silent majority to the deep few.
public enum ParticipationTier: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
  /// Watches, if at all.
  case silent
  /// Takes part now and then.
  case occasional
  /// Takes part often and contributes.
  case deep

  /// 0 (silent) … 2 (deep).
  public var rank: Int {
    switch self {
    case .silent: 0
    case .occasional: 1
    case .deep: 2
    }
  }

  /// Whether `left` takes part less deeply.
  public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
}
