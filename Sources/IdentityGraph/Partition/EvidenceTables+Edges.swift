import DenseData

/// How the edge between two nodes is found.
///
/// Most identifiers have few edges, so the shorter list of the two ends is read; only between two crowded ends an index is
/// asked. That saves an index entry for nearly every edge.
extension EvidenceTables {
  /// A node with more edges than this is crowded.
  private static let crowd: UInt16 = 12

  private static func edgeHash(_ left: UInt32, _ right: UInt32) -> UInt64 { UInt64(left) << 32 | UInt64(right) }

  /// The edge between two nodes, if there is evidence; O(1).
  func edge(between one: UInt32, and two: UInt32) -> UInt32? {
    let (left, right) = (min(one, two), max(one, two))
    let (mine, theirs) = (nodes[Int(left)], nodes[Int(right)])
    if mine.edgeCount > Self.crowd, theirs.edgeCount > Self.crowd {
      var probe = edgeIndex.probe(Self.edgeHash(left, right))
      while let row = edgeIndex.next(&probe) {
        if edges[row].left == left, edges[row].right == right { return UInt32(truncatingIfNeeded: row) }
      }
      return nil
    }
    let (node, other) = mine.edgeCount <= theirs.edgeCount ? (left, right) : (right, left)
    var place = nodes[Int(node)].edgeHead
    while place != noRow {
      if edges[Int(place)].other(node) == other { return place }
      place = edges[Int(place)].next(node)
    }
    return nil
  }

  /// The edge between two nodes, or the sightings of one, a new one when it is new.
  mutating func internEdge(_ one: UInt32, _ two: UInt32) -> UInt32 {
    if let known = edge(between: one, and: two) { return known }
    let (left, right) = (min(one, two), max(one, two))
    let index = UInt32(truncatingIfNeeded: edges.count)
    var row = EdgeRow(left: left, right: right, nextOfLeft: nodes[Int(left)].edgeHead)
    nodes[Int(left)].edgeHead = index
    if right != left {
      row.nextOfRight = nodes[Int(right)].edgeHead
      nodes[Int(right)].edgeHead = index
    }
    edges.makeRoom()
    edges.append(row)
    let isIndexed = grow(left)
    if right != left && grow(right) || isIndexed { return index }
    indexIfCrowded(index)
    return index
  }

  /// Counts one edge more; whether that made the node crowded, and so brought its edges into the index.
  private mutating func grow(_ node: UInt32) -> Bool {
    if nodes[Int(node)].edgeCount > Self.crowd { return false }
    nodes[Int(node)].edgeCount += 1
    if nodes[Int(node)].edgeCount <= Self.crowd { return false }
    var place = nodes[Int(node)].edgeHead
    while place != noRow {
      indexIfCrowded(place)
      place = edges[Int(place)].next(node)
    }
    return true
  }

  private mutating func indexIfCrowded(_ edge: UInt32) {
    let (left, right) = (edges[Int(edge)].left, edges[Int(edge)].right)
    guard nodes[Int(left)].edgeCount > Self.crowd, nodes[Int(right)].edgeCount > Self.crowd else { return }
    edgeIndex.insert(Self.edgeHash(left, right), row: Int(edge))
  }

  /// Takes an edge out of the index, if it is there.
  mutating func unindex(_ edge: UInt32) {
    edgeIndex.remove(Self.edgeHash(edges[Int(edge)].left, edges[Int(edge)].right), row: Int(edge))
  }
}
