import DenseData

/// A random sample of nodes, with the edges that lead to them, and of these a few to be looked at more closely, the probes.
///
/// What residuals lead to first, d Pᵀ r, is known for these nodes exactly, and so how far opposite signs cancel there. Nodes are drawn
/// with a probability that grows with the square root of the number of edges that lead to them, as what random residuals lead to
/// does, systematically along the order of the nodes (Särndal, Swensson & Wretman, *Model Assisted Survey Sampling*, 1992, §3.6); from
/// some thousand edges on it grows no more, for the few nodes that have so many would make up most of what is read.
///
/// Reading it costs the edges that lead to it: some ten thousands for millions of nodes.
struct TargetSample: Sendable {
  /// How many nodes are drawn.
  static let size = 288

  struct Target: Sendable {
    let node: Int
    /// 1 ÷ the probability of being drawn.
    let share: Double
    fileprivate(set) var sources: [UInt32] = []
    fileprivate(set) var weights: [Double] = []
    /// What part each was of what left its source when the sample was drawn.
    fileprivate(set) var shares: [Double] = []
    /// Which probe it is, if it is one.
    fileprivate(set) var probe: Int?
    /// What residuals of another kind lead to, as it was when edges that lead here last changed.
    var spread = 0.0
    var isStale = true
  }

  var targets: [Target] = []
  private var places: [UInt32: Int] = [:]
  /// How far the draw is between two nodes, and how far a node goes that nothing leads to.
  private var position = 0.0
  private var freshStep = 1.0
  private var nodeCount = 0
  /// How many nodes were drawn at once, among them the probes.
  private(set) var drawnCount = 0

  /// The nodes that are probes, in their order.
  var probes: [Int] { targets.lazy.filter { $0.probe != nil }.map(\.node) }

  /// Draws a sample of the nodes of a graph; O(nodes + edges).
  mutating func prepare(_ graph: LiveGraph, leaving: [Double], seed: UInt64) {
    var sizes = [Double](repeating: 0, count: graph.nodeCount)
    for node in sizes.indices { graph.forEachEdge(of: node) { target, _ in sizes[target] += 1 } }
    for node in sizes.indices { sizes[node] = ((sizes[node] + 0.25) / (1 + sizes[node] / 1_000)).squareRoot() }
    let rate = Self.rate(sizes)
    (targets, places, nodeCount) = ([], [:], 0)
    var random = SeededGenerator(seed: seed ^ 0x7461_7267_6574)
    (position, freshStep) = (random.unit(), 1)
    for size in sizes { draw(size * rate) }
    freshStep = 0.5 * rate
    drawnCount = targets.count
    let probeCount = min(ErrorProbes.nodeCount, drawnCount)
    // One of each stretch, each drawn for itself: at the same place in all, there would be few samples to draw.
    for probe in 0..<probeCount {
      let (start, end) = (probe * drawnCount / probeCount, (probe + 1) * drawnCount / probeCount)
      targets[start + random.below(end - start)].probe = probe
    }
    var drawn = [Int32](repeating: -1, count: graph.nodeCount)
    for place in targets.indices { drawn[targets[place].node] = Int32(truncatingIfNeeded: place) }
    for source in 0..<graph.nodeCount {
      graph.forEachEdge(of: source) { target, weight in
        let place = Int(drawn[target])
        guard place >= 0 else { return }
        targets[place].sources.append(UInt32(truncatingIfNeeded: source))
        targets[place].weights.append(weight)
        targets[place].shares.append(leaving[source] > 0 ? weight / leaving[source] : 0)
      }
    }
  }

  /// Adds a node that nothing leads to.
  mutating func appendNode() { draw(freshStep) }

  /// Notes what an edge weighs now; `nil` when it is gone.
  mutating func set(_ source: Int, _ target: Int, weight: Double?) {
    guard let place = places[UInt32(truncatingIfNeeded: target)] else { return }
    targets[place].isStale = true
    let slot = targets[place].sources.firstIndex(of: UInt32(truncatingIfNeeded: source))
    switch (slot, weight) {
    case (let slot?, let weight?): targets[place].weights[slot] = weight
    case (let slot?, nil):
      targets[place].sources.remove(at: slot)
      targets[place].weights.remove(at: slot)
      targets[place].shares.remove(at: slot)
    case (nil, let weight?):
      targets[place].sources.append(UInt32(truncatingIfNeeded: source))
      targets[place].weights.append(weight)
      targets[place].shares.append(0)
    case (nil, nil): break
    }
  }

  private mutating func draw(_ step: Double) {
    let probability = min(step, 1)
    position += probability
    if position >= 1 {
      position -= 1
      places[UInt32(truncatingIfNeeded: nodeCount)] = targets.count
      targets.append(Target(node: nodeCount, share: 1 / probability))
    }
    nodeCount += 1
  }

  /// By what to multiply sizes for probabilities, at most 1, that sum up to the size of the sample.
  private static func rate(_ sizes: [Double]) -> Double {
    guard sizes.count > 2 * size else { return 1 / (sizes.min() ?? 0.5) }
    var rate = Double(size) / sizes.reduce(0, +)
    while true {
      var (certain, others) = (0, 0.0)
      for size in sizes { if size * rate >= 1 { certain += 1 } else { others += size } }
      let next = others > 0 ? Double(size - certain) / others : rate
      if next <= rate { return rate }
      rate = next
    }
  }
}
