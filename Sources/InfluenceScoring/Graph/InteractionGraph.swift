import DenseData
public import SCRMModel

/// A directed, weighted graph of who pays attention to whom, with people as nodes.
///
/// An edge from A to B says that A addressed B: replied to, shared or liked something of theirs. Edges are kept in
/// compressed sparse rows, ordered by node; self-loops and edges without positive weight are left out.
public struct InteractionGraph: Sendable {
  /// An edge before it is built in.
  public struct Edge: Sendable, Hashable {
    /// Who pays attention.
    public var from: PersonID
    /// To whom.
    public var to: PersonID
    /// How much, above 0 and finite.
    public var weight: Double
    /// How much of it spread something further (shares), at most `weight`.
    public var amplification: Double

    /// Creates an edge.
    public init(from: PersonID, to: PersonID, weight: Double = 1, amplification: Double = 0) {
      self.from = from
      self.to = to
      self.weight = weight
      self.amplification = amplification
    }

    /// With numbers whose sums stay finite; an amplification that is no number counts as 0.
    var limited: Edge {
      let weight = min(weight, 1e150)
      let amplification = amplification > 0 ? min(amplification, weight) : 0
      return Edge(from: from, to: to, weight: weight, amplification: amplification)
    }
  }

  /// The people, ordered by id.
  public let people: [PersonID]
  /// The number of different edges.
  public var edgeCount: Int { targets.count }

  let offsets: [Int]
  let targets: [Int]
  let weights: [Double]
  let amplifications: [Double]

  /// Builds a graph; edges between the same two people are added up, in an order that does not depend on the one given.
  ///
  /// O(edges log edges).
  public init(_ edges: [Edge]) {
    let usable = edges.filter { $0.from != $0.to && $0.weight > 0 && $0.weight.isFinite }.map(\.limited)
      .sorted { ($0.from, $0.to, $0.weight, $0.amplification) < ($1.from, $1.to, $1.weight, $1.amplification) }
    people = Set(usable.flatMap { [$0.from, $0.to] }).sorted()
    var interner = Interner<PersonID>()
    for person in people { _ = interner.intern(person) }
    var offsets = [Int](repeating: 0, count: people.count + 1)
    var targets: [Int] = []
    var weights: [Double] = []
    var amplifications: [Double] = []
    var previous: Edge?
    for edge in usable {
      if let previous, previous.from == edge.from, previous.to == edge.to {
        weights[weights.count - 1] += edge.weight
        amplifications[amplifications.count - 1] += edge.amplification
        continue
      }
      previous = edge
      targets.append(interner.index(of: edge.to) ?? 0)
      weights.append(edge.weight)
      amplifications.append(edge.amplification)
      offsets[(interner.index(of: edge.from) ?? 0) + 1] += 1
    }
    for node in people.indices { offsets[node + 1] += offsets[node] }
    self.offsets = offsets
    self.targets = targets
    self.weights = weights
    self.amplifications = amplifications
  }

  /// The weighted PageRank of every person, summing to 1; attention flows from `from` to `to`.
  ///
  /// Page, Brin, Motwani & Winograd, *The PageRank Citation Ranking* (1999), with the rank of nodes without outgoing
  /// edges spread over all. Iterates until the L1 change is below `tolerance`, at most `maximumIterations` times.
  /// O(edges) per iteration.
  public func pageRank(damping: Double = 0.85, tolerance: Double = 1e-10, maximumIterations: Int = 200) -> [Double] {
    let count = people.count
    guard count > 0 else { return [] }
    // Shares of a node's weight, so that tiny and huge weights neither overflow nor lose rank.
    var edges = EdgeColumns(sources: [], targets: targets.map { UInt32(truncatingIfNeeded: $0) }, weights: weights)
    edges.sources.reserveCapacity(targets.count)
    for node in people.indices {
      let row = offsets[node]..<offsets[node + 1]
      let sum = weights[row].reduce(0, +)
      for edge in row {
        edges.sources.append(UInt32(truncatingIfNeeded: node))
        edges.weights[edge] /= sum
      }
    }
    let settings = PageRank(damping: damping > 0 ? min(damping, 0.999) : 0)
    var solver = PageRankSolver(
      graph: DenseGraph(nodeCount: count, checked: edges), settings: settings, teleport: nil, start: nil)
    for _ in 0..<max(maximumIterations, 1) where solver.round(on: ChunkedLoop(threads: 1)) < tolerance { break }
    return solver.ranks
  }
}
