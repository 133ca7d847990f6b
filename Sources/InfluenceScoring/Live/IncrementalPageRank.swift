/// PageRank of a graph that changes, kept within an error bound at the cost of what a change reaches.
///
/// Ranks solve y = d Pᵀ y + 1, whose solution, scaled to sum 1, is the PageRank with the rank of nodes without outgoing
/// edges spread over all. What y lacks to solve it, the residual r, is kept beside it from batch to batch, so that the error
/// bound is that of all changes together. A changed edge changes two residuals; those that are large for the number of edges
/// they have to be passed along are passed on, until the bound is below the tolerance again (Zhang, Lofgren & Goel,
/// *Approximate Personalized PageRank on Dynamic Graphs*, KDD 2016). When that takes more steps than the graph has edges, every
/// residual is passed on. y + r is what is published: its own residual is d Pᵀ r.
///
/// How much a batch costs depends on how many batches the tolerance has room for: k changed edges out of m move the ranks by
/// about k ÷ m. A tolerance well above that leaves most of the work to be done for many batches together; one below it
/// makes each batch cost as much as ranks computed anew.
public struct IncrementalPageRank: Sendable {
  /// What an update did.
  public struct Update: Sendable, Hashable {
    /// The ranks are off by at most this, as the sum of absolute differences, besides rounding.
    public let errorBound: Double
    /// How many edges were followed.
    public let edgesVisited: Int
    /// Whether passing on large residuals alone was given up for passing on all of them.
    public let fellBack: Bool
  }

  /// The probability of going on along an edge.
  public let damping: Double
  /// What the error bound is kept below.
  public let tolerance: Double
  /// The graph as it is now.
  public private(set) var graph: LiveGraph
  var values: [Double]
  /// 0 at every node that nothing leaves.
  var residuals: [Double]
  var leaving: [Double]
  var sum = 0.0
  var sums = ResidualColumns.Sums()
  /// Residuals of more than so many times the even one are passed on.
  var share = 2.0
  /// How many edges were followed when residuals were passed on the last time.
  var lastVisited = Int.max
  /// Nodes whose residual changed since residuals were passed on.
  var waiting: [UInt32] = []
  var isWaiting: [Bool]

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
    let settings = PageRank(damping: damping, tolerance: min(tolerance, 1) * (1 - damping) / 10)
    let ranks = try graph.pageRank(settings, work: work).values
    let leaving = graph.outWeights(usesWeights: true)
    let stranded = ranks.indices.reduce(0) { leaving[$1] == 0 ? $0 + ranks[$1] : $0 }
    let unit = (1 - damping + damping * stranded) / Double(max(ranks.count, 1))
    self.graph = LiveGraph(graph)
    self.damping = damping
    self.tolerance = tolerance
    self.leaving = leaving
    values = ranks.map { $0 / unit }
    residuals = values.map { 1 - $0 }
    isWaiting = [Bool](repeating: false, count: ranks.count)
    for node in values.indices where leaving[node] > 0 {
      let rate = damping * values[node] / leaving[node]
      for edge in graph.out.range(of: node) {
        residuals[Int(graph.out.neighbours[edge])] += rate * (graph.isWeighted ? graph.out.weights[edge] : 1)
      }
    }
    for node in values.indices where leaving[node] == 0 {
      values[node] += residuals[node]
      residuals[node] = 0
    }
    sum = values.reduce(0, +)
    for amount in residuals {
      sums.absolute += abs(amount)
      sums.signed += amount
    }
    _ = settle()
  }

  /// The ranks, which sum to 1; O(nodes).
  public var ranks: [Double] {
    let whole = sum + sums.signed
    return values.indices.map { (values[$0] + residuals[$0]) / whole }
  }

  /// The rank of a node in `0 ..< nodeCount`; O(1).
  public func rank(of node: Int) -> Double { (values[node] + residuals[node]) / (sum + sums.signed) }

  /// How far the ranks may be off, as the sum of absolute differences, besides rounding.
  ///
  /// Scaled to sum 1, y + r lacks d Pᵀ r but for the mean of it, whose sum is at most d (Σ|r| + |Σr|); a lack grows to 1 ÷ (1 − d)
  /// times itself at most.
  public var errorBound: Double {
    let whole = sum + sums.signed
    return whole > 0 ? damping * (sums.absolute + abs(sums.signed)) / ((1 - damping) * whole) : 0
  }

  /// Takes a batch of changes.
  ///
  /// - Parameters:
  ///   - changes: edges that came, went or changed their weight; of several changes of one edge the last counts.
  ///   - nodeCount: the number of nodes from now on, where new ones came.
  /// - Throws: ``GraphError`` with `unknownNode` or `invalidWeight`; nothing is changed then.
  @discardableResult
  public mutating func update(_ changes: [EdgeChange], nodeCount: Int? = nil) throws(GraphError) -> Update {
    let count = max(nodeCount ?? 0, graph.nodeCount)
    for change in changes { try graph.check(change, nodeCount: count) }
    graph.grow(to: count)
    while values.count < count {
      // Nothing leaves a new node and nothing leads to it.
      values.append(1)
      residuals.append(0)
      leaving.append(0)
      isWaiting.append(false)
      sum += 1
    }
    var visited = 0
    let order = changes.indices.sorted { (changes[$0].from, $0) < (changes[$1].from, $1) }
    var first = 0
    while first < order.count {
      let source = changes[order[first]].from
      var steps: [(target: Int, weight: Double)] = []
      while first < order.count, changes[order[first]].from == source {
        let change = changes[order[first]]
        let before = graph.make(change) ?? 0
        steps.append((change.to, (change.weight ?? 0) - before))
        first += 1
      }
      visited += change(source, steps)
    }
    let (settled, fellBack) = settle()
    if graph.compactIfNeeded() { sumWeights() }
    return Update(errorBound: errorBound, edgesVisited: visited + settled, fellBack: fellBack)
  }

  /// Sums up anew what leaves each node.
  private mutating func sumWeights() {
    for node in leaving.indices where leaving[node] > 0 {
      var weights = 0.0
      graph.forEachEdge(of: node) { _, weight in weights += weight }
      leaving[node] = weights
    }
  }

  /// Brings residuals in line with changed weights of edges that leave a node.
  private mutating func change(_ node: Int, _ steps: [(target: Int, weight: Double)]) -> Int {
    let (before, value) = (leaving[node], values[node])
    let after = steps.reduce(before) { $0 + $1.weight }
    let rate = before > 0 ? damping * value / before : 0
    // A long row: what the node gives along its other edges stays, and its own value is what is wrong then.
    if graph.degree(of: node) > 32, after > 0.75 * before, after < 1.25 * before {
      leaving[node] = after
      values[node] = value * (after / before)
      sum += values[node] - value
      addResidual(value - values[node], to: node)
      for step in steps { addResidual(rate * step.weight, to: step.target) }
      return steps.count
    }
    var row: [(target: Int, weight: Double)] = []
    graph.forEachEdge(of: node) { target, weight in row.append((target, weight)) }
    leaving[node] = row.reduce(0) { $0 + $1.weight }
    if leaving[node] == 0 {
      let amount = residuals[node]
      residuals[node] = 0
      sums.absolute -= abs(amount)
      sums.signed -= amount
      values[node] += amount
      sum += amount
    }
    let change = (leaving[node] > 0 ? damping * value / leaving[node] : 0) - rate
    for edge in row { addResidual(change * edge.weight, to: edge.target) }
    for step in steps { addResidual(rate * step.weight, to: step.target) }
    return row.count + steps.count
  }
}
