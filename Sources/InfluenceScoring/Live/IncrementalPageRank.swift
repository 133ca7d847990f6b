/// PageRank of a graph that changes, kept within an error bound at the cost of what a change reaches.
///
/// Ranks solve y = d Pᵀ y + 1, whose solution, scaled to sum 1, is the PageRank with the rank of nodes without outgoing
/// edges spread over all. What y lacks to solve it, the residual, is kept beside it: a changed edge changes the residual of
/// the neighbours of its source alone, and residuals above a threshold are passed on until those left over are small
/// (Zhang, Lofgren & Goel, *Approximate Personalized PageRank on Dynamic Graphs*, KDD 2016). When that takes more steps
/// than the graph has edges, whole rounds finish the work.
public struct IncrementalPageRank: Sendable {
  /// What an update did.
  public struct Update: Sendable, Hashable {
    /// The ranks are off by at most this, as the sum of absolute differences, besides rounding.
    public let errorBound: Double
    /// How many edges were followed.
    public let edgesVisited: Int
    /// Whether passing on residuals was given up for rounds over the whole graph.
    public let fellBack: Bool
  }

  /// The probability of going on along an edge.
  public let damping: Double
  /// What the error bound is kept below.
  public let tolerance: Double
  /// The graph as it is now.
  public private(set) var graph: LiveGraph
  private var values: [Double]
  private var residuals: [Double]
  private var leaving: [Double]
  private var sum = 0.0
  private var residualSum = 0.0
  /// Nodes with a residual.
  private var touched: [UInt32] = []
  private var isTouched: [Bool]

  /// Computes the ranks of a graph.
  ///
  /// - Parameters:
  ///   - graph: edges as PageRank takes them; weights count.
  ///   - damping: 0 ..< 1.
  ///   - tolerance: above 0; what the sum of absolute errors is kept below.
  ///   - work: threads and progress.
  /// - Throws: ``GraphError`` with `invalidSetting` or `cancelled`.
  public init(
    _ graph: DenseGraph, damping: Double = 0.85, tolerance: Double = 1e-6, work: GraphWork = GraphWork()
  ) throws(GraphError) {
    guard tolerance > 0 else { throw GraphError(.invalidSetting, subject: "tolerance", "expected more than 0") }
    let settings = PageRank(damping: damping, tolerance: tolerance * (1 - damping) / 10)
    let ranks = try graph.pageRank(settings, work: work).values
    let leaving = graph.outWeights(usesWeights: true)
    let stranded = ranks.indices.reduce(0) { leaving[$1] == 0 ? $0 + ranks[$1] : $0 }
    let unit = (1 - damping + damping * stranded) / Double(max(ranks.count, 1))
    let values = ranks.map { $0 / unit }
    var residuals = values.map { 1 - $0 }
    for node in values.indices where leaving[node] > 0 {
      let rate = damping * values[node] / leaving[node]
      for edge in graph.out.range(of: node) {
        residuals[Int(graph.out.neighbours[edge])] += rate * (graph.isWeighted ? graph.out.weights[edge] : 1)
      }
    }
    self.graph = LiveGraph(graph)
    self.damping = damping
    self.tolerance = tolerance
    self.leaving = leaving
    self.values = values
    self.residuals = residuals
    sum = values.reduce(0, +)
    residualSum = residuals.reduce(0) { $0 + abs($1) }
    isTouched = [Bool](repeating: true, count: ranks.count)
    touched = ranks.indices.map { UInt32(truncatingIfNeeded: $0) }
    _ = settle()
  }

  /// The ranks, which sum to 1; O(nodes).
  public var ranks: [Double] { values.map { $0 / sum } }

  /// The rank of a node in `0 ..< nodeCount`; O(1).
  public func rank(of node: Int) -> Double { values[node] / sum }

  /// How far the ranks may be off, as the sum of absolute differences, besides rounding.
  public var errorBound: Double { sum > 0 ? 2 * residualSum / ((1 - damping) * sum) : 0 }

  /// Takes a batch of changes.
  ///
  /// - Parameters:
  ///   - changes: edges that came, went or changed their weight.
  ///   - nodeCount: the number of nodes from now on, where new ones came.
  /// - Throws: ``GraphError`` with `unknownNode` or `invalidWeight`; nothing is changed then.
  @discardableResult
  public mutating func update(_ changes: [EdgeChange], nodeCount: Int? = nil) throws(GraphError) -> Update {
    let count = max(nodeCount ?? 0, graph.nodeCount)
    for change in changes { try graph.check(change, nodeCount: count) }
    graph.grow(to: count)
    while values.count < count {
      values.append(0)
      residuals.append(0)
      leaving.append(0)
      isTouched.append(false)
      addResidual(1, to: values.count - 1)
    }
    let sources = Set(changes.map(\.from)).sorted()
    for source in sources { spread(-1, from: source) }
    for change in changes { try graph.apply(change) }
    for source in sources {
      var weights = 0.0
      graph.forEachEdge(of: source) { _, weight in weights += weight }
      leaving[source] = weights
      spread(1, from: source)
    }
    let (visited, fellBack) = settle()
    graph.compactIfNeeded()
    return Update(errorBound: errorBound, edgesVisited: visited, fellBack: fellBack)
  }

  /// Adds what a node gives to its neighbours to their residuals, or takes it back.
  private mutating func spread(_ sign: Double, from node: Int) {
    guard leaving[node] > 0, values[node] != 0 else { return }
    let rate = sign * damping * values[node] / leaving[node]
    let graph = graph
    graph.forEachEdge(of: node) { target, weight in addResidual(rate * weight, to: target) }
  }

  @inline(__always)
  private mutating func addResidual(_ amount: Double, to node: Int) {
    let old = residuals[node]
    residuals[node] = old + amount
    residualSum += abs(old + amount) - abs(old)
    if !isTouched[node] {
      isTouched[node] = true
      touched.append(UInt32(truncatingIfNeeded: node))
    }
  }

  /// What the residuals may sum up to.
  private var budget: Double { tolerance * (1 - damping) * sum / 2 }

  /// Passes residuals on, large ones first, until the error bound is below the tolerance.
  private mutating func settle() -> (visited: Int, fellBack: Bool) {
    var visited = 0
    // Rows are only read here; a copy of the graph copies no row.
    let graph = graph
    let limit = graph.edgeCount + graph.nodeCount
    while residualSum > budget {
      // Only what is well above the mean is worth passing on; the rest adds up first.
      let threshold = residualSum / Double(max(touched.count, 1)) / 2
      var next = 0
      let count = touched.count
      while next < count {
        let node = Int(touched[next])
        next += 1
        let amount = residuals[node]
        if abs(amount) <= threshold { continue }
        residuals[node] = 0
        residualSum -= abs(amount)
        values[node] += amount
        sum += amount
        visited += graph.degree(of: node) + 1
        guard leaving[node] > 0 else { continue }
        let rate = damping * amount / leaving[node]
        graph.forEachEdge(of: node) { target, weight in addResidual(rate * weight, to: target) }
        if residualSum <= budget { break }
      }
      if visited > limit, residualSum > budget {
        while residualSum > budget { visited += round() }
        return (visited, true)
      }
    }
    touched.removeAll { node in
      let isSettled = residuals[Int(node)] == 0
      if isSettled { isTouched[Int(node)] = false }
      return isSettled
    }
    return (visited, false)
  }

  /// Passes on every residual at once.
  private mutating func round() -> Int {
    let (old, graph) = (residuals, graph)
    for node in residuals.indices { residuals[node] = 0 }
    for node in old.indices where old[node] != 0 {
      values[node] += old[node]
      guard leaving[node] > 0 else { continue }
      let rate = damping * old[node] / leaving[node]
      graph.forEachEdge(of: node) { target, weight in residuals[target] += rate * weight }
    }
    sum = values.reduce(0, +)
    residualSum = residuals.reduce(0) { $0 + abs($1) }
    touched = residuals.indices.map { UInt32(truncatingIfNeeded: $0) }
    for node in isTouched.indices { isTouched[node] = true }
    return graph.edgeCount
  }
}
