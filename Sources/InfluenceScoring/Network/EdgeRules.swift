/// What becomes of the weights of several edges between the same two nodes.
public enum DuplicateRule: String, Sendable, Hashable, CaseIterable {
  /// They are added up, smallest first, so that the sum does not depend on the order in which they came.
  case sum
  /// The largest counts.
  case maximum
  /// The smallest counts, such as the shortest way where weights are lengths.
  case minimum
  /// That of the latest time counts; at the same time, or without times, the largest.
  case latest
}

/// What becomes of edges from a node to itself.
public enum SelfLoopRule: String, Sendable, Hashable, CaseIterable {
  /// They are left out: nobody influences themselves.
  case drop
  /// They are kept, as links of a page to itself are in the PageRank of LDBC Graphalytics.
  case keep
}
