import DenseData
import SCRMModel

/// The hashes of statements that are about to be entered, each worked out once.
struct StatementHashes: Sendable {
  /// Of each statement its event's, then its identifiers'.
  var hashes = ContiguousArray<UInt64>()
  /// What was touched ahead, by identifier.
  fileprivate var rows = ContiguousArray<UInt32>()
}

/// Reading ahead.
///
/// In a large graph nearly every row that a statement needs is in main memory, and a statement needs about twenty. They
/// are read first, level by level and for a block of statements, so that the processor waits for many at once and not for
/// one after the other.
extension EvidenceTables {
  /// How many statements of a commit are read ahead together.
  static let block = 16

  /// Works out the hashes of a block and reads what entering it is going to need.
  mutating func warm(_ block: ArraySlice<IdentityStatement>) {
    var ahead = StatementHashes()
    swap(&ahead, &self.ahead)
    ahead.hashes.removeAll(keepingCapacity: true)
    ahead.rows.removeAll(keepingCapacity: true)
    for statement in block {
      ahead.hashes.append(statement.event.indexHash)
      for place in statement.identifiers.indices {
        ahead.hashes.append(statement.identifiers[place].key.indexHash)
      }
    }
    var touched: UInt32 = 0
    // In loops of their own, whose reads do not wait for a hash.
    var place = 0
    for statement in block {
      let end = place + statement.identifiers.count
      touched &+= UInt32(truncatingIfNeeded: eventIndex.peek(ahead.hashes[place]) ?? 0)
      while place < end {
        place += 1
        if let row = keyIndex.peek(ahead.hashes[place]) { ahead.rows.append(UInt32(truncatingIfNeeded: row)) }
      }
      place += 1
    }
    for row in ahead.rows { touched &+= nodes[Int(row)].component }
    for row in ahead.rows {
      let node = nodes[Int(row)]
      touched &+= UInt32(text[Int(node.keyOffset)]) &+ components[Int(node.component)].size
      if node.edgeHead != noRow { touched &+= edges[Int(node.edgeHead)].count }
    }
    for row in ahead.rows where nodes[Int(row)].edgeHead != noRow {
      let edge = edges[Int(nodes[Int(row)].edgeHead)]
      touched &+= nodes[Int(edge.left)].next &+ nodes[Int(edge.right)].next
    }
    warmth = touched
    swap(&ahead, &self.ahead)
  }
}
