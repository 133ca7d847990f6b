extension Adjacency {
  /// Cuts the rows into chunks of about equal work, the same for any number of threads.
  ///
  /// - Returns: the first node of each chunk, and the number of nodes at the end.
  func chunks() -> [Int] {
    let nodeCount = offsets.count - 1
    let work = nodeCount + neighbours.count
    let size = max(work / 256, 1 << 16)
    var cuts = [0]
    var next = size
    for node in 0..<nodeCount where node + Int(offsets[node]) >= next {
      cuts.append(node)
      next += size
    }
    if nodeCount > 0 { cuts.append(nodeCount) }
    return cuts
  }
}
