import DenseData

extension DenseGraph {
  /// Communities by label propagation: every node takes the label that most of its neighbours have, all at once.
  ///
  /// Raghavan, Albert & Kumara (2007) as LDBC Graphalytics fixes it (CDLP): labels begin as the numbers of the nodes, ties
  /// take the smallest label, in a directed graph neighbours of edges either way count, reciprocal ones twice. Weights do not
  /// count. Rounds end when nothing changes; two-sided graphs may swing for ever, which `converged` tells. O(edges) a
  /// round.
  /// - Parameters:
  ///   - maximumIterations: the most rounds.
  ///   - work: threads and progress.
  /// - Throws: ``GraphError`` with `cancelled`.
  public func labelPropagation(
    maximumIterations: Int = 100, work: GraphWork = GraphWork()
  ) throws(GraphError) -> LabelResult {
    let loop = work.loop(steps: nodeCount + out.neighbours.count)
    let cuts = out.chunks()
    let count = nodeCount
    let votes = ScratchBuffer(loop.threads * count, repeating: UInt32(0))
    let changes = ScratchBuffer(cuts.count, repeating: 0)
    var current = ScratchBuffer((0..<count).map { UInt32(truncatingIfNeeded: $0) })
    var next = ScratchBuffer(count, repeating: UInt32(0))
    let isDirected = !isUndirected
    var rounds = 0
    var converged = count == 0
    while rounds < maximumIterations, !converged {
      let (labels, result, ballots, changed) = (current.base, next.base, votes.base, changes.base)
      out.withRows { leaving in
        into.withRows { entering in
          loop.run(cuts.count - 1) { worker, chunk in
            let tally = ballots + worker * count
            changed[chunk] = 0
            for node in cuts[chunk]..<cuts[chunk + 1] {
              var vote = Vote(label: labels[node])
              vote.count(leaving, node, labels, tally)
              if isDirected { vote.count(entering, node, labels, tally) }
              Vote.clear(leaving, node, labels, tally)
              if isDirected { Vote.clear(entering, node, labels, tally) }
              result[node] = vote.label
              if vote.label != labels[node] { changed[chunk] += 1 }
            }
          }
        }
      }
      swap(&current, &next)
      rounds += 1
      converged = (0..<(cuts.count - 1)).allSatisfy { changes[$0] == 0 }
      try work.report(Double(rounds) / Double(maximumIterations))
    }
    let labels = current.array()
    return LabelResult(
      labels: labels.map { Int($0) }, partition: NodePartition(dense: labels, bound: count), iterations: rounds,
      converged: converged)
  }
}

/// What label propagation found.
public struct LabelResult: Sendable, Hashable {
  /// The label of each node: the number of the node that it comes from.
  public let labels: [Int]
  /// The division into nodes of the same label.
  public let partition: NodePartition
  /// How many rounds were made.
  public let iterations: Int
  /// Whether the last round changed nothing.
  public let converged: Bool
}

/// The most frequent label among neighbours, the smallest of equally frequent ones.
private struct Vote {
  var label: UInt32
  var votes: UInt32 = 0

  init(label: UInt32) { self.label = label }

  @inline(__always)
  mutating func count(
    _ rows: AdjacencyRows, _ node: Int, _ labels: UnsafeMutablePointer<UInt32>, _ tally: UnsafeMutablePointer<UInt32>
  ) {
    for edge in rows.start(node)..<rows.end(node) {
      let candidate = labels[rows.neighbour(edge)]
      let number = tally[Int(candidate)] &+ 1
      tally[Int(candidate)] = number
      if number > votes || (number == votes && candidate < label) { (label, votes) = (candidate, number) }
    }
  }

  @inline(__always)
  static func clear(
    _ rows: AdjacencyRows, _ node: Int, _ labels: UnsafeMutablePointer<UInt32>, _ tally: UnsafeMutablePointer<UInt32>
  ) {
    for edge in rows.start(node)..<rows.end(node) { tally[Int(labels[rows.neighbour(edge)])] = 0 }
  }
}
