/// The regions of a Venn diagram of several segments: who is in exactly these and in none of the others.
///
/// ```swift
/// for region in VennReport([("buyers", buyers), ("fans", fans)]).regions {
///   print(region.names.joined(separator: " and "), region.count)
/// }
/// ```
public struct VennReport: Sendable, Hashable {
  /// The names of the segments, in the order given.
  public let names: [String]
  /// The regions that are not empty, those of fewer segments first, then in the order of the segments.
  public let regions: [Region]

  /// People who are in exactly some of the segments.
  public struct Region: Sendable, Hashable {
    /// The places of the segments, ascending.
    public let segments: [Int]
    /// The names of the segments.
    public let names: [String]
    /// Who they are.
    public let members: MembershipSet

    /// How many there are, at least 1.
    public var count: Int { members.count }
  }

  /// Divides the members of several segments.
  ///
  /// O(segments × members × regions that occur); at most as many regions occur as there are members.
  public init(_ segments: [(name: String, members: MembershipSet)]) {
    names = segments.map(\.name)
    var parts: [(segments: [Int], members: MembershipSet)] = []
    var seen = MembershipSet()
    for (place, segment) in segments.enumerated() {
      var next: [(segments: [Int], members: MembershipSet)] = []
      for part in parts {
        let inside = part.members.intersection(segment.members)
        if !inside.isEmpty { next.append((part.segments + [place], inside)) }
        let outside = inside.isEmpty ? part.members : part.members.subtracting(segment.members)
        if !outside.isEmpty { next.append((part.segments, outside)) }
      }
      let fresh = segment.members.subtracting(seen)
      if !fresh.isEmpty { next.append(([place], fresh)) }
      seen = seen.union(segment.members)
      parts = next
    }
    regions =
      parts.sorted {
        $0.segments.count != $1.segments.count
          ? $0.segments.count < $1.segments.count : $0.segments.lexicographicallyPrecedes($1.segments)
      }.map { part in
        Region(segments: part.segments, names: part.segments.map { segments[$0].name }, members: part.members)
      }
  }
}
