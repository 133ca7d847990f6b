public import SCRMModel

/// What other definitions would change: who enters and who leaves each segment, before anything is put to use.
public struct RedefinitionReport: Sendable, Hashable {
  /// The difference in one segment.
  public struct Difference: Sendable, Hashable {
    /// The segment.
    public let segment: SegmentName
    /// The versions before and after; `nil` where there is no such segment.
    public let versions: [Int?]
    /// Who enters.
    public let entered: MembershipSet
    /// Who leaves.
    public let left: MembershipSet
    /// How many stay.
    public let kept: Int

    /// The part of the members of either that both have, 0 … 1; 1 when both are empty.
    public var jaccardIndex: Double {
      let all = kept + entered.count + left.count
      return all == 0 ? 1 : Double(kept) / Double(all)
    }
  }

  /// The segments of both, those of the new definitions first, in their order.
  public let differences: [Difference]

  /// The segments in which anybody enters or leaves.
  public var changed: [Difference] { differences.filter { !$0.entered.isEmpty || !$0.left.isEmpty } }
}

extension BatchSegments {
  /// What these definitions change against others, for everybody at a moment.
  ///
  /// O(both evaluations).
  /// - Throws: as ``memberships(in:at:snapshots:threads:)``.
  public func differences(
    from old: BatchSegments, in population: Population, at now: Instant,
    snapshots: [SegmentName: MembershipSet] = [:], threads: Int = 1
  ) throws(SCRMError) -> RedefinitionReport {
    let before = try old.memberships(in: population, at: now, snapshots: snapshots, threads: threads)
    let after = try memberships(in: population, at: now, snapshots: snapshots, threads: threads)
    let gone = old.catalogue.segments.map(\.name).filter { catalogue.index(of: $0) == nil }
    return RedefinitionReport(
      differences: (catalogue.segments.map(\.name) + gone).map { name in
        let (was, isNow) = (old.catalogue.index(of: name), catalogue.index(of: name))
        let (left, right) = (was.map { before[$0] } ?? [], isNow.map { after[$0] } ?? [])
        return RedefinitionReport.Difference(
          segment: name,
          versions: [was.map { old.catalogue.segments[$0].version }, isNow.map { catalogue.segments[$0].version }],
          entered: right.subtracting(left), left: left.subtracting(right), kept: left.intersectionCount(right))
      })
  }
}
