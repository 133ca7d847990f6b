public import SCRMModel

/// What became of memberships when everybody was decided anew under changed definitions.
public struct SegmentBackfill: Sendable, Hashable {
  /// How many people were decided.
  public var people = 0
  /// Who is in a segment now and was not, with since when by the new definitions.
  public var entered: [Membership] = []
  /// Who was in a segment and is not, or whose segment there is no longer.
  public var left: [Membership] = []
  /// Who stayed as they were, since the log does not hold all they did: it was compacted.
  public var incomplete: [PersonID] = []

  /// Creates a report about nobody.
  public init() {}

  /// How many entered and left a segment; O(changes).
  public func counts(of segment: String) -> (entered: Int, left: Int) {
    (entered.count { $0.segment == segment }, left.count { $0.segment == segment })
  }
}
