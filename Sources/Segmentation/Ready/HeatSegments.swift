public import SCRMModel

/// How recent and how much: `heat.hot`, `heat.warm` and `heat.cold`; whoever did something is in exactly one.
///
/// An interaction weighs the points of its kind in the first half-life after it, half of them in the second, a quarter in
/// the third, and so on through ``steps``, then nothing. Heat in steps falls at exact moments, so both engines know to the
/// millisecond when someone cools down; it lies between the smooth 2^(−age ÷ half-life) of ``HeatPolicy`` and twice that.
public struct HeatSegments: Sendable, Hashable {
  /// The half-life in days of 24 hours, at least 1.
  public var halfLifeDays = 14
  /// How many half-lives count, 1 … 10.
  public var steps = 6
  /// Points of each kind; kinds not named have none.
  public var points: [InteractionKind: Int] = [
    .like: 1, .follow: 1, .join: 1, .message: 2, .share: 3, .comment: 3, .post: 3, .register: 3, .review: 4,
    .purchase: 5, .checkIn: 5,
  ]
  /// The heat from which someone is hot.
  public var hot = 20
  /// The heat from which someone is warm.
  public var warm = 5

  /// Creates the family with its default parameters.
  public init() {}

  /// The definitions.
  public var segments: [Segment] {
    [
      Segment("heat.hot", heat(atLeast: hot)),
      Segment("heat.warm", heat(atLeast: warm) && !heat(atLeast: hot)),
      Segment("heat.cold", Measure.count(EventSelection([]), in: .ever) >= 1 && !heat(atLeast: warm)),
    ]
  }

  /// The heat reaches a limit.
  ///
  /// Whole numbers: everything is taken times 2^(steps − 1). An interaction in the last half-life of `k` is counted by the
  /// windows of `k` and more half-lives, whose weights add up to its own.
  func heat(atLeast limit: Int) -> SegmentCondition {
    let steps = min(max(steps, 1), 10)
    var sum: ExpressionTree?
    for (weight, kinds) in ReadyCondition.byWeight(points) {
      for step in 1...steps {
        let ring = step == steps ? 1 : 1 << (steps - 1 - step)
        let window = TimeWindow.days(step * max(halfLifeDays, 1))
        let count = BehaviourWriter.tree(Measure.count(EventSelection(kinds), in: window))
        let term = ExpressionTree.operation(.multiply, .literal(.int(Int64(weight * ring))), count)
        sum = sum.map { .operation(.add, $0, term) } ?? term
      }
    }
    guard let sum else { return .constant(limit <= 0) }
    let scaled = Int64(limit) << Int64(steps - 1)
    return .expression(.operation(.greaterOrEqual, sum, .literal(.int(scaled))))
  }
}
