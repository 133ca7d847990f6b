public import SCRMModel

/// A directed, weighted graph of who pays attention to whom, with people as nodes.
///
/// An edge from A to B says that A addressed B: replied to, shared or liked something of theirs. Self-loops and edges without
/// positive weight are left out. ``attention`` is the graph that every measure can be taken of.
public struct InteractionGraph: Sendable {
  /// An edge before it is built in.
  public struct Edge: Sendable, Hashable {
    /// Who pays attention.
    public var from: PersonID
    /// To whom.
    public var to: PersonID
    /// How much, above 0 and finite; counted as 1e-150 … 1e150.
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

    /// With a weight that graphs accept; an amplification that is no number counts as 0.
    var limited: Edge {
      let weight = min(max(weight, 1 / EdgeColumns.weightLimit), EdgeColumns.weightLimit)
      let amplification = amplification > 0 ? min(amplification, weight) : 0
      return Edge(from: from, to: to, weight: weight, amplification: amplification)
    }
  }

  /// The people, ordered by id; their places are the numbers of the nodes.
  public let people: [PersonID]
  /// Who pays attention to whom, by number: the graph for measures such as ``DenseGraph/leiden(resolution:seed:runs:maximumIterations:work:)``.
  public let attention: DenseGraph
  /// The number of different edges.
  public var edgeCount: Int { attention.edgeCount }
  /// How much of each edge spread something further, in the order of the edges by source and target.
  let amplifications: [Double]

  /// Builds a graph; edges between the same two people are added up, in an order that does not depend on the one given.
  ///
  /// O(edges log edges).
  public init(_ edges: [Edge]) {
    let usable = edges.filter { $0.from != $0.to && $0.weight > 0 && $0.weight.isFinite }.map(\.limited)
      .sorted { ($0.from, $0.to, $0.weight, $0.amplification) < ($1.from, $1.to, $1.weight, $1.amplification) }
    people = Set(usable.flatMap { [$0.from, $0.to] }).sorted()
    var numbers: [PersonID: UInt32] = [:]
    for (number, person) in people.enumerated() { numbers[person] = UInt32(truncatingIfNeeded: number) }
    var columns = EdgeColumns(sources: [], targets: [])
    var amplifications: [Double] = []
    for edge in usable {
      guard let from = numbers[edge.from], let to = numbers[edge.to] else { continue }
      let last = columns.sources.count - 1
      if last >= 0, columns.sources[last] == from, columns.targets[last] == to {
        columns.weights[last] += edge.weight
        amplifications[last] += edge.amplification
        continue
      }
      columns.sources.append(from)
      columns.targets.append(to)
      columns.weights.append(edge.weight)
      amplifications.append(edge.amplification)
    }
    attention = DenseGraph(nodeCount: people.count, checked: columns)
    self.amplifications = amplifications
  }

  /// The weighted PageRank of every person, summing to 1; attention flows from `from` to `to`.
  ///
  /// That of ``attention``, with settings outside their ranges limited; see ``DenseGraph/pageRank(_:restart:start:work:)``.
  /// O(edges) a round.
  /// - Parameters:
  ///   - damping: the probability of going on along an edge, 0 … 0.999.
  ///   - tolerance: rounds end when the sum of absolute changes is below this.
  ///   - maximumIterations: the most rounds, at least 1.
  public func pageRank(damping: Double = 0.85, tolerance: Double = 1e-10, maximumIterations: Int = 200) -> [Double] {
    let settings = PageRank(
      damping: damping > 0 ? min(damping, 0.999) : 0, tolerance: tolerance,
      maximumIterations: max(maximumIterations, 1))
    return attention.pageRank(settings, teleport: nil, start: nil, work: GraphWork()) { _ in }.values
  }
}
