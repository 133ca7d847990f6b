/// A graph of nodes `0 ..< nodeCount`, in compressed sparse rows by source and by target.
///
/// It holds nothing but structure and weights and knows no direction of influence; ``SocialGraph`` gives nodes their
/// names and edges their meaning. Rows are ascending, so equal edges give equal graphs in whatever order they came.
/// Nodes and edges are counted in 32 bits. Memory: 8 bytes for each edge and node of a directed graph (both directions),
/// 24 for a weighted edge; an undirected edge is stored once from each end.
public struct DenseGraph: Sendable, Hashable {
  /// The number of nodes, isolated ones included.
  public let nodeCount: Int
  /// Whether every edge holds both ways.
  public let isUndirected: Bool
  /// Edges by the node they leave.
  let out: Adjacency
  /// Edges by the node they enter; the same as `out` in an undirected graph.
  let into: Adjacency

  init(nodeCount: Int, isUndirected: Bool, out: Adjacency, into: Adjacency) {
    self.nodeCount = nodeCount
    self.isUndirected = isUndirected
    self.out = out
    self.into = into
  }

  /// A graph without nodes.
  public static let empty = DenseGraph(nodeCount: 0, isUndirected: false, out: .empty, into: .empty)

  /// The number of edges; an undirected one counts once.
  public var edgeCount: Int { isUndirected ? out.neighbours.count / 2 : out.neighbours.count }

  /// Whether edges have weights; otherwise every edge weighs 1.
  public var isWeighted: Bool { !out.weights.isEmpty }

  /// How many edges leave a node in `0 ..< nodeCount`; O(1).
  public func outDegree(of node: Int) -> Int { out.range(of: node).count }

  /// How many edges enter a node in `0 ..< nodeCount`; O(1).
  public func inDegree(of node: Int) -> Int { into.range(of: node).count }

  /// The nodes that edges of `node` lead to, ascending; O(1).
  public func successors(of node: Int) -> ArraySlice<UInt32> { out.neighbours[out.range(of: node)] }

  /// The nodes from which edges lead to `node`, ascending; O(1).
  public func predecessors(of node: Int) -> ArraySlice<UInt32> { into.neighbours[into.range(of: node)] }

  /// The weight of the edge between two nodes, summed over parallel edges; `nil` when there is none.
  ///
  /// O(log degree).
  public func weight(from source: Int, to target: Int) -> Double? {
    guard (0..<nodeCount).contains(source), (0..<nodeCount).contains(target) else { return nil }
    let row = out.range(of: source)
    var (low, high) = (row.lowerBound, row.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if out.neighbours[middle] < UInt32(target) { low = middle + 1 } else { high = middle }
    }
    var sum: Double?
    while low < row.upperBound, out.neighbours[low] == UInt32(target) {
      sum = (sum ?? 0) + (isWeighted ? out.weights[low] : 1)
      low += 1
    }
    return sum
  }

  /// The same nodes with every edge turned round; O(1), nothing is copied.
  public var reversed: DenseGraph {
    DenseGraph(nodeCount: nodeCount, isUndirected: isUndirected, out: into, into: out)
  }

  /// Checks a node that a caller names.
  func check(_ node: Int) throws(GraphError) {
    guard (0..<nodeCount).contains(node) else {
      throw GraphError(.unknownNode, subject: "node \(node)", "expected a node in 0 ..< \(nodeCount)")
    }
  }
}
