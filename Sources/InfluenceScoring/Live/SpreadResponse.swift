/// What residuals of one sign become that have spread: the same wherever they began.
///
/// A residual that is passed on again and again ends up as a little everywhere, in proportion to what arrives at each node by
/// some steps from anywhere. No edge then carries enough to be followed and yet all together add up. What that shape of residual
/// changes in the values is worked out once, so that such a part can be taken out of all residuals in one go, as deflation does
/// in iterative solvers (Saad, *Iterative Methods for Sparse Linear Systems*, 2nd ed., 2003, §9.6; here with one vector).
///
/// 16 bytes a node.
struct SpreadResponse: Sendable {
  /// h, what the values change by.
  private(set) var values: [Double]
  /// h − d Pᵀ h, what the residuals change by then, taken away; of the graph as it is.
  private(set) var lacks: [Double]
  /// What the values sum up to, of the graph it was worked out for.
  private var size = 0.0
  /// What nodes lack that pass theirs on; of the graph as it is.
  private var lacking = 0.0
  /// What values and residuals together sum up to, and at most what the absolute residuals do; of the graph as it is.
  private(set) var published = 0.0
  private(set) var absoluteLacks = 0.0
  /// How many edges that graph had.
  private let edgeCount: Int

  private static let steps = 3
  private static let rounds = 16

  /// Works it out for a graph; O(edges) for each of some twenty rounds.
  init(_ graph: LiveGraph, leaving: [Double], damping: Double) {
    let count = graph.nodeCount
    edgeCount = graph.edgeCount
    func passed(_ amounts: [Double], _ factor: Double) -> [Double] {
      var next = [Double](repeating: 0, count: count)
      for node in amounts.indices where leaving[node] > 0 && amounts[node] > 0 {
        let rate = factor * amounts[node] / leaving[node]
        graph.forEachEdge(of: node) { target, weight in next[target] += rate * weight }
      }
      return next
    }
    var spread = [Double](repeating: 1, count: count)
    for _ in 0..<Self.steps { spread = passed(spread, 1) }
    var response = [Double](repeating: 0, count: count)
    for _ in 0..<Self.rounds {
      for node in spread.indices { response[node] += spread[node] }
      spread = passed(spread, damping)
    }
    values = response
    lacks = zip(values, passed(values, damping)).map { $0 - $1 }
    size = response.reduce(0, +)
    sumUp(leaving)
  }

  /// Adds up anew what is kept as a sum; O(nodes).
  mutating func sumUp(_ leaving: [Double]) {
    lacking = lacks.indices.reduce(0) { leaving[$1] > 0 ? $0 + lacks[$1] : $0 }
    published = values.reduce(0, +) - lacks.reduce(0, +)
    absoluteLacks = lacks.reduce(0) { $0 + abs($1) }
  }

  /// Whether a graph is still about the one it was worked out for; what it takes out is taken out exactly in any case.
  func fits(_ graph: LiveGraph) -> Bool { graph.edgeCount / 2 <= edgeCount && edgeCount / 2 <= graph.edgeCount }

  /// How many times it is in residuals that sum up to this over the nodes that pass them on.
  func share(of signed: Double) -> Double { isMuch(lacking) ? signed / lacking : 0 }

  /// Whether a sum over what it lacks is about that of absolute amounts, and not what opposite signs leave of it, as where the
  /// graph has changed a lot: what is taken out for it would add more than it takes.
  func isMuch(_ sum: Double) -> Bool { abs(sum) > 0.25 * absoluteLacks }

  /// By how much so many times it changes the values at most, in all.
  func size(of share: Double) -> Double { abs(share) * size }

  mutating func appendNode() {
    values.append(0)
    lacks.append(0)
  }

  mutating func addLack(_ amount: Double, to node: Int, counts: Bool) {
    lacks[node] += amount
    if counts { lacking += amount }
    published -= amount
    absoluteLacks += abs(amount)
  }

  /// Notes that a node passes its residual on from now on, or does not any more.
  mutating func setCounts(_ counts: Bool, of node: Int) { lacking += counts ? lacks[node] : -lacks[node] }

  /// Scales what a node's value changes by, and returns by how much that grew.
  mutating func scale(_ node: Int, by factor: Double) -> Double {
    let old = values[node]
    values[node] = old * factor
    published += values[node] - old
    return values[node] - old
  }
}
