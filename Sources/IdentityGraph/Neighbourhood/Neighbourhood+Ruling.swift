import SCRMModel

/// What takes evidence out of force, or joins out of reach.
extension Neighbourhood {
  /// Puts a parting in force.
  mutating func part(_ first: [UInt32], from second: [UInt32], at position: LogPosition) {
    for (side, isSecond) in [(first, false), (second, true)] {
      for node in side {
        tables.nodes[Int(node)].flags.insert(.vetoed)
        tables.vetoSides[node, default: []].append(
          VetoSide(veto: Int(clamping: position.rawValue), isSecond: isSecond))
        unsettle(node, at: position)
      }
    }
  }

  /// Takes a parting out of force.
  mutating func lift(_ veto: LogPosition, of nodes: [UInt32], at position: LogPosition) {
    for node in nodes {
      tables.vetoSides[node]?.removeAll { $0.veto == Int(clamping: veto.rawValue) }
      if tables.vetoSides[node]?.isEmpty ?? true {
        tables.vetoSides[node] = nil
        tables.nodes[Int(node)].flags.remove(.vetoed)
      }
      unsettle(node, at: position)
    }
  }

  /// Gives an identifier to a group, or takes it back.
  mutating func give(_ node: UInt32, to owner: GroupMembership.Whole?, at position: LogPosition) {
    tables.give(node, to: owner)
    unsettle(node, at: position)
  }

  /// Takes the evidence of a statement out of force; that its accounts were seen stays.
  mutating func withdraw(_ statement: NodeStatement, at position: LogPosition) {
    let hub = statement.claims[0].node
    for claim in statement.claims.dropFirst() {
      guard let edge = tables.edge(between: hub, and: claim.node), Int(edge) < edges.count else { continue }
      edges[Int(edge)].remove(statement.event, isTarget: statement.isTarget)
      recount(edge, at: position)
    }
    for descriptor in statement.descriptors { tables.retract(tables.descriptors.use(descriptor), from: hub) }
    unsettle(hub, at: position)
  }

  /// Removes all evidence at a node.
  mutating func forget(_ node: UInt32, at position: LogPosition) {
    var place = tables.nodes[Int(node)].edgeHead
    while place != noRow {
      let edge = place
      place = tables.edges[Int(edge)].next(node)
      edges[Int(edge)] = StoredEdge(other: edges[Int(edge)].other)
      recount(edge, at: position)
    }
    tables.nodes[Int(node)].descriptorHead = noRow
    tables.nodes[Int(node)].descriptorCount = 0
    tables.vetoSides[node] = nil
    tables.give(node, to: nil)
    tables.nodes[Int(node)].flags.remove(.vetoed)
    unsettle(node, at: position)
  }

  /// Reads an edge anew from its evidence, and its ends.
  private mutating func recount(_ edge: UInt32, at position: LogPosition) {
    let before = tables.edges[Int(edge)]
    sum(edge)
    for node in [before.left, before.right] {
      if before.count > 0, tables.edges[Int(edge)].count == 0 { tables.nodes[Int(node)].degree -= 1 }
      tables.nodes[Int(node)].flags.remove(.held)
      var place = tables.nodes[Int(node)].edgeHead
      while place != noRow {
        let row = tables.edges[Int(place)]
        if row.count > 0, row.isVerified { tables.nodes[Int(node)].flags.insert(.held) }
        place = row.next(node)
      }
      unsettle(node, at: position)
    }
  }

  private mutating func unsettle(_ node: UInt32, at position: LogPosition) {
    tables.unsettle(node)
    change(node, at: position)
  }
}
