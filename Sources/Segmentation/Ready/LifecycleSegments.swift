public import SCRMModel

/// The stages of a relation: find, attract, win, nurture, keep, and lose; everyone is in exactly one.
///
/// | segment | who |
/// |---|---|
/// | `lifecycle.found` | never bought and never reacted: known, or only looks |
/// | `lifecycle.attracted` | never bought, but reacted |
/// | `lifecycle.won` | bought once, and lately |
/// | `lifecycle.nurtured` | bought again, and lately |
/// | `lifecycle.kept` | bought often, and lately |
/// | `lifecycle.lost` | bought, but not lately |
public struct LifecycleSegments: Sendable, Hashable {
  /// The kinds that are a reaction.
  public var reactions: [InteractionKind] = [
    .like, .comment, .share, .follow, .join, .message, .post, .register, .review, .checkIn,
  ]
  /// For how many days of 24 hours a purchase is of late.
  public var activeDays = 180
  /// From how many purchases someone is kept, at least 3.
  public var kept = 5

  /// Creates the family with its default parameters.
  public init() {}

  /// The definitions.
  public var segments: [Segment] {
    let ever = Measure.count("purchase", in: .ever)
    let isActive = Measure.count("purchase", in: .days(activeDays)) >= 1
    let reacted = Measure.count(EventSelection(reactions), in: .ever)
    let kept = max(kept, 3)
    return [
      Segment("lifecycle.found", ever == 0 && reacted == 0),
      Segment("lifecycle.attracted", ever == 0 && reacted >= 1),
      Segment("lifecycle.won", ever == 1 && isActive),
      Segment("lifecycle.nurtured", .band(ever, from: 2, below: kept) && isActive),
      Segment("lifecycle.kept", ever >= kept && isActive),
      Segment("lifecycle.lost", ever >= 1 && !isActive),
    ]
  }
}
