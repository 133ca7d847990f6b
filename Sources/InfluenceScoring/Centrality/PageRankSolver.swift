import DenseData

/// The rounds of PageRank: every node takes in what its predecessors give (pull), so that threads write to nodes of their
/// own and sums have one order.
struct PageRankSolver: ~Copyable {
  private let graph: DenseGraph
  private let damping: Double
  private let usesWeights: Bool
  private let spreadsUniformly: Bool
  private let teleport: [Double]
  private let cuts: [Int]
  private let rank: ScratchBuffer<Double>
  /// The part of its rank that a node gives along an edge of weight 1: damping × rank ÷ what leaves it.
  private var gift: ScratchBuffer<Double>
  private var nextGift: ScratchBuffer<Double>
  /// damping ÷ what leaves a node; 0 where nothing does.
  private let rate: ScratchBuffer<Double>
  /// By chunk: the change, and the rank of nodes that nothing leaves.
  private let change: ScratchBuffer<Double>
  private let stranded: ScratchBuffer<Double>
  private var strandedRank: Double

  init(graph: DenseGraph, settings: PageRank, teleport: [Double]?, start: [Double]?) {
    self.graph = graph
    damping = settings.damping
    usesWeights = settings.usesWeights && graph.isWeighted
    self.teleport = teleport ?? []
    spreadsUniformly = settings.dangling == .uniform && teleport != nil
    cuts = graph.into.chunks()
    let count = graph.nodeCount
    rank = ScratchBuffer(start ?? teleport ?? [Double](repeating: 1 / Double(count), count: count))
    let leaving = graph.outWeights(usesWeights: usesWeights)
    rate = ScratchBuffer(count, repeating: 0)
    gift = ScratchBuffer(count, repeating: 0)
    nextGift = ScratchBuffer(count, repeating: 0)
    change = ScratchBuffer(cuts.count, repeating: 0)
    stranded = ScratchBuffer(cuts.count, repeating: 0)
    strandedRank = 0
    for node in 0..<count {
      if leaving[node] > 0 { rate[node] = settings.damping / leaving[node] } else { strandedRank += rank[node] }
      gift[node] = rank[node] * rate[node]
    }
  }

  var ranks: [Double] { rank.array() }

  /// Does one round and returns the sum of absolute changes.
  mutating func round(on loop: ChunkedLoop) -> Double {
    let count = graph.nodeCount
    let restartMass = 1 - damping + (spreadsUniformly ? 0 : damping * strandedRank)
    let everywhere = spreadsUniformly ? damping * strandedRank / Double(count) : 0
    let base = teleport.isEmpty ? restartMass / Double(count) : everywhere
    let (rank, gift, next, rate) = (rank.base, gift.base, nextGift.base, rate.base)
    let (change, stranded) = (change.base, stranded.base)
    let (cuts, isWeighted) = (cuts, usesWeights)
    teleport.withUnsafeBufferPointer { teleport in
      graph.into.withRows { rows in
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
