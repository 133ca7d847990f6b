/// What the values of nodes lack, and what of that falls on each edge that takes it on.
struct Residuals: Sendable {
  /// What each value lacks.
  var amounts: [Double]
  /// 1 ÷ (1 + number of edges that leave the node); 0 where nothing does, so that nothing is ever passed on there.
  var perEdge: [Float]
  /// Nodes from here on pass nothing on.
  var end = 0

  init(count: Int) {
    amounts = [Double](repeating: 0, count: count)
    perEdge = [Float](repeating: 0, count: count)
  }

  mutating func append() {
    amounts.append(0)
    perEdge.append(0)
  }

  mutating func setDegree(_ degree: Int, of node: Int) {
    perEdge[node] = degree > 0 ? 1 / Float(degree + 1) : 0
    if degree > 0, node >= end { end = node + 1 }
  }

  func isLarge(_ amount: Double, at node: Int, _ threshold: Double) -> Bool {
    abs(amount) * Double(perEdge[node]) > threshold
  }

  /// Hands the columns to a loop.
  mutating func withColumns<Result>(
    _ body: (_ amounts: UnsafeMutableBufferPointer<Double>, _ perEdge: UnsafeBufferPointer<Float>, _ end: Int) -> Result
  ) -> Result {
    amounts.withUnsafeMutableBufferPointer { amounts in
      perEdge.withUnsafeBufferPointer { perEdge in body(amounts, perEdge, end) }
    }
  }
}

/// What residuals sum up to.
struct ResidualSums: Sendable, Hashable {
  /// Of nodes that pass theirs on; this one at most.
  var absolute = 0.0
  /// Of those too, with their signs.
  var signed = 0.0
  /// By how much that may be off.
  var slack = 0.0
  /// Of all nodes.
  var all = 0.0

  mutating func add(_ amount: Double, counts: Bool) {
    all += amount
    guard counts else { return }
    absolute += abs(amount)
    signed += amount
  }

  /// Takes in what was passed on without looking at where it went.
  mutating func pass(_ work: ResidualColumns.Work, damping: Double) {
    all -= (1 - damping) * work.grown
    absolute -= (1 - damping) * work.passed
    signed -= work.grown
    slack += damping * work.passed
  }
}

/// The columns of ranks that change, inside a loop; the arrays behind them are not touched otherwise meanwhile.
struct ResidualColumns {
  let values: UnsafeMutableBufferPointer<Double>
  let amounts: UnsafeMutableBufferPointer<Double>
  let perEdge: UnsafeBufferPointer<Float>
  /// What leaves each node; 0 where nothing does.
  let leaving: UnsafeBufferPointer<Double>
  /// Nodes from here on pass nothing on.
  let end: Int
  let graph: LiveGraph
  let rows: AdjacencyRows
  /// Below 0 where nothing changed in the row of a node.
  let changed: UnsafeBufferPointer<Int32>
  let probes: ErrorProbes.Columns?
  let damping: Double

  /// What a loop did: how many edges it followed, by how much the sum of the values grew and by how much it would have without
  /// signs.
  struct Work {
    var visited = 0
    var grown = 0.0
    var passed = 0.0
    /// What was read ahead; kept so that reading is not left out.
    var read: UInt64 = 0
  }

  @inline(__always)
  func isLarge(_ amount: Double, at node: Int, _ threshold: Double) -> Bool {
    abs(amount) * Double(perEdge[node]) > threshold
  }

  /// Takes the residual of a node that edges leave into its value and gives what follows from it to `give`.
  @inline(__always)
  func pass(_ node: Int, _ work: inout Work, _ give: (_ target: Int, _ amount: Double) -> Void) {
    let amount = amounts[node]
    amounts[node] = 0
    values[node] += amount
    work.grown += amount
    work.passed += abs(amount)
    let rate = damping * amount / leaving[node]
    let (start, end) = (rows.start(node), rows.end(node))
    work.visited &+= end &- start &+ 1
    if rows.isWeighted {
      for edge in start..<end { give(rows.neighbour(edge), rate * rows.weights[edge]) }
    } else {
      for edge in start..<end { give(rows.neighbour(edge), rate) }
    }
    if changed[node] >= 0 { passChanges(node, amount, &work, give) }
  }

  /// What of a residual besides is passed on along edges that are not in the compressed row.
  @inline(never)
  private func passChanges(
    _ node: Int, _ amount: Double, _ work: inout Work, _ give: (_ target: Int, _ amount: Double) -> Void
  ) {
    let rate = damping * amount / leaving[node]
    var before = leaving[node]
    graph.forEachDifference(of: node) { target, step in
      work.visited &+= 1
      give(target, rate * step)
      probes?.add(rate * step, to: target)
      before -= step
    }
    probes?.scale(amount, of: node, by: before / leaving[node])
  }

  /// Takes out of the residuals so many times what lacks, which adds as many times the response to the values, and returns
  /// what that sums up to.
  func takeOut(_ share: Double, of lacks: UnsafeBufferPointer<Double>, response: UnsafeBufferPointer<Double>) -> Double
  {
    // Two at a time, so that additions do not wait for each other.
    var grown = SIMD2<Double>()
    let even = amounts.count & ~1
    for node in stride(from: 0, to: even, by: 2) {
      for lane in 0..<2 {
        let step = share * response[node &+ lane]
        grown[lane] += step
        values[node &+ lane] += step
        amounts[node &+ lane] -= share * lacks[node &+ lane]
      }
    }
    for node in even..<amounts.count {
      grown[0] += share * response[node]
      values[node] += share * response[node]
      amounts[node] -= share * lacks[node]
    }
    return grown.sum()
  }

  /// Adds up all residuals.
  func summedUp() -> ResidualSums {
    var sums = ResidualSums()
    // Four at a time, so that additions do not wait for each other.
    var (absolute, signed, all) = (SIMD4<Double>(), SIMD4<Double>(), SIMD4<Double>())
    let wide = end & ~3
    for start in stride(from: 0, to: wide, by: 4) {
      for lane in 0..<4 {
        let amount = amounts[start &+ lane]
        let counted = perEdge[start &+ lane] > 0 ? amount : 0
        absolute[lane] += abs(counted)
        signed[lane] += counted
        all[lane] += amount
      }
    }
    // Those at the end pass nothing on.
    let tail = end + (amounts.count - end) & ~3
    for start in stride(from: end, to: tail, by: 4) {
      for lane in 0..<4 { all[lane] += amounts[start &+ lane] }
    }
    sums.absolute = absolute.sum()
    sums.signed = signed.sum()
    sums.all = all.sum()
    for nodes in [wide..<end, tail..<amounts.count] {
      for node in nodes { sums.add(amounts[node], counts: perEdge[node] > 0) }
    }
    return sums
  }
}
