/// What the values of nodes lack, and what of that falls on each edge that takes it on.
///
/// What is lacking is small beside the values, so that single precision serves: what rounding loses is a ten-millionth of it.
struct Residuals: Sendable {
  /// What each value lacks.
  var amounts: [Float]
  /// 1 ÷ (1 + number of edges that leave the node); 0 where nothing does, so that nothing is ever passed on there.
  var perEdge: [Float]
  /// Nodes from here on pass nothing on.
  var end = 0

  init(count: Int) {
    amounts = [Float](repeating: 0, count: count)
    perEdge = amounts
  }

  mutating func append() {
    amounts.append(0)
    perEdge.append(0)
  }

  mutating func setDegree(_ degree: Int, of node: Int) {
    perEdge[node] = degree > 0 ? 1 / Float(degree + 1) : 0
    if degree > 0, node >= end { end = node + 1 }
  }

  func isLarge(_ amount: Float, at node: Int, _ threshold: Float) -> Bool { abs(amount) * perEdge[node] > threshold }

  /// Hands the columns to a loop.
  mutating func withColumns<Result>(
    _ body: (_ amounts: UnsafeMutableBufferPointer<Float>, _ perEdge: UnsafeBufferPointer<Float>, _ end: Int) -> Result
  ) -> Result {
    amounts.withUnsafeMutableBufferPointer { amounts in
      perEdge.withUnsafeBufferPointer { perEdge in body(amounts, perEdge, end) }
    }
  }
}

/// What residuals sum up to.
struct ResidualSums: Sendable, Hashable {
  /// Of nodes that pass theirs on.
  var absolute = 0.0
  /// Of those too, with their signs.
  var signed = 0.0
  /// Of all nodes.
  var all = 0.0

  mutating func add(_ amount: Double, counts: Bool) {
    all += amount
    guard counts else { return }
    absolute += abs(amount)
    signed += amount
  }
}

/// The columns of ranks that change, inside a loop; the arrays behind them are not touched otherwise meanwhile.
struct ResidualColumns {
  let values: UnsafeMutableBufferPointer<Double>
  let amounts: UnsafeMutableBufferPointer<Float>
  let perEdge: UnsafeBufferPointer<Float>
  /// What leaves each node; 0 where nothing does.
  let leaving: UnsafeBufferPointer<Double>
  /// Nodes from here on pass nothing on.
  let end: Int
  let graph: LiveGraph
  let rows: AdjacencyRows
  let probes: ErrorProbes.Columns?
  let damping: Double

  /// What a loop did: how many edges it followed, by how much the sum of the values grew.
  struct Work {
    var visited = 0
    var grown = 0.0
    /// What was read ahead; kept so that reading is not left out.
    var read: UInt32 = 0
  }

  /// How many nodes are read ahead.
  static let readAhead = 32

  @inline(__always)
  func isLarge(_ amount: Float, at node: Int, _ threshold: Float) -> Bool { abs(amount) * perEdge[node] > threshold }

  /// Takes the residual of a node that edges leave into its value and gives what follows from it to `give`.
  @inline(__always)
  func pass(_ node: Int, _ work: inout Work, _ give: (_ target: Int, _ amount: Float) -> Void) {
    let amount = Double(amounts[node])
    amounts[node] = 0
    values[node] += amount
    work.grown += amount
    let rate = damping * amount / leaving[node]
    let (start, end) = (rows.start(node), rows.end(node))
    work.visited &+= end &- start &+ 1
    if rows.isWeighted {
      for edge in start..<end { give(rows.neighbour(edge), Float(rate * rows.weights[edge])) }
    } else {
      let share = Float(rate)
      for edge in start..<end { give(rows.neighbour(edge), share) }
    }
    guard let changed = graph.differences(of: node) else { return }
    work.visited &+= changed.targets.count
    var before = leaving[node]
    for slot in changed.targets.indices {
      let step = max(changed.weights[slot], 0) - max(changed.compressed[slot], 0)
      give(Int(changed.targets[slot]), Float(rate * step))
      probes?.add(rate * step, to: Int(changed.targets[slot]))
      before -= step
    }
    probes?.scale(amount, of: node, by: before / leaving[node])
  }

  /// Reads what passing on a node needs and what lies all over the memory: asked for together, one does not wait for the
  /// other.
  @inline(__always)
  func read(_ node: Int) -> UInt32 {
    let (start, end) = (rows.start(node), rows.end(node))
    guard start < end else { return 0 }
    let ends = rows.neighbours[start] ^ rows.neighbours[min(start &+ 16, end &- 1)]
    let place = UInt32(truncatingIfNeeded: values[node].bitPattern ^ leaving[node].bitPattern)
    return ends ^ place ^ (probes?.read(node) ?? 0)
  }

  /// Takes out of the residuals so many times what lacks, which adds as many times the response to the values, and returns
  /// what that sums up to.
  func takeOut(_ share: Float, of lacks: UnsafeBufferPointer<Float>, response: UnsafeBufferPointer<Float>) -> Double {
    let factor = Double(share)
    var grown = SIMD4<Double>()
    let wide = amounts.count & ~3
    for start in stride(from: 0, to: wide, by: 4) {
      for lane in 0..<4 {
        let step = factor * Double(response[start &+ lane])
        grown[lane] += step
        values[start &+ lane] += step
        amounts[start &+ lane] -= share * lacks[start &+ lane]
      }
    }
    var rest = 0.0
    for node in wide..<amounts.count {
      let step = factor * Double(response[node])
      rest += step
      values[node] += step
      amounts[node] -= share * lacks[node]
    }
    return grown.sum() + rest
  }

  /// Adds up all residuals.
  func summedUp() -> ResidualSums {
    var sums = ResidualSums()
    let wide = end & ~3
    // Four at a time, so that additions do not wait for each other.
    var (absolute, signed, all) = (SIMD4<Double>(), SIMD4<Double>(), SIMD4<Double>())
    for start in stride(from: 0, to: wide, by: 4) {
      var (amount, counted) = (SIMD4<Float>(), SIMD4<Float>())
      for lane in 0..<4 {
        amount[lane] = amounts[start &+ lane]
        counted[lane] = perEdge[start &+ lane] > 0 ? amount[lane] : 0
      }
      let exact = SIMD4<Double>(counted)
      for lane in 0..<4 { absolute[lane] += abs(exact[lane]) }
      signed += exact
      all += SIMD4<Double>(amount)
    }
    // Those at the end pass nothing on.
    let tail = end + (amounts.count - end) & ~3
    for start in stride(from: end, to: tail, by: 4) {
      for lane in 0..<4 { all[lane] += Double(amounts[start &+ lane]) }
    }
    sums.absolute = absolute.sum()
    sums.signed = signed.sum()
    sums.all = all.sum()
    for nodes in [wide..<end, tail..<amounts.count] {
      for node in nodes { sums.add(Double(amounts[node]), counts: perEdge[node] > 0) }
    }
    return sums
  }
}
