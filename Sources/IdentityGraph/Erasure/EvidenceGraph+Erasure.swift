import DenseData
public import SCRMModel

extension EvidenceGraph {
  /// Removes a person: the identifiers, the evidence and descriptors at them, and every redirect to them.
  ///
  /// Values that others share, such as a household's number, stay. With tombstones the identifiers' account ids — keyed
  /// hashes — are kept, and statements can no longer name them. O(edges of the person and of their ends).
  /// - Throws: `SCRMError` when the id leads to nobody.
  @discardableResult
  public mutating func erase(_ person: PersonID, leavingTombstones: Bool) throws(SCRMError) -> IdentityErasure {
    guard let id = self.person(redirectedFrom: person),
      let founder = tables.find(AccountID(high: id.high, low: id.low))
    else { throw SCRMError(.missing, subject: "person \(person)", "expected somebody known") }
    let members = tables.members(ofPersonFoundedBy: founder)
    var receipt = IdentityErasure(
      person: id, accounts: members.map { tables.account($0) }.sorted(), edges: 0, statements: 0,
      descriptors: 0, leavesTombstones: leavingTombstones)
    tables.keepAccounts()
    for node in members { tables.erase(node, &receipt) }
    if leavingTombstones { tables.tombstones.formUnion(receipt.accounts) }
    tables.settle()
    _ = tables.takeChanges()
    return receipt
  }

  /// The accounts that may not come back, ordered.
  public var tombstones: [AccountID] { tables.tombstones.sorted() }
}

extension EvidenceTables {
  mutating func erase(_ node: UInt32, _ receipt: inout IdentityErasure) {
    unsettle(node)
    let key = key(node)
    var place = nodes[Int(node)].edgeHead
    while place != noRow {
      let edge = edges[Int(place)]
      var row = edge.evidenceHead
      while row != noRow {
        let event = evidence[Int(row)].event
        // A statement about somebody else stays, without this edge.
        if events[Int(event)].hub == node { erase(event: event, &receipt) }
        row = evidence[Int(row)].next
      }
      let other = edge.other(node)
      if other != node {
        unlink(place, from: other)
        if edge.count > 0 { nodes[Int(other)].degree -= 1 }
      }
      unindex(place)
      edges[Int(place)].count = 0
      edges[Int(place)].evidenceHead = noRow
      receipt.edges += 1
      place = edge.next(node)
      if other != node { refresh(other) }
    }
    nodes[Int(node)].edgeHead = noRow
    nodes[Int(node)].degree = 0
    nodes[Int(node)].descriptorHead = noRow
    nodes[Int(node)].descriptorCount = 0
    strike(key)
    vetoSides[node] = nil
    owners[node] = nil
    keyIndex.remove(key.indexHash, row: Int(node))
    accounts.remove(node)
    blank(nodes[Int(node)].keyOffset, nodes[Int(node)].keyLength)
    nodes[Int(node)].keyLength = 0
    nodes[Int(node)].flags = nodes[Int(node)].flags.intersection([.dirty, .noted]).union(.erased)
  }

  private mutating func erase(event: UInt32, _ receipt: inout IdentityErasure) {
    let row = events[Int(event)]
    let key = eventKey(event)
    guard eventIndex.find(key.indexHash, { $0 == Int(event) }) != nil else { return }
    for place in Int(row.firstEvidence)..<Int(row.firstEvidence) + Int(row.evidenceCount)
    where evidence[place].isDescriptor {
      descriptors.release(evidence[place].subject)
      receipt.descriptors += 1
    }
    eventIndex.remove(key.indexHash, row: Int(event))
    blank(row.idOffset, row.idLength)
    events[Int(event)].idLength = 0
    receipt.statements += 1
  }

  private mutating func blank(_ offset: UInt32, _ length: UInt16) {
    for place in Int(offset)..<Int(offset) + Int(length) { text[place] = 0 }
  }

  private mutating func strike(_ key: IdentifierKey) {
    for index in vetoes.indices {
      vetoes[index].first.removeAll { $0 == key }
      vetoes[index].second.removeAll { $0 == key }
    }
  }

  /// Takes an edge out of the list of one of its ends.
  private mutating func unlink(_ place: UInt32, from node: UInt32) {
    let next = edges[Int(place)].next(node)
    if nodes[Int(node)].edgeHead == place {
      nodes[Int(node)].edgeHead = next
      return
    }
    var current = nodes[Int(node)].edgeHead
    while current != noRow {
      let following = edges[Int(current)].next(node)
      if following == place {
        if edges[Int(current)].left == node {
          edges[Int(current)].nextOfLeft = next
        } else {
          edges[Int(current)].nextOfRight = next
        }
        return
      }
      current = following
    }
  }
}
