import DenseData
import InfluenceScoring

/// A small random graph with a matrix beside it, for answers by definition.
struct RandomGraph {
  let count: Int
  let graph: DenseGraph
  /// Weights by source and target; 0 where there is no edge.
  let matrix: [[Double]]

  /// Sparse or dense, directed or not, with or without weights, as the seed has it; no self-loops, no parallel edges.
  init(seed: Int, directed: Bool? = nil) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    count = 1 + random.below(12)
    let density = [0.08, 0.2, 0.5, 0.9][random.below(4)]
    let isWeighted = random.below(2) == 0
    let isDirected = directed ?? (random.below(2) == 0)
    var matrix = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
    for from in 0..<count {
      for to in 0..<count where from != to && (isDirected || from < to) && random.unit() < density {
        matrix[from][to] = isWeighted ? Double(1 + random.below(8)) / 4 : 1
        if !isDirected { matrix[to][from] = matrix[from][to] }
      }
    }
    var edges: [(UInt32, UInt32, Double)] = []
    for from in 0..<count {
      for to in 0..<count where matrix[from][to] > 0 { edges.append((UInt32(from), UInt32(to), matrix[from][to])) }
    }
    edges.shuffle(using: &random)
    let directedGraph = try DenseGraph(
      nodeCount: count, sources: edges.map(\.0), targets: edges.map(\.1), weights: isWeighted ? edges.map(\.2) : [])
    graph = isDirected ? directedGraph : directedGraph.undirected(combining: isWeighted ? .maximum : nil)
    self.matrix = matrix
  }

  func has(_ from: Int, _ to: Int) -> Bool { matrix[from][to] > 0 }
  func touch(_ one: Int, _ other: Int) -> Bool { has(one, other) || has(other, one) }

  /// Shortest distances by Floyd and Warshall.
  func distances(_ length: (Double) -> Double) -> [[Double]] {
    var table = matrix.map { row in row.map { $0 > 0 ? length($0) : .infinity } }
    for node in 0..<count { table[node][node] = 0 }
    for middle in 0..<count {
      for from in 0..<count {
        for to in 0..<count { table[from][to] = min(table[from][to], table[from][middle] + table[middle][to]) }
      }
    }
    return table
  }
}

/// Solves a dense system of equations by elimination with pivoting.
func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double] {
  var (a, b) = (matrix, right)
  let count = b.count
  for column in 0..<count {
    let pivot = (column..<count).max { abs(a[$0][column]) < abs(a[$1][column]) } ?? column
    a.swapAt(column, pivot)
    b.swapAt(column, pivot)
    for row in 0..<count where row != column {
      let factor = a[row][column] / a[column][column]
      for place in column..<count { a[row][place] -= factor * a[column][place] }
      b[row] -= factor * b[column]
    }
  }
  return (0..<count).map { b[$0] / a[$0][$0] }
}

func close(_ one: [Double], _ other: [Double], within tolerance: Double = 1e-10) -> Bool {
  one.count == other.count && zip(one, other).allSatisfy { $0 == $1 || abs($0 - $1) <= tolerance }
}
