import DenseData

/// What residuals lead to after the first step, at a few nodes and in all, kept for ranks that change.
///
/// The ranks lack e = d Pᵀ r + f, where r are the residuals and f = (I − d Pᵀ)⁻¹ (d Pᵀ)² r. What residuals lead to first a
/// ``TargetSample`` sees; the rest, f, has been spread and cancelled by one more step. At a node v it is a·r, where
/// a = d P (d P c + a) and c is 1 at v, which is worked out once for a graph; with c = 1 everywhere it is the sum of all. So a residual that changes
/// by x at node u changes a probe by x a(u), and passing x on from u by −x b(u) with b = a − d P a, however many edges u has.
///
/// 64 bytes a node. a belongs to the graph it was worked out for and does not change with it: the probes are those of the
/// error that the residuals would make there. b is that of the rows as they are, so that a·r is kept but for rounding, and what
/// that adds up to is taken out again after many steps.
struct ErrorProbes: Sendable {
  /// The last probe is no node but the sum, and of all of the error.
  static let count = ProbeRow.count
  /// For how many nodes there are probes.
  static let nodeCount = count - 1

  let damping: Double
  /// By node, then probe: a and b.
  private var traces: [ProbeRow] = []
  private var steps: [ProbeRow] = []
  /// What each probe is of the residuals of ``SpreadResponse``.
  private var ofSpread = [Double](repeating: 0, count: count)
  /// The value of each probe.
  private var totals = [Double](repeating: 0, count: count)

  init(damping: Double) { self.damping = damping }

  /// A node whose residual does not count: edges left it when everything was worked out and now do not, so that it leads nowhere, or
  /// it is looked at otherwise.
  struct Exception {
    let node: Int
    let amount: Double
    /// That of the spread response.
    let lack: Double
  }

  /// The values of all probes.
  ///
  /// - Parameter share: how many times the spread response is taken out of the residuals besides.
  func values(without share: Double, except exceptions: [Exception]) -> [Double] {
    (0..<Self.count).map { probe in
      let sums = sums(of: probe, exceptions)
      return sums.error - share * sums.spread
    }
  }

  /// The sum of the error, with its signs, and that of what the spread response would add to it.
  func sums(except exceptions: [Exception]) -> (error: Double, spread: Double) { sums(of: Self.nodeCount, exceptions) }

  private func sums(of probe: Int, _ exceptions: [Exception]) -> (error: Double, spread: Double) {
    var (error, spread) = (totals[probe], ofSpread[probe])
    for one in exceptions {
      let trace = Double(traces[one.node][probe])
      error -= one.amount * trace
      spread -= one.lack * trace
    }
    return (error, spread)
  }

  /// Notes that the residual of a node changed.
  mutating func add(_ amount: Double, to node: Int) {
    for probe in 0..<Self.count { totals[probe] += amount * Double(traces[node][probe]) }
  }

  /// Notes that the row of a node became `scale` times what it was and that edges were added to it, each with its weight ÷ that
  /// of all: of a row that is new, all of them.
  mutating func changeRow(of node: Int, scale: Double, adding edges: some Sequence<(target: Int, share: Double)>) {
    var (first, second) = (SIMD8<Float>(), SIMD8<Float>())
    for edge in edges {
      let part = Float(damping * edge.share)
      first += part * traces[edge.target].first
      second += part * traces[edge.target].second
    }
    let (trace, factor) = (traces[node], Float(scale))
    first = trace.first - factor * (trace.first - steps[node].first) - first
    second = trace.second - factor * (trace.second - steps[node].second) - second
    steps[node] = ProbeRow(first: first, second: second)
  }

  /// Notes that a residual of the spread response changed.
  mutating func addToSpread(_ amount: Double, to node: Int) {
    for probe in 0..<Self.count { ofSpread[probe] += amount * Double(traces[node][probe]) }
  }

  /// Notes that so many times the spread response was taken out of the residuals.
  mutating func takeOutSpread(_ share: Double) {
    for probe in 0..<Self.count { totals[probe] -= share * ofSpread[probe] }
  }

  /// Moves to large pages what passing on reads.
  func moveToLargePages() { steps.moveToLargePages() }

  /// Adds a node that nothing leaves.
  mutating func appendNode() {
    traces.append(ProbeRow())
    steps.append(ProbeRow())
  }

  /// Works everything out for a graph and probes of some of its nodes; O(edges) for each of up to 40 rounds.
  mutating func prepare(
    _ graph: LiveGraph, leaving: [Double], at nodes: [Int], residuals: Residuals, spread: [Double]
  ) {
    let size = graph.nodeCount * Self.count
    let rows = ProbeRows(graph: graph, leaving: leaving, damping: damping)
    let a = ScratchBuffer(size, repeating: Float(0))
    let b = ScratchBuffer(size, repeating: Float(0))
    do {
      let starts = ScratchBuffer(size, repeating: Float(0))
      for (probe, node) in nodes.prefix(Self.nodeCount).enumerated() { starts[node * Self.count + probe] = 1 }
      for node in 0..<graph.nodeCount { starts[node * Self.count + Self.nodeCount] = 1 }
      for node in 0..<graph.nodeCount { rows.mean(of: starts.base, over: node, into: b.base + node * Self.count) }
    }
    var round = 0
    repeat { round += 1 } while rows.round(a.base, adding: b.base) > 0.01 && round < 40
    // One step on, for the later part; the sum is of all.
    b.fill(0)
    for node in 0..<graph.nodeCount {
      rows.mean(of: a.base, over: node, into: b.base + node * Self.count)
      b[node * Self.count + Self.nodeCount] = a[node * Self.count + Self.nodeCount]
    }
    traces = Self.rows(b)
    // What passing on changes is taken from a as it is and not as it would be after more rounds, so that a·r stays exact.
    for slot in 0..<size { (a[slot], b[slot]) = (traces[slot / Self.count][slot % Self.count], 0) }
    for node in 0..<graph.nodeCount { rows.mean(of: a.base, over: node, into: b.base + node * Self.count) }
    for slot in 0..<size { b[slot] = a[slot] - b[slot] }
    steps = Self.rows(b)
    sumUp(residuals)
    ofSpread = sums(count: spread.count) { spread[$0] }
  }

  /// By node, then probe.
  private static func rows(_ values: borrowing ScratchBuffer<Float>) -> [ProbeRow] {
    (0..<values.count / count).map { node in
      let row = UnsafeRawPointer(values.base + node * count)
      return ProbeRow(
        first: row.loadUnaligned(as: SIMD8<Float>.self),
        second: row.loadUnaligned(fromByteOffset: 32, as: SIMD8<Float>.self))
    }
  }

  /// Adds up anew what is kept of the residuals; O(nodes).
  mutating func sumUp(_ residuals: Residuals) { totals = sums(count: residuals.count) { residuals[$0] } }

  /// The values of all probes for some residuals.
  private func sums(count: Int, _ residual: (Int) -> Double) -> [Double] {
    var totals = [Double](repeating: 0, count: Self.count)
    totals.withUnsafeMutableBufferPointer { totals in
      traces.withUnsafeBufferPointer { traces in
        for node in 0..<count {
          let amount = residual(node)
          for probe in 0..<Self.count where amount != 0 {
            totals[probe] += amount * Double(traces[node][probe])
          }
        }
      }
    }
    return totals
  }

  /// The columns inside a loop.
  struct Columns {
    let steps: UnsafePointer<ProbeRow>
    let totals: UnsafeMutablePointer<Double>

    /// Notes what was passed on of some nodes, and forgets it.
    ///
    /// A few dozen nodes at a time are added up in single precision.
    @inline(__always)
    func take(_ amounts: UnsafeMutablePointer<Float>, _ rows: UnsafePointer<ProbeRow>, count: Int) {
      var (first, second) = (SIMD8<Float>(), SIMD8<Float>())
      for place in 0..<count {
        first += rows[place].first * amounts[place]
        second += rows[place].second * amounts[place]
        amounts[place] = 0
      }
      for lane in 0..<8 {
        totals[lane] -= Double(first[lane])
        totals[lane &+ 8] -= Double(second[lane])
      }
    }
  }

  /// Hands the columns to a loop.
  mutating func withColumns<Result>(_ body: (Columns?) -> Result) -> Result {
    steps.withUnsafeBufferPointer { steps in
      totals.withUnsafeMutableBufferPointer { totals in
        guard let steps = steps.baseAddress, let totals = totals.baseAddress else { return body(nil) }
        return body(Columns(steps: steps, totals: totals))
      }
    }
  }
}

/// The rows of a graph as probes go back along them.
private struct ProbeRows {
  let graph: LiveGraph
  let leaving: [Double]
  let damping: Double

  /// d × the mean of the rows of `source` at the targets of a node.
  @inline(__always)
  func mean(of source: UnsafePointer<Float>, over node: Int, into row: UnsafeMutablePointer<Float>) {
    guard leaving[node] > 0 else { return }
    let scale = damping / leaving[node]
    graph.forEachEdge(of: node) { target, weight in
      let share = Float(scale * weight)
      let other = source + target * ErrorProbes.count
      for probe in 0..<ErrorProbes.count { row[probe] += share * other[probe] }
    }
  }

  /// Goes from a to b + d P a, node by node in place, and returns the largest relative change of a probe.
  func round(_ traces: UnsafeMutablePointer<Float>, adding steps: UnsafePointer<Float>) -> Double {
    let fresh = ScratchBuffer(ErrorProbes.count, repeating: Float(0))
    var changes = [Double](repeating: 0, count: ErrorProbes.count)
    var sizes = changes
    for node in 0..<graph.nodeCount where leaving[node] > 0 {
      let (old, step) = (traces + node * ErrorProbes.count, steps + node * ErrorProbes.count)
      for probe in 0..<ErrorProbes.count { fresh[probe] = step[probe] }
      mean(of: traces, over: node, into: fresh.base)
      for probe in 0..<ErrorProbes.count {
        changes[probe] += Double(abs(fresh[probe] - old[probe]))
        sizes[probe] += Double(abs(fresh[probe]))
        old[probe] = fresh[probe]
      }
    }
    var largest = 0.0
    for probe in 0..<ErrorProbes.count where sizes[probe] > 0 { largest = max(largest, changes[probe] / sizes[probe]) }
    return largest
  }
}
