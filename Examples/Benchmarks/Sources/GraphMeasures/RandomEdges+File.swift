import Foundation
import InfluenceScoring

extension RandomEdges {
  /// Pairs of 32-bit numbers, little-endian: how many nodes and edges, then source and target of each edge.
  func write(to path: String) throws {
    var words = [UInt32(nodeCount).littleEndian, UInt32(sources.count).littleEndian]
    words.reserveCapacity(2 + 2 * sources.count)
    for place in sources.indices {
      words.append(sources[place].littleEndian)
      words.append(targets[place].littleEndian)
    }
    try words.withUnsafeBytes { try Data($0).write(to: URL(fileURLWithPath: path)) }
  }

  init(file path: String) throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    guard data.count >= 8, data.count % 8 == 0 else { throw CocoaError(.fileReadCorruptFile) }
    self = data.withUnsafeBytes { bytes in
      let words = bytes.bindMemory(to: UInt32.self)
      let count = (words.count - 2) / 2
      return RandomEdges(
        nodeCount: Int(UInt32(littleEndian: words[0])),
        sources: (0..<count).map { UInt32(littleEndian: words[2 + 2 * $0]) },
        targets: (0..<count).map { UInt32(littleEndian: words[3 + 2 * $0]) })
    }
  }

  /// Every edge both ways, once.
  func bothWays() throws -> RandomEdges {
    let graph = try DenseGraph(nodeCount: nodeCount, sources: sources, targets: targets).undirected()
    var both = RandomEdges(nodeCount: nodeCount, sources: [], targets: [])
    for node in 0..<nodeCount {
      for other in graph.successors(of: node) {
        both.sources.append(UInt32(node))
        both.targets.append(other)
      }
    }
    return both
  }

  private init(nodeCount: Int, sources: [UInt32], targets: [UInt32]) {
    self.nodeCount = nodeCount
    self.sources = sources
    self.targets = targets
  }
}
