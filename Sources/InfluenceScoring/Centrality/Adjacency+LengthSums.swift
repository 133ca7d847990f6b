import DenseData

extension Adjacency {
  /// What a search from a node adds to every other.
  enum LengthSum {
    case dependencies
    case inverseDistances
  }

  /// Sums up what searches from some nodes add to every node, in a fixed number of partial sums, whatever the number of
  /// threads.
  func partialSums(
    _ kind: LengthSum, of sources: [Int], nodeCount: Int, work: GraphWork
  ) throws(GraphError) -> [Double] {
    let parts = min(8, max(sources.count, 1))
    let loop = work.loop(steps: sources.count * (nodeCount + neighbours.count) * 4)
    let sums = ScratchBuffer(parts * nodeCount, repeating: 0.0)
    let slots = sums.base
    for first in stride(from: 0, to: sources.count, by: parts * 16) {
      let last = min(first + parts * 16, sources.count)
      withRows { rows in
        loop.run(parts) { _, part in
          let search = LengthSearch(nodeCount: nodeCount)
          let own = slots + part * nodeCount
          for place in stride(from: first + part, to: last, by: parts) {
            let source = sources[place]
            switch kind {
            case .dependencies: search.dependencies(rows, from: source, into: own)
            case .inverseDistances: search.inverseDistances(rows, from: source, into: own)
            }
          }
        }
      }
      try work.report(Double(last) / Double(sources.count))
    }
    var result = [Double](repeating: 0, count: nodeCount)
    for part in 0..<parts { for node in 0..<nodeCount { result[node] += sums[part * nodeCount + node] } }
    return result
  }
}
