import SCRMModel

/// How deeply people take part: `participation.silent`, `participation.occasional` and `participation.deep`, of which
/// everyone is in exactly one.
///
/// Points per interaction are summed over a rolling window. Entering a tier takes more than staying in it (hysteresis), so
/// that people do not flap between two. `participation.active` holds whoever is not silent. After the participation ladder
/// of Forrester's Social Technographics (Li & Bernoff, 2008) and the 90-9-1 rule (Nielsen, 2006).
///
/// Unlike the tiers of ``ParticipationPolicy``, which count days of a zone, the window is exact to the millisecond, and
/// kinds that the policy does not name count nothing.
public struct ParticipationSegments: Sendable, Hashable {
  /// Points, window and thresholds.
  public var policy: ParticipationPolicy

  /// Creates the family.
  public init(_ policy: ParticipationPolicy = ParticipationPolicy()) { self.policy = policy }

  /// The definitions.
  public var segments: [Segment] {
    let (deep, active): (SegmentName, SegmentName) = ("participation.deep", "participation.active")
    return [
      Segment("participation.silent", !.segment(active)),
      Segment("participation.occasional", .segment(active) && !.segment(deep)),
      Segment(deep, points(policy.deep.enter) || (.segment(deep) && points(policy.deep.leave))),
      Segment(
        active,
        .any([
          points(policy.occasional.enter), .segment(deep), .segment(active) && points(policy.occasional.leave),
        ])),
    ]
  }

  private func points(_ least: Int) -> SegmentCondition {
    ReadyCondition.weighted(
      ReadyCondition.byWeight(policy.points.mapValues { max($0, 0) }), in: .days(Int(policy.window)), atLeast: least)
  }
}
