import SCRMModel

extension EvidenceTables {
  /// Takes the evidence of a statement out of force; it stays on record and never comes back.
  mutating func withdraw(_ event: UInt32) {
    if events[Int(event)].isWithdrawn { return }
    events[Int(event)].isWithdrawn = true
    let row = events[Int(event)]
    for place in Int(row.firstEvidence)..<Int(row.firstEvidence) + Int(row.evidenceCount) {
      let statement = evidence[place]
      if statement.isDescriptor {
        retract(statement.subject, from: row.hub)
      } else {
        recount(statement.subject)
      }
    }
  }

  /// Takes back that a statement gave a node a descriptor.
  mutating func retract(_ descriptor: UInt32, from hub: UInt32) {
    var place = nodes[Int(hub)].descriptorHead
    while place != noRow {
      if descriptorRows[Int(place)].descriptor == descriptor {
        descriptorRows[Int(place)].support -= 1
        if descriptorRows[Int(place)].support == 0 {
          describe(hub, by: -1)
          // Coming back below the limit lends what is left again.
          mark(hub)
          markNeighbours(of: hub)
          rebuild(around: hub)
        }
        return
      }
      place = descriptorRows[Int(place)].next
    }
  }

  /// Reads an edge anew from the live evidence.
  mutating func recount(_ place: UInt32) {
    let before = edges[Int(place)]
    var now = before
    (now.count, now.strength, now.firstSeconds, now.firstNanoseconds) = (0, 0, .max, 0)
    (now.leftAssertion, now.rightAssertion, now.isVerified) = (0, 0, false)
    var row = before.evidenceHead
    while row != noRow {
      let item = evidence[Int(row)]
      let event = events[Int(item.event)]
      if !event.isWithdrawn {
        now.take(item, strength: event.strength, seconds: event.seconds, nanoseconds: event.nanoseconds)
      }
      row = item.next
    }
    edges[Int(place)] = now
    for node in Set([before.left, before.right]).sorted() {
      if before.left != before.right, before.count > 0, now.count == 0 { nodes[Int(node)].degree -= 1 }
      refresh(node)
    }
  }

  /// Reads anew what a node knows of its evidence, and has everything around it settled.
  mutating func refresh(_ node: UInt32) {
    let index = Int(node)
    var first = (Int64.max, Int32.max)
    nodes[index].flags.subtract([.verified, .held])
    var place = nodes[index].edgeHead
    while place != noRow {
      let edge = edges[Int(place)]
      place = edge.next(node)
      guard edge.count > 0 else { continue }
      if (edge.firstSeconds, edge.firstNanoseconds) < first { first = (edge.firstSeconds, edge.firstNanoseconds) }
      if edge.assertion(at: node) >= 2 { nodes[index].flags.insert(.verified) }
      if edge.isVerified, edge.left != edge.right { nodes[index].flags.insert(.held) }
    }
    // Without evidence an identifier keeps the time at which it was seen.
    if first.0 != .max { (nodes[index].firstSeconds, nodes[index].firstNanoseconds) = first }
    unsettle(node)
  }

  /// Has a node, its neighbours and their components settled anew.
  mutating func unsettle(_ node: UInt32) {
    mark(node)
    markNeighbours(of: node)
    rebuild(around: node)
    var place = nodes[Int(node)].edgeHead
    while place != noRow {
      let edge = edges[Int(place)]
      rebuild(around: edge.other(node))
      pending.append(place)
      place = edge.next(node)
    }
  }

  /// Puts a veto in force.
  mutating func add(_ veto: IdentityVeto) {
    let index = vetoes.count
    vetoes.append(veto)
    for (keys, isSecond) in [(veto.first, false), (veto.second, true)] {
      for key in keys {
        guard let node = intern(key, at: veto.time) else { continue }
        nodes[Int(node)].flags.insert(.vetoed)
        vetoSides[node, default: []].append(VetoSide(veto: index, isSecond: isSecond))
        unsettle(node)
      }
    }
  }

  /// Takes a veto out of force.
  mutating func lift(_ index: Int) {
    for key in vetoes[index].first + vetoes[index].second {
      guard let node = find(key) else { continue }
      vetoSides[node]?.removeAll { $0.veto == index }
      if vetoSides[node]?.isEmpty ?? true {
        vetoSides[node] = nil
        nodes[Int(node)].flags.remove(.vetoed)
      }
      unsettle(node)
    }
    vetoes[index].first = []
    vetoes[index].second = []
  }
}
