public import SCRMModel

extension EvidenceGraph {
  /// How an identifier stands; `nil` when it is unknown; O(1).
  public func standing(of key: IdentifierKey) -> IdentifierStanding? {
    tables.find(key).map { tables.standingNow($0) }
  }

  /// All evidence there is at an identifier, in force or withdrawn, in the order of arrival.
  public func evidence(at key: IdentifierKey) -> [Evidence] {
    guard let node = tables.find(key) else { return [] }
    var rows: [UInt32] = []
    var place = tables.nodes[Int(node)].edgeHead
    while place != noRow {
      rows += tables.rows(of: place)
      place = tables.edges[Int(place)].next(node)
    }
    return rows.sorted().map { tables.evidenceValue($0) }
  }

  /// What protection prevented among those who might else be one person with `key`, strongest link first.
  ///
  /// O(m log m) in the links of its component.
  public func preventedJoins(around key: IdentifierKey) -> [PreventedJoin] {
    guard let node = tables.find(key) else { return [] }
    var copy = tables
    return copy.prevented(inComponentOf: node)
  }

  /// Everything that protection prevents now, ordered by the identifiers: what a steward reviews.
  ///
  /// O(n + m log m).
  public func preventedJoins() -> [PreventedJoin] {
    var copy = tables
    var result = Set<PreventedJoin>()
    for node in tables.nodes.indices {
      let index = UInt32(truncatingIfNeeded: node)
      let row = tables.nodes[node]
      if row.component == index, tables.components[node].isDivided || !row.isOpen || row.degree > 0 {
        result.formUnion(copy.prevented(inComponentOf: index))
      }
    }
    return result.sorted { one, two in
      if one.left != two.left { return one.left < two.left }
      if one.right != two.right { return one.right < two.right }
      if one.via != two.via { return one.via.map { via in two.via.map { via < $0 } ?? false } ?? true }
      return "\(one.obstacle)" < "\(two.obstacle)"
    }
  }
}

extension EvidenceTables {
  func standingNow(_ node: UInt32) -> IdentifierStanding {
    let flags = nodes[Int(node)].flags
    if flags.contains(.blocked) { return .blocked }
    if flags.contains(.grouped) { return .grouped }
    if flags.contains(.shared) { return .shared }
    return flags.contains(.divided) ? .divided : .open
  }

  /// The evidence rows of an edge.
  func rows(of edge: UInt32) -> [UInt32] {
    var result: [UInt32] = []
    var row = edges[Int(edge)].evidenceHead
    while row != noRow {
      result.append(row)
      row = evidence[Int(row)].next
    }
    return result
  }

  func evidenceValue(_ row: UInt32) -> Evidence {
    let item = evidence[Int(row)]
    let edge = edges[Int(item.subject)]
    let event = events[Int(item.event)]
    let (hub, other) = item.hubIsLeft ? (edge.left, edge.right) : (edge.right, edge.left)
    return Evidence(
      hub: IdentifierClaim(key(hub), assertion(item.hubAssertion)),
      other: IdentifierClaim(key(other), assertion(item.otherAssertion)), event: eventKey(item.event),
      time: event.time, strength: event.strength)
  }

  private func assertion(_ rank: UInt8) -> Identifier.Assertion {
    Identifier.Assertion.allCases.first { $0.rank == Int(rank) } ?? .inferred
  }

  mutating func prevented(inComponentOf node: UInt32) -> [PreventedJoin] {
    let members = ContiguousArray(component(of: node))
    var connections = LocalSets(count: members.count)
    let outcome = people(of: members, connections: &connections)
    var result = outcome.refused.map { refused in
      let (one, two) = ends(of: refused.link)
      return PreventedJoin(
        left: key(one), right: key(two),
        via: refused.link.via == noRow ? nil : key(refused.link.via), obstacle: refused.obstacle)
    }
    for member in members.sorted() {
      var place = nodes[Int(member)].edgeHead
      while place != noRow {
        let edge = edges[Int(place)]
        place = edge.next(member)
        guard edge.left != edge.right, edge.count > 0, !isMembership(edge), let obstacle = obstacle(on: edge) else {
          continue
        }
        let (one, two) = precedes(edge.left, edge.right) ? (edge.left, edge.right) : (edge.right, edge.left)
        result.append(PreventedJoin(left: key(one), right: key(two), via: nil, obstacle: obstacle))
      }
    }
    return result
  }

  /// Whether an edge says that somebody belongs to an organisation or a group, and never meant to join.
  private func isMembership(_ edge: EdgeRow) -> Bool {
    rules[Int(nodes[Int(edge.left)].namespace)].isWhole || rules[Int(nodes[Int(edge.right)].namespace)].isWhole
  }

  /// What keeps an edge from being a link at all.
  func obstacle(on edge: EdgeRow) -> JoinObstacle? {
    if edge.strength < policy.minimumStrength { return .weakEvidence }
    if isVetoed(edge.left, edge.right) { return .veto }
    if !isTrusted(edge, at: edge.left) || !isTrusted(edge, at: edge.right) { return .heldVerifiedByAnother }
    let standings = [standingNow(edge.left), standingNow(edge.right)]
    if standings.contains(.blocked) { return .blockedValue }
    if standings.contains(.grouped) { return .belongsToGroup }
    if standings.contains(.shared) { return .sharedByMany }
    return standings.contains(.divided) ? .sharedByDifferentPeople : nil
  }
}
