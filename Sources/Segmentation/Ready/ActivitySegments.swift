public import SCRMModel

/// How far back the last activity lies: `activity.new`, `activity.active`, `activity.at_risk` and `activity.lapsed`; whoever
/// did something is in exactly one.
///
/// | segment | who |
/// |---|---|
/// | `activity.new` | everything they ever did is of the last days |
/// | `activity.active` | did something lately, and also before |
/// | `activity.at_risk` | did nothing for a while |
/// | `activity.lapsed` | did nothing for long |
public struct ActivitySegments: Sendable, Hashable {
  /// The kinds that are activity; empty for all.
  public var kinds: [InteractionKind] = []
  /// For how many days of 24 hours someone is new, at most ``activeDays``.
  public var newDays = 14
  /// After how many days without activity someone is at risk.
  public var activeDays = 30
  /// After how many days without activity someone has lapsed, more than ``activeDays``.
  public var riskDays = 90

  /// Creates the family with its default parameters.
  public init() {}

  /// The definitions.
  public var segments: [Segment] {
    let events = EventSelection(kinds)
    let active = max(activeDays, 1)
    let risk = max(riskDays, active + 1)
    let ever = Measure.count(events, in: .ever)
    let lately = Measure.count(events, in: .days(active))
    let within = Measure.count(events, in: .days(risk))
    let recent = Measure.count(events, in: .days(min(max(newDays, 1), active)))
    let everything = SegmentCondition.expression(
      .operation(.equal, BehaviourWriter.tree(recent), BehaviourWriter.tree(ever)))
    return [
      Segment("activity.new", ever >= 1 && everything),
      Segment("activity.active", lately >= 1 && !everything),
      Segment("activity.at_risk", within >= 1 && lately == 0),
      Segment("activity.lapsed", ever >= 1 && within == 0),
    ]
  }
}
