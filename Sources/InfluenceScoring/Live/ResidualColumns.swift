/// The columns of ranks that change, inside a loop; the arrays behind them are not touched otherwise meanwhile.
struct ResidualColumns<Amount: ResidualAmount> {
  let values: UnsafeMutableBufferPointer<Double>
  let residuals: Residuals.Columns<Amount>
  /// What leaves each node; 0 where nothing does.
  let leaving: UnsafeBufferPointer<Double>
  let graph: LiveGraph
  let rows: AdjacencyRows
  /// A bit for each node: whether something changed in its row.
  let changed: UnsafeBufferPointer<UInt64>
  let probes: ErrorProbes.Columns?
  let damping: Double

  @inline(__always) var amounts: UnsafeMutableBufferPointer<Amount> { residuals.amounts }
  @inline(__always) var end: Int { residuals.end }

  @inline(__always)
  func counts(_ node: Int) -> Bool { residuals.classes[node] != RowClass.empty }

  @inline(__always)
  func isLarge(_ amount: Amount, at node: Int, _ threshold: Double) -> Bool {
    Double(abs(amount)) > threshold * residuals.sizes[Int(residuals.classes[node])]
  }

  @inline(__always)
  func hasChanged(_ node: Int) -> Bool { changed[node >> 6] >> UInt64(node & 63) & 1 != 0 }

  /// Takes the residual of a node that edges leave into its value and gives what follows from it to `give`.
  @inline(__always)
  func pass(_ node: Int, _ work: inout PassingWork, _ give: (_ target: Int, _ amount: Amount) -> Void) {
    let amount = Double(amounts[node])
    amounts[node] = 0
    values[node] += amount
    work.grown += amount
    work.passed += abs(amount)
    let (start, end) = (rows.start(node), rows.end(node))
    work.visited &+= end &- start &+ 1
    work.nodes &+= 1
    let isAsItWas = !hasChanged(node)
    let rate = damping * amount / (isAsItWas && !rows.isWeighted ? Double(end &- start) : leaving[node])
    if rows.isWeighted {
      for edge in start..<end { give(rows.neighbour(edge), Amount(rate * rows.weights[edge])) }
    } else {
      let share = Amount(rate)
      for edge in start..<end { give(rows.neighbour(edge), share) }
    }
    if !isAsItWas { passChanges(node, amount, &work, give) }
  }

  /// What of a residual besides is passed on along edges that are not in the compressed row.
  @inline(never)
  private func passChanges(
    _ node: Int, _ amount: Double, _ work: inout PassingWork, _ give: (_ target: Int, _ amount: Amount) -> Void
  ) {
    let rate = damping * amount / leaving[node]
    graph.forEachDifference(of: node) { edge in
      work.visited &+= 1
      give(Int(edge.target), Amount(rate * edge.step))
    }
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
        amounts[node &+ lane] = Amount(Double(amounts[node &+ lane]) - share * lacks[node &+ lane])
      }
    }
    for node in even..<amounts.count {
      grown[0] += share * response[node]
      values[node] += share * response[node]
      amounts[node] = Amount(Double(amounts[node]) - share * lacks[node])
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
        let amount = Double(amounts[start &+ lane])
        let counted = counts(start &+ lane) ? amount : 0
        absolute[lane] += abs(counted)
        signed[lane] += counted
        all[lane] += amount
      }
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
      for node in nodes { sums.add(Double(amounts[node]), counts: counts(node)) }
    }
    return sums
  }
}

/// What was passed on since residuals were worked out anew.
struct PassedSince: Sendable {
  /// How many residuals, and how much of them.
  var nodes = 0
  var amount = 0.0

  mutating func add(_ work: PassingWork) {
    nodes += work.nodes
    amount += work.passed
  }
}

/// What a loop did: how many edges it followed and of how many nodes, by how much the sum of the values grew and by how much it
/// would have without signs.
struct PassingWork {
  var visited = 0
  var nodes = 0
  var grown = 0.0
  var passed = 0.0
  /// What was read ahead; kept so that reading is not left out.
  var read: UInt64 = 0
}
