import DenseData

extension MembershipSet {
  /// The members of either set; O(n).
  public func union(_ other: MembershipSet) -> MembershipSet { MembershipSet(bitmap.union(other.bitmap)) }

  /// The members of both sets; O(n).
  public func intersection(_ other: MembershipSet) -> MembershipSet {
    MembershipSet(bitmap.intersection(other.bitmap))
  }

  /// The members that are not in the other set; O(n).
  public func subtracting(_ other: MembershipSet) -> MembershipSet { MembershipSet(bitmap.difference(other.bitmap)) }

  /// The members of exactly one of the two sets; O(n).
  public func symmetricDifference(_ other: MembershipSet) -> MembershipSet {
    MembershipSet(bitmap.symmetricDifference(other.bitmap))
  }

  /// The number of members of both sets, without making that set; O(n).
  public func intersectionCount(_ other: MembershipSet) -> Int { bitmap.intersectionCount(other.bitmap) }

  /// The number of members of either set, without making that set; O(n).
  public func unionCount(_ other: MembershipSet) -> Int { count + other.count - intersectionCount(other) }

  /// The number of common members divided by the number of members of either, 0 … 1; 0 when both are empty.
  ///
  /// The index of Jaccard, *Étude comparative de la distribution florale*, 1901. O(n).
  public func jaccardIndex(_ other: MembershipSet) -> Double {
    let common = intersectionCount(other)
    let all = count + other.count - common
    return all == 0 ? 0 : Double(common) / Double(all)
  }

  /// The members of any of several sets; O(n log(sets)).
  public static func union(of sets: [MembershipSet]) -> MembershipSet {
    MembershipSet(CompressedBitmap.union(of: sets.map(\.bitmap)))
  }
}
