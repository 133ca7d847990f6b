import DenseData

/// The rounds of PageRank: every node takes in what its predecessors give (pull), so that threads write to nodes of their
/// own and sums have one order.
struct PageRankSolver: ~Copyable {
  private let nodeCount: Int
  private let damping: Double
  private let usesWeights: Bool
  private let spreadsUniformly: Bool
  private var teleport: [Double]
  /// The edges by the node they enter.
  private var entering: Adjacency
  private var cuts: [Int]
  private var rank: ScratchBuffer<Double>
  /// The part of its rank that a node gives along an edge of weight 1: damping × rank ÷ what leaves it.
  private var gift: ScratchBuffer<Double>
  private var nextGift: ScratchBuffer<Double>
  /// damping ÷ what leaves a node; 0 where nothing does.
  private var rate: ScratchBuffer<Double>
  /// By chunk: the change, and the rank of nodes that nothing leaves.
  private var change: ScratchBuffer<Double>
  private var stranded: ScratchBuffer<Double>
  private var strandedRank: Double
  /// How many edges leave each node.
  private let degrees: [UInt32]
  /// The nodes in the order in which they stand in the columns; empty for that of their numbers.
  private var order: [UInt32] = []
  private var rounds = 0

  init(graph: DenseGraph, settings: PageRank, teleport: [Double]?, start: [Double]?) {
    damping = settings.damping
    usesWeights = settings.usesWeights && graph.isWeighted
    self.teleport = teleport ?? []
    spreadsUniformly = settings.dangling == .uniform && teleport != nil
    entering = graph.into
    cuts = graph.into.chunks()
    let count = graph.nodeCount
    nodeCount = count
    rank = ScratchBuffer(start ?? teleport ?? [Double](repeating: 1 / Double(count), count: count))
    let leaving = graph.outWeights(usesWeights: usesWeights)
    rate = ScratchBuffer(count, repeating: 0)
    gift = ScratchBuffer(count, repeating: 0)
    nextGift = ScratchBuffer(count, repeating: 0)
    change = ScratchBuffer(cuts.count, repeating: 0)
    stranded = ScratchBuffer(cuts.count, repeating: 0)
    strandedRank = 0
    // Asked of the graph: reading it from this value without copies before it was whole crashed one release build.
    let isLarge =
      count >= 1 << 17 && !graph.into.neighbours.isEmpty
      && settings.maximumIterations >= 3 * Self.roundsBeforeReordering
    degrees = isLarge ? graph.out.withRows { rows in (0..<count).map { UInt32(rows.degree($0)) } } : []
    for node in 0..<count {
      if leaving[node] > 0 { rate[node] = settings.damping / leaving[node] } else { strandedRank += rank[node] }
      gift[node] = rank[node] * rate[node]
    }
  }

  var ranks: [Double] {
    if order.isEmpty { return rank.array() }
    var ranks = [Double](repeating: 0, count: nodeCount)
    for (place, node) in order.enumerated() { ranks[Int(node)] = rank[place] }
    return ranks
  }

  /// Reordering costs about two rounds and makes the others a third quicker or more: worth it once it is clear that there
  /// are many.
  private static let roundsBeforeReordering = 5

  /// Numbers nodes anew such that those that give along many edges lie close together and stay in the fast memory.
  private mutating func reorder() {
    order = NodeOrder.descending(degrees)
    var place = [UInt32](repeating: 0, count: nodeCount)
    for (new, node) in order.enumerated() { place[Int(node)] = UInt32(truncatingIfNeeded: new) }
    entering = entering.renumbered(order: order, place: place, keepsWeights: usesWeights)
    cuts = entering.chunks()
    change = ScratchBuffer(cuts.count, repeating: 0)
    stranded = ScratchBuffer(cuts.count, repeating: 0)
    rank = Self.reordered(rank, order)
    gift = Self.reordered(gift, order)
    rate = Self.reordered(rate, order)
    if !teleport.isEmpty { teleport = order.map { teleport[Int($0)] } }
  }

  private static func reordered(
    _ values: borrowing ScratchBuffer<Double>, _ order: [UInt32]
  ) -> ScratchBuffer<Double> {
    let result = ScratchBuffer(order.count, repeating: 0.0)
    for (place, node) in order.enumerated() { result[place] = values[Int(node)] }
    return result
  }

  /// Does one round and returns the sum of absolute changes.
  mutating func round(on loop: ChunkedLoop) -> Double {
    if rounds == Self.roundsBeforeReordering, !degrees.isEmpty { reorder() }
    rounds += 1
    let count = nodeCount
    let restartMass = 1 - damping + (spreadsUniformly ? 0 : damping * strandedRank)
    let everywhere = spreadsUniformly ? damping * strandedRank / Double(count) : 0
    let base = teleport.isEmpty ? restartMass / Double(count) : everywhere
    let (rank, gift, next, rate) = (rank.base, gift.base, nextGift.base, rate.base)
    let (change, stranded) = (change.base, stranded.base)
    let (cuts, isWeighted) = (cuts, usesWeights)
    teleport.withUnsafeBufferPointer { teleport in
      entering.withRows { rows in
        loop.run(cuts.count - 1) { _, chunk in
          var difference = 0.0
          var left = 0.0
          for node in cuts[chunk]..<cuts[chunk + 1] {
            let (start, end) = (rows.start(node), rows.end(node))
            let taken = isWeighted ? rows.weightedSum(of: gift, start, end) : rows.sum(of: gift, start, end)
            let restart = teleport.count > 0 ? base + restartMass * teleport[node] : base
            let value = taken + restart
            difference += abs(value - rank[node])
            rank[node] = value
            if rate[node] == 0 { left += value }
            next[node] = value * rate[node]
          }
          change[chunk] = difference
          stranded[chunk] = left
        }
      }
    }
    swap(&self.gift, &nextGift)
    strandedRank = 0
    var total = 0.0
    for chunk in 0..<max(cuts.count - 1, 0) {
      total += change[chunk]
      strandedRank += stranded[chunk]
    }
    return total
  }
}

extension Adjacency {
  /// The same edges between nodes numbered anew; within a row they keep their order.
  /// - Parameters:
  ///   - order: the present number of each node.
  ///   - place: the new number of each node.
  fileprivate func renumbered(order: [UInt32], place: [UInt32], keepsWeights: Bool) -> Adjacency {
    var starts = [UInt32](repeating: 0, count: order.count + 1)
    var columns = [Double]()
    if keepsWeights { columns.reserveCapacity(neighbours.count) }
    let ids = [UInt32](unsafeUninitializedCapacity: neighbours.count) { buffer, filled in
      withRows { rows in
        place.withUnsafeBufferPointer { place in
          var next = 0
          for (new, node) in order.enumerated() {
            for edge in rows.start(Int(node))..<rows.end(Int(node)) {
              buffer[next] = place[rows.neighbour(edge)]
              next &+= 1
              if keepsWeights { columns.append(rows.weights[edge]) }
            }
            starts[new + 1] = UInt32(truncatingIfNeeded: next)
          }
        }
      }
      filled = neighbours.count
    }
    return Adjacency(offsets: starts, neighbours: ids, weights: columns)
  }
}

extension AdjacencyRows {
  /// The sum of the values of some neighbours, in four partial sums so that additions do not wait for each other.
  @inline(__always)
  func sum(of values: UnsafeMutablePointer<Double>, _ start: Int, _ end: Int) -> Double {
    var (one, two, three, four) = (0.0, 0.0, 0.0, 0.0)
    var edge = start
    // Most rows are short: one loop mispredicts one end, two do so twice.
    while end &- edge >= 16 {
      one += values[Int(neighbours[edge])]
      two += values[Int(neighbours[edge &+ 1])]
      three += values[Int(neighbours[edge &+ 2])]
      four += values[Int(neighbours[edge &+ 3])]
      edge &+= 4
    }
    while edge < end {
      one += values[Int(neighbours[edge])]
      edge &+= 1
    }
    return (one + two) + (three + four)
  }

  /// The sum of values times the weights of edges.
  @inline(__always)
  func weightedSum(of values: UnsafeMutablePointer<Double>, _ start: Int, _ end: Int) -> Double {
    var (one, two) = (0.0, 0.0)
    var edge = start
    while edge &+ 2 <= end {
      one += values[Int(neighbours[edge])] * weights[edge]
      two += values[Int(neighbours[edge &+ 1])] * weights[edge &+ 1]
      edge &+= 2
    }
    if edge < end { one += values[Int(neighbours[edge])] * weights[edge] }
    return one + two
  }
}
