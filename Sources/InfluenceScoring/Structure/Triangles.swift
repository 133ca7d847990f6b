/// Triangles of a graph and how densely the neighbours of each node are connected.
public struct Triangles: Sendable, Hashable {
  /// How many triangles each node is part of, whatever the direction of edges.
  public let counts: [Int]
  /// The local clustering of each node, 0 … 1: the edges among its neighbours over those that could be.
  ///
  /// 0 with fewer than two neighbours. In a directed graph neighbours are those of edges either way, and edges among them count one by one
  /// (the rule of LDBC Graphalytics).
  public let clustering: [Double]

  /// The number of triangles in the graph.
  public var total: Int { counts.reduce(0, +) / 3 }

  /// The mean of ``clustering``; 0 for a graph without nodes.
  public var meanClustering: Double {
    clustering.isEmpty ? 0 : clustering.reduce(0, +) / Double(clustering.count)
  }
}
