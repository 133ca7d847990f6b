import SCRMExpressions
import SCRMModel

/// What a party of an interaction says of its identifiers, by nodes.
struct NodeStatement {
  /// The nodes with how they were asserted, the hub first.
  var claims: [(node: UInt32, assertion: Identifier.Assertion)]
  var descriptors: [IdentityDescriptor]
  var event: EventKey
  var isTarget: Bool
  var time: Instant
  var strength: Double
}

extension Neighbourhood {
  /// Enters a statement and settles what it touches.
  mutating func enter(_ statement: NodeStatement, at position: LogPosition) {
    let hub = statement.claims[0]
    for claim in statement.claims { tables.touch(claim.node, claim.assertion, statement.time) }
    for claim in statement.claims.dropFirst() where claim.node != hub.node {
      let edge = tables.internEdge(hub.node, claim.node)
      let isLeft = tables.edges[Int(edge)].left == hub.node
      let (one, two) = isLeft ? (hub, claim) : (claim, hub)
      if Int(edge) == edges.count { edges.append(StoredEdge(other: account(two.node))) }
      let before = tables.edges[Int(edge)]
      edges[Int(edge)].add(
        StoredEvidence(
          event: statement.event, isTarget: statement.isTarget, seconds: statement.time.secondsSinceEpoch,
          nanoseconds: statement.time.nanoseconds, strength: statement.strength,
          mine: UInt8(truncatingIfNeeded: one.assertion.rank), theirs: UInt8(truncatingIfNeeded: two.assertion.rank)))
      sum(edge)
      tables.settle(edge, before)
      change(claim.node, at: position)
    }
    for descriptor in statement.descriptors { tables.describe(hub.node, as: tables.descriptors.use(descriptor)) }
    // A node without evidence is kept by its account alone.
    for claim in statement.claims
    where statement.claims.count > 1 || !statement.descriptors.isEmpty || isKept(claim.node) {
      change(claim.node, at: position)
    }
    settle(at: position)
  }

  private func isKept(_ node: UInt32) -> Bool { storedAccounts.contains(account(node)) || changed[node] != nil }

  /// Settles what was entered, and notes who stands otherwise.
  mutating func settle(at position: LogPosition) {
    tables.settle()
    for node in tables.restood { change(node, at: position) }
    tables.restood.removeAll(keepingCapacity: true)
  }

  /// The nodes whose person is another one than before, with the founder before; forgets it.
  mutating func takeMoved() -> [(node: UInt32, founder: UInt32)] {
    tables.settledNodes = tables.nodes.count
    if tables.noted.isEmpty { return [] }
    var moved: [(node: UInt32, founder: UInt32)] = []
    for (node, founder) in tables.noted {
      tables.nodes[Int(node)].flags.remove(.noted)
      if tables.nodes[Int(node)].founder != founder { moved.append((node, founder)) }
    }
    tables.noted.removeAll(keepingCapacity: true)
    if moved.count > 1 {
      let accounts = accounts.elements
      moved.sort { accounts[Int($0.node)] < accounts[Int($1.node)] }
    }
    return moved
  }
}
