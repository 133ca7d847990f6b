public import SCRMModel

/// How participation is graded: points per interaction, summed over a window of days, with a gap between entering and
/// leaving a tier so that people do not flap between two (hysteresis).
///
/// After the participation ladder of Forrester's Social Technographics (Li & Bernoff, 2008) and the 90-9-1 rule
/// (Nielsen, 2006).
public struct ParticipationPolicy: Sendable, Hashable {
  /// Points of each kind; a kind not named has ``otherPoints``.
  public var points: [InteractionKind: Int]
  /// Points of kinds not named, at least 0.
  public var otherPoints: Int
  /// The window in days, 1 … 366.
  public var windowDays: Int
  /// Points within the window at which someone becomes occasional, and below which they become silent again.
  public var occasional: Threshold
  /// Points within the window at which someone becomes deep, and below which they become occasional again.
  public var deep: Threshold

  /// The two ends of a hysteresis.
  public struct Threshold: Sendable, Hashable {
    /// Points from which the tier is entered.
    public var enter: Int
    /// Points below which the tier is left; at most `enter`.
    public var leave: Int

    /// Creates a threshold; `leave` is limited to `enter`.
    public init(enter: Int, leave: Int) {
      self.enter = max(enter, 1)
      self.leave = min(max(leave, 1), max(enter, 1))
    }
  }

  /// Creates a policy; the default counts watching as nothing, reacting as 1 and contributing as 3 points in 28 days.
  public init(
    points: [InteractionKind: Int] = ParticipationPolicy.standardPoints, otherPoints: Int = 1, windowDays: Int = 28,
    occasional: Threshold = Threshold(enter: 2, leave: 1), deep: Threshold = Threshold(enter: 15, leave: 9)
  ) {
    self.points = points
    self.otherPoints = max(otherPoints, 0)
    self.windowDays = min(max(windowDays, 1), 366)
    self.occasional = occasional
    self.deep = deep
  }

  /// The points of the default policy.
  public static let standardPoints: [InteractionKind: Int] = [
    .view: 0, .screen: 0, .identify: 0, .alias: 0, .group: 0, .consent: 0, .retract: 0, .search: 0, .track: 0,
    .click: 1, .like: 1, .dislike: 1, .follow: 1, .join: 1, .leave: 0, .message: 2, .share: 3, .comment: 3, .post: 3,
    .review: 4, .purchase: 4, .register: 3, .checkIn: 4, .refund: 0,
  ]

  var fingerprint: String {
    let table = points.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
    return "\(table);\(otherPoints);\(windowDays);\(occasional.enter)/\(occasional.leave);\(deep.enter)/\(deep.leave)"
  }

  /// The window, within its limits whatever was assigned.
  var window: Int32 { Int32(min(max(windowDays, 1), 366)) }

  /// The tier after `current` when the window holds `sum` points.
  func next(after current: ParticipationTier, points sum: Int64) -> ParticipationTier {
    if sum >= Int64(deep.enter) || (current == .deep && sum >= Int64(deep.leave)) { return .deep }
    if sum >= Int64(occasional.enter) || (current > .silent && sum >= Int64(occasional.leave)) { return .occasional }
    return .silent
  }
}
