import DenseData

/// PageRank of a graph that changes, kept within an error bound at the cost of what a change reaches.
///
/// Ranks solve y = d Pᵀ y + 1, whose solution, scaled to sum 1, is the PageRank with the rank of nodes without outgoing
/// edges spread over all. What y lacks to solve it, the residual r, is kept beside it from batch to batch, so that the error
/// bound is that of all changes together. A changed edge changes two residuals; those that are large for the number of edges
/// they have to be passed along are passed on, until the error is below the tolerance again (Zhang, Lofgren & Goel,
/// *Approximate Personalized PageRank on Dynamic Graphs*, KDD 2016): one after the other where they are few, otherwise in rounds over all
/// nodes. What has spread too thinly to be followed is taken out of all residuals at once. When that takes more steps than the graph has edges,
/// every residual is passed on. y + r is what is published: its own residual is d Pᵀ r.
///
/// The error bound holds whatever the graph, and is wide: residuals of opposite signs cancel, which it cannot know. With
/// ``Accuracy/estimate(confidence:seed:)`` the error is estimated instead, and much less is passed on.
///
/// How much a batch costs depends on how many batches the tolerance has room for: k changed edges out of m move the ranks by
/// about k ÷ m. A tolerance well above that leaves most of the work to be done for many batches together; one well below it
/// makes each batch cost as much as ranks computed anew.
public struct IncrementalPageRank: Sendable {
  /// What is kept below the tolerance.
  public enum Accuracy: Sendable, Hashable {
    /// The error bound.
    case bound
    /// An estimate that the error exceeds with a probability of at most 1 − `confidence` after any one batch.
    ///
    /// That holds for changes that were not chosen by looking at ranks of the same seed, as far as sums over a sample are
    /// normally distributed. It takes 64 bytes a node and, at the start and whenever a sixteenth of the edges changed, up to 40
    /// rounds over all edges, O(16 × edges) each. What residuals lead to after the first step is that of the graph at that time,
    /// with an allowance for edges that changed since; after larger changes the bound is kept. From tolerances of 1e-7 on
    /// residuals are in single precision, and are worked out anew, O(edges), before their rounding counts.
    case estimate(confidence: Double = 0.99, seed: UInt64 = 1)
  }

  /// What an update did.
  public struct Update: Sendable, Hashable {
    /// The ranks are off by at most this, as the sum of absolute differences, besides rounding.
    public let errorBound: Double
    /// What they are off by at most with the confidence asked for; `nil` where that was not asked for.
    public let estimatedError: Double?
    /// How many edges were followed.
    public let edgesVisited: Int
    /// Whether passing on large residuals alone was given up for passing on all of them.
    public let fellBack: Bool
  }

  /// The probability of going on along an edge.
  public let damping: Double
  /// What the error bound, or the estimate, is kept below.
  public let tolerance: Double
  /// The nodes as the columns below number them: those with most edges first, so that what is read most lies close together.
  private var order: NodeOrder
  private(set) var live: LiveGraph
  private var seed: UInt64 = 0
  var values: [Double]
  var residuals: Residuals
  var leaving: [Double]
  var spread: SpreadResponse
  /// What an estimate of the error takes: what is known about its later part and its first, how many standard deviations they
  /// may be off; and how many times the spread response is published besides values and residuals.
  var probes: ErrorProbes?
  var sample = TargetSample()
  let deviations: Double
  var taken = 0.0
  /// Nodes that edges left when the probes were worked out and that lost all of them.
  var emptied: Set<Int> = []
  /// The sum of the values.
  var valueSum = 0.0
  var passed = PassedSince()
  var sums = ResidualSums()
  /// Residuals of more than this for each edge are passed on: so many times what each may have when what is tolerated is
  /// spread evenly.
  var threshold = 0.0
  var level: Double
  /// And when everything is, those of more than so many times the even one of what is there.
  var share = 2.0
  /// Whether so much is passed on that looking through all nodes is quicker than looking at what changes.
  var isBroad = false
  /// Whether large residuals may not be among those waiting.
  var looksAtAll = true
  /// From this tolerance on residuals are kept in single precision.
  private static let leastSingle = 1e-7
  /// What part of the edges may change before probes are worked out anew.
  static let tolerableChange = 1.0 / 16
  /// Nodes whose residual became large since residuals were passed on.
  var waiting: [UInt32] = []

  /// Computes the ranks of a graph.
  ///
  /// O(edges) a round: those of PageRank and some twenty more; about 60 bytes a node besides the graph.
  /// On Linux what is read all over is then moved to large pages of memory, some milliseconds a megabyte.
  ///
  /// - Parameters:
  ///   - graph: edges as PageRank takes them; weights count.
  ///   - damping: 0 ..< 1.
  ///   - tolerance: above 0; what the sum of absolute errors is kept below.
  ///   - accuracy: whether by the error bound or by an estimate.
  ///   - work: threads and progress.
  /// - Throws: ``GraphError`` with `invalidSetting` or `cancelled`.
  public init(
    _ graph: DenseGraph, damping: Double = 0.85, tolerance: Double = 1e-6, accuracy: Accuracy = .bound,
    work: GraphWork = GraphWork()
  ) throws(GraphError) {
    guard tolerance > 0 else { throw GraphError(.invalidSetting, subject: "tolerance", "expected more than 0") }
    let settings = PageRank(damping: damping, tolerance: min(tolerance, 1) * (1 - damping) / 10)
    let ranks = try graph.pageRank(settings, work: work).values
    var confidence = 0.5
    if case .estimate(let asked, let seed) = accuracy {
      guard asked > 0, asked <= 0.999999999 else {
        throw GraphError(.invalidSetting, subject: "confidence", "expected more than 0 and at most 0.999999999")
      }
      probes = ErrorProbes(damping: damping)
      (confidence, self.seed) = (asked, seed)
    }
    deviations = SampledError.deviations(tail: 1 - confidence)
    let order = NodeOrder(byDegree: graph)
    let live = LiveGraph(graph.selected(order.nodes, place: order.places))
    let leaving = live.outWeights
    let stranded = ranks.indices.reduce(0) { leaving[Int(order.places[$1])] == 0 ? $0 + ranks[$1] : $0 }
    let unit = (1 - damping + damping * stranded) / Double(max(ranks.count, 1))
    let values = order.nodes.map { ranks[Int($0)] / unit }
    (self.damping, self.tolerance, self.order, self.live) = (damping, tolerance, order, live)
    (self.values, self.leaving) = (values, leaving)
    // Single precision is enough where the error is estimated anyway; what rounding adds up to is taken out again.
    residuals = Residuals(count: values.count, isSingle: accuracy != .bound && tolerance >= Self.leastSingle)
    spread = SpreadResponse(live, leaving: leaving, damping: damping)
    // So that what is left is about a third of what the bound tolerates; what an estimate does is found out.
    level = accuracy == .bound ? 3 : 100
    sumUp()
    prepareProbes()
    moveToLargePages()
    _ = settle()
  }

  /// The number of nodes.
  public var nodeCount: Int { live.nodeCount }

  /// The number of edges.
  public var edgeCount: Int { live.edgeCount }

  /// The graph as it is now; O(nodes + edges).
  public var graph: DenseGraph { live.graph.selected(order.places, place: order.nodes) }

  /// The ranks, which sum to 1; O(nodes).
  public var ranks: [Double] {
    let whole = whole
    return order.places.map { published(Int($0)) / whole }
  }

  /// The rank of a node in `0 ..< nodeCount`; O(1).
  public func rank(of node: Int) -> Double {
    published(Int(order.places[node])) / whole
  }

  /// What is published of a node, but for scaling.
  private func published(_ place: Int) -> Double {
    let value = values[place] + residuals[place]
    return taken == 0 ? value : value + taken * (spread.values[place] - spread.lacks[place])
  }

  /// The sum of what is published.
  var whole: Double { valueSum + sums.all + taken * spread.published }

  /// How far the ranks may be off, as the sum of absolute differences, besides rounding.
  ///
  /// Scaled to sum 1, y + r lacks d Pᵀ r but for the mean of it, whose sum is at most d (Σ|r| + |Σr|); a lack grows to 1 ÷ (1 − d)
  /// times itself at most.
  public var errorBound: Double {
    guard whole > 0 else { return 0 }
    let besides = abs(taken) * spread.absoluteLacks
    return damping * (sums.absolute + min(abs(sums.signed) + sums.slack, sums.absolute) + 2 * besides)
      / ((1 - damping) * whole)
  }

  /// What the ranks are off by at most with the confidence asked for; `nil` where that was not asked for.
  ///
  /// What residuals lead to first is seen at a random sample of 288 nodes, by what leads to them; all of the error at 15 of
  /// these, which says how much more or less it is (double sampling: Särndal, Swensson & Wretman, *Model Assisted Survey
  /// Sampling*, 1992, ch. 9). Each of the two is off by some hundredths. Where a few nodes make them up, a bound serves.
  public internal(set) var estimatedError: Double?

  /// Takes a batch of changes.
  ///
  /// - Parameters:
  ///   - changes: edges that came, went or changed their weight; of several changes of one edge the last counts.
  ///   - nodeCount: the number of nodes from now on, where new ones came.
  /// - Throws: ``GraphError`` with `unknownNode` or `invalidWeight`; nothing is changed then.
  @discardableResult
  public mutating func update(_ changes: [EdgeChange], nodeCount: Int? = nil) throws(GraphError) -> Update {
    let count = max(nodeCount ?? 0, live.nodeCount)
    for change in changes { try live.check(change, nodeCount: count) }
    live.grow(to: count)
    while values.count < count {
      // Nothing leaves a new node and nothing leads to it.
      order.append()
      values.append(1)
      residuals.append()
      spread.appendNode()
      leaving.append(0)
      if probes != nil {
        probes?.appendNode()
        sample.appendNode()
      }
      valueSum += 1
    }
    var visited = 0
    let inner = changes.map {
      EdgeChange(from: Int(order.places[$0.from]), to: Int(order.places[$0.to]), weight: $0.weight)
    }
    let sorted = inner.indices.sorted { (inner[$0].from, $0) < (inner[$1].from, $1) }
    var first = 0
    while first < sorted.count {
      let source = inner[sorted[first]].from
      var steps: [(target: Int, weight: Double)] = []
      while first < sorted.count, inner[sorted[first]].from == source {
        let change = inner[sorted[first]]
        let before = live.make(change) ?? 0
        if probes != nil { sample.set(change.from, change.to, weight: change.weight) }
        steps.append((change.to, (change.weight ?? 0) - before))
        first += 1
      }
      visited += change(source, steps)
    }
    var (settled, fellBack) = settle()
    if isRoundingMuch {
      sumUp()
      probes?.sumUp(residuals)
      settleAgain(&settled, &fellBack)
    }
    if probes == nil ? live.compactIfNeeded() : live.compactIfNeeded(part: Self.tolerableChange, besides: 0) {
      takeOutSpread()
      leaving = live.outWeights
      sumUp()
      if spread.fits(live) {
        spread.sumUp(leaving)
      } else {
        spread = SpreadResponse(live, leaving: leaving, damping: damping)
      }
      prepareProbes()
      moveToLargePages()
      settleAgain(&settled, &fellBack)
    }
    return Update(
      errorBound: errorBound, estimatedError: estimatedError, edgesVisited: visited + settled, fellBack: fellBack)
  }

  /// Settles what residuals that were worked out anew, or probes, say otherwise.
  private mutating func settleAgain(_ settled: inout Int, _ fellBack: inout Bool) {
    (waiting, looksAtAll) = ([], true)
    let again = settle()
    (settled, fellBack) = (settled + again.visited, fellBack || again.fellBack)
  }

  /// Whether rounding may have changed an estimate by some hundredths: what is passed on is rounded to some 2⁻²⁴ of it where it
  /// arrives, and 2⁻⁹ of it where probes take note of it, with either sign.
  private var isRoundingMuch: Bool {
    guard probes != nil else { return false }
    let tolerable = 0.02 * tolerance * (1 - damping) / damping * whole
    return passed.nodes > 64 * values.count || residuals.isSingle && passed.amount * 0x1p-22 > tolerable
  }

  private mutating func prepareProbes() {
    guard probes != nil else { return }
    sample.prepare(live, leaving: leaving, seed: seed)
    probes?.prepare(
      live, leaving: leaving, at: sample.probes, residuals: residuals, spread: spread.lacks)
    emptied = []
  }

  /// Passing residuals on reads all over these.
  private func moveToLargePages() {
    live.moveToLargePages()
    values.moveToLargePages()
    residuals.moveToLargePages()
    probes?.moveToLargePages()
  }

  /// Residuals of nodes that edges left when probes were worked out and now do not.
  var emptiedResiduals: [ErrorProbes.Exception] {
    emptied.isEmpty
      ? []
      : emptied.sorted().filter { leaving[$0] == 0 }
        .map { ErrorProbes.Exception(node: $0, amount: residuals[$0], lack: spread.lacks[$0]) }
  }

  /// Works out what is kept for each node and in all, without the rounding of many steps; O(nodes + edges).
  private mutating func sumUp() {
    var amounts = values.map { 1 - $0 }
    for node in values.indices where leaving[node] > 0 {
      let rate = damping * values[node] / leaving[node]
      live.forEachEdge(of: node) { target, weight in amounts[target] += rate * weight }
    }
    residuals = Residuals(count: values.count, isSingle: residuals.isSingle)
    (sums, valueSum, passed) = (ResidualSums(), 0, PassedSince())
    for node in values.indices {
      residuals[node] = amounts[node]
      residuals.setDegree(leaving[node] > 0 ? live.degree(of: node) : 0, of: node)
      valueSum += values[node]
      sums.add(amounts[node], counts: leaving[node] > 0)
    }
  }
}
