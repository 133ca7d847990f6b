import SCRMModel

/// By which classes of platforms a person can be reached: `reach.own`, `reach.partner`, `reach.promotion`, `reach.social`,
/// `reach.several` and `reach.none`.
///
/// From the fact `channel.classes`, which the accounts of a person give (`FactReader`): a class is reached when the person
/// is known on a channel of it.
public struct PlatformReachSegments: Sendable, Hashable {
  /// From how many classes someone is in `reach.several`, at least 2.
  public var several = 2

  /// Creates the family with its default parameters.
  public init() {}

  /// The definitions.
  public var segments: [Segment] {
    let classes = ExpressionTree.name("channel").select("classes")
    let count = ExpressionTree.call("size", classes)
    return PlatformClass.allCases.map { platform in
      Segment(
        SegmentName("reach.\(platform.rawValue)"),
        .facts(.operation(.in, .literal(.string(platform.rawValue)), classes)))
    } + [
      Segment("reach.several", .facts(.operation(.greaterOrEqual, count, .literal(.int(Int64(max(several, 2))))))),
      Segment(
        "reach.none",
        // Whose channels are not known at all is reached by none.
        !.facts(.call("has", classes)) || .facts(.operation(.equal, count, .literal(.int(0))))),
    ]
  }
}
