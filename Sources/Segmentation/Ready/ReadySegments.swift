import SCRMModel

/// Segments that most brands begin with, as definitions of the same tree as any other: print them, change a number, or
/// take them as a pattern.
///
/// ```swift
/// let catalogue = try SegmentCatalogue(ReadySegments.standard)
/// print(ReadySegments.standard[0].condition)
/// ```
public enum ReadySegments {
  /// All families with their default parameters: every fact and field they name is in the standard schemas.
  public static let standard: [Segment] =
    ParticipationSegments().segments + RelationRoleSegments().segments + LifecycleSegments().segments
    + HeatSegments().segments + ActivitySegments().segments + PlatformReachSegments().segments
}

/// Conditions from which ready segments are made.
enum ReadyCondition {
  /// Σ weight × count, as an expression that compares it with a limit: `count(…) + 3 * count(…) >= 15`.
  static func weighted(
    _ parts: [(weight: Int, kinds: [InteractionKind])], in window: TimeWindow, atLeast limit: Int
  ) -> SegmentCondition {
    let terms = parts.filter { $0.weight != 0 && !$0.kinds.isEmpty }.map { part -> ExpressionTree in
      let count = BehaviourWriter.tree(Measure.count(EventSelection(part.kinds), in: window))
      return part.weight == 1 ? count : .operation(.multiply, .literal(.int(Int64(part.weight))), count)
    }
    guard let first = terms.first else { return .constant(limit <= 0) }
    let sum = terms.dropFirst().reduce(first) { .operation(.add, $0, $1) }
    return .expression(.operation(.greaterOrEqual, sum, .literal(.int(Int64(limit)))))
  }

  /// Kinds by weight, the heaviest first, kinds in byte order.
  static func byWeight(_ weights: [InteractionKind: Int]) -> [(weight: Int, kinds: [InteractionKind])] {
    let groups = Dictionary(grouping: weights.keys.filter { weights[$0] != 0 }) { weights[$0] ?? 0 }
    return groups.keys.sorted(by: >).map { weight in
      (weight, (groups[weight] ?? []).sorted { $0.rawValue.byteOrder($1.rawValue) == .ascending })
    }
  }
}
