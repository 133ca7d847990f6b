/// A link that may join two identifiers: an edge, or two edges that meet at a divided value.
struct CandidateLink: Sendable {
  var left: UInt32
  var right: UInt32
  var edge: UInt32
  /// The second edge and the divided value, where there is one.
  var second = noRow
  var via = noRow
  var isVerified: Bool
  var strength: Double
  var priority: Int
  var seconds: Int64
  var nanoseconds: Int32
}

/// A link that was not made.
struct RefusedLink: Sendable {
  var link: CandidateLink
  var obstacle: JoinObstacle
}

/// From evidence to people.
extension EvidenceTables {
  /// Settles everything that was entered since the last time.
  mutating func settle() {
    if dirty.isEmpty, pending.isEmpty, rebuilding.isEmpty { return }
    for node in dirty { restand(node) }
    for place in pending { connect(place) }
    pending.removeAll(keepingCapacity: true)
    for node in dirty { nodes[Int(node)].flags.remove(.dirty) }
    dirty.removeAll(keepingCapacity: true)
    while let next = rebuilding.popLast() {
      let root = Int(nodes[Int(next)].component)
      guard components[root].isRebuilding else { continue }
      rebuild(component: UInt32(truncatingIfNeeded: root))
    }
  }

  private mutating func restand(_ node: UInt32) {
    let index = Int(node)
    // Of a part of a graph the rest of whose neighbours are not known here, only what was decided before counts.
    if nodes[index].flags.contains(.foreign) { return }
    let before = nodes[index].flags.intersection([.shared, .divided])
    let now = standing(of: node)
    if now == before, now != .divided { return }
    if notesStandings, now != before { restood.append(node) }
    nodes[index].flags.subtract([.shared, .divided])
    nodes[index].flags.formUnion(now)
    rebuild(around: node)
    // Neighbours who were not connected through it may be so now.
    if now == .shared { return }
    var place = nodes[index].edgeHead
    while place != noRow {
      let edge = edges[Int(place)]
      let other = edge.other(node)
      if isUsable(edge), nodes[index].connects, nodes[Int(other)].connects { unite(node, other) }
      place = edge.next(node)
    }
  }

  /// Joins the two ends of a new or changed edge, at once where the order of links cannot matter.
  private mutating func connect(_ place: UInt32) {
    let edge = edges[Int(place)]
    let (one, two) = (nodes[Int(edge.left)], nodes[Int(edge.right)])
    guard one.connects, two.connects, isUsable(edge) else { return }
    let (first, second) = (Int(one.component), Int(two.component))
    if first == second {
      if components[first].isDivided { rebuild(around: edge.left) }
      return
    }
    let isPlain =
      one.isOpen && two.isOpen && !components[first].isDivided && !components[second].isDivided
      && !components[first].isRebuilding && !components[second].isRebuilding
    guard isPlain else {
      unite(edge.left, edge.right)
      rebuild(around: edge.left)
      return
    }
    gather(UInt32(truncatingIfNeeded: first), intoLeft: true)
    gather(UInt32(truncatingIfNeeded: second), intoLeft: false)
    if obstacle() != nil {
      unite(edge.left, edge.right)
      rebuild(around: edge.left)
      return
    }
    let founder = wasSeenBefore(one.founder, two.founder) ? one.founder : two.founder
    if founder != one.founder { for node in left { found(node, by: founder) } }
    if founder != two.founder { for node in right { found(node, by: founder) } }
    unite(edge.left, edge.right)
  }

  private mutating func gather(_ node: UInt32, intoLeft isLeft: Bool) {
    var list = ContiguousArray<UInt32>()
    if isLeft { swap(&list, &left) } else { swap(&list, &right) }
    list.removeAll(keepingCapacity: true)
    var member = node
    repeat {
      list.append(member)
      member = nodes[Int(member)].next
    } while member != node
    if isLeft { swap(&list, &left) } else { swap(&list, &right) }
  }

  /// Makes one component of two; the smaller is relabelled.
  mutating func unite(_ one: UInt32, _ two: UInt32) {
    var (root, other) = (Int(nodes[Int(one)].component), Int(nodes[Int(two)].component))
    if root == other { return }
    if components[root].size < components[other].size { swap(&root, &other) }
    var member = other
    repeat {
      nodes[member].component = UInt32(truncatingIfNeeded: root)
      member = Int(nodes[member].next)
    } while member != other
    let next = nodes[root].next
    nodes[root].next = nodes[other].next
    nodes[other].next = next
    components[root].size += components[other].size
    if components[other].isDivided { components[root].isDivided = true }
    if components[other].isRebuilding, !components[root].isRebuilding {
      components[root].isRebuilding = true
      rebuilding.append(UInt32(truncatingIfNeeded: root))
    }
    components[other] = ComponentRow()
  }

  /// Sets the founder of a node, and notes the one before this commit.
  mutating func found(_ node: UInt32, by founder: UInt32) {
    let index = Int(node)
    if nodes[index].founder == founder { return }
    if index < settledNodes, !nodes[index].flags.contains(.noted) {
      nodes[index].flags.insert(.noted)
      noted.append((node, nodes[index].founder))
    }
    nodes[index].founder = founder
  }

  // MARK: Whole components

  private mutating func rebuild(component root: UInt32) {
    gather(root, intoLeft: true)
    let members = left
    var connections = LocalSets(count: members.count)
    let outcome = people(of: members, connections: &connections)
    // The components first, in rings.
    for place in members.indices {
      let home = members[connections.root(place)]
      let node = Int(members[place])
      nodes[node].component = home
      if connections.root(place) == place {
        nodes[node].next = members[place]
        components[node] = ComponentRow(size: 0)
      }
    }
    for place in members.indices {
      let home = Int(members[connections.root(place)])
      let node = Int(members[place])
      components[home].size += 1
      if node != home {
        nodes[node].next = nodes[home].next
        nodes[home].next = members[place]
      }
      if nodes[node].flags.contains(.divided) { components[home].isDivided = true }
    }
    for refused in outcome.refused {
      components[Int(nodes[Int(refused.link.left)].component)].isDivided = true
    }
    for (place, founder) in outcome.founders.enumerated() { found(members[place], by: founder) }
  }

  /// The people among the members of a component (Kruskal 1956, under constraints): links are taken from the strongest
  /// to the weakest, each joins two people unless something keeps them apart.
  ///
  /// O(m log m) in the links of the component, plus what comparing the people joined costs.
  mutating func people(
    of members: ContiguousArray<UInt32>, connections: inout LocalSets
  ) -> (founders: [UInt32], refused: [RefusedLink], made: [CandidateLink]) {
    for (place, node) in members.enumerated() { local[Int(node)] = UInt32(truncatingIfNeeded: place) }
    var links = links(among: members, connections: &connections)
    links.sort { comesFirst($0, $1) }
    var sets = LocalSets(count: members.count)
    var refused: [RefusedLink] = []
    var made: [CandidateLink] = []
    for link in links {
      let (one, two) = (sets.root(Int(local[Int(link.left)])), sets.root(Int(local[Int(link.right)])))
      if one == two { continue }
      left.removeAll(keepingCapacity: true)
      right.removeAll(keepingCapacity: true)
      sets.forEach(in: one) { left.append(members[$0]) }
      sets.forEach(in: two) { right.append(members[$0]) }
      if let obstacle = obstacle() {
        refused.append(RefusedLink(link: link, obstacle: obstacle))
      } else {
        sets.unite(one, two)
        made.append(link)
      }
    }
    var founders = [UInt32](repeating: noRow, count: members.count)
    for place in members.indices {
      let root = sets.root(place)
      if founders[root] == noRow || wasSeenBefore(members[place], founders[root]) { founders[root] = members[place] }
    }
    for place in members.indices { founders[place] = founders[sets.root(place)] }
    return (founders, refused, made)
  }

  private func links(among members: ContiguousArray<UInt32>, connections: inout LocalSets) -> [CandidateLink] {
    var links: [CandidateLink] = []
    for node in members where nodes[Int(node)].connects {
      var place = nodes[Int(node)].edgeHead
      while place != noRow {
        let edge = edges[Int(place)]
        let index = place
        place = edge.next(node)
        // Each edge once, from its left end.
        guard edge.left == node, isUsable(edge), nodes[Int(edge.right)].connects else { continue }
        connections.unite(
          connections.root(Int(local[Int(edge.left)])), connections.root(Int(local[Int(edge.right)])))
        if nodes[Int(edge.left)].isOpen, nodes[Int(edge.right)].isOpen { links.append(link(over: index)) }
      }
      if nodes[Int(node)].flags.contains(.divided) { addLinks(through: node, to: &links) }
    }
    return links
  }

  func link(over place: UInt32) -> CandidateLink {
    let edge = edges[Int(place)]
    let priority = min(
      rules[Int(nodes[Int(edge.left)].namespace)].priority, rules[Int(nodes[Int(edge.right)].namespace)].priority)
    return CandidateLink(
      left: edge.left, right: edge.right, edge: place, isVerified: edge.isVerified, strength: edge.strength,
      priority: priority, seconds: edge.firstSeconds, nanoseconds: edge.firstNanoseconds)
  }

  /// The links between those whom a divided value joins.
  private func addLinks(through node: UInt32, to links: inout [CandidateLink]) {
    for group in joinedGroups(at: node) {
      for (place, one) in group.enumerated() {
        for two in group[..<place] where nodes[Int(one.node)].isOpen && nodes[Int(two.node)].isOpen {
          let (first, second) = (link(over: one.edge), link(over: two.edge))
          var joined = first
          (joined.left, joined.right) = precedes(one.node, two.node) ? (one.node, two.node) : (two.node, one.node)
          joined.second = two.edge
          joined.via = node
          joined.isVerified = first.isVerified && second.isVerified
          joined.strength = first.strength * second.strength
          if joined.strength < policy.minimumStrength { continue }
          joined.priority = min(first.priority, second.priority)
          if (first.seconds, first.nanoseconds) < (second.seconds, second.nanoseconds) {
            (joined.seconds, joined.nanoseconds) = (second.seconds, second.nanoseconds)
          }
          links.append(joined)
        }
      }
    }
  }

  /// The total order of links: verified before others, then by strength, priority and age; then byte order.
  private func comesFirst(_ one: CandidateLink, _ two: CandidateLink) -> Bool {
    if one.isVerified != two.isVerified { return one.isVerified }
    if one.strength != two.strength { return one.strength > two.strength }
    if one.priority != two.priority { return one.priority > two.priority }
    if one.seconds != two.seconds { return one.seconds < two.seconds }
    if one.nanoseconds != two.nanoseconds { return one.nanoseconds < two.nanoseconds }
    let (mine, theirs) = (ends(of: one), ends(of: two))
    if mine.0 != theirs.0 { return precedes(mine.0, theirs.0) }
    if mine.1 != theirs.1 { return precedes(mine.1, theirs.1) }
    if one.via == two.via || two.via == noRow { return false }
    return one.via == noRow || precedes(one.via, two.via)
  }

  /// The ends in byte order.
  func ends(of link: CandidateLink) -> (UInt32, UInt32) {
    precedes(link.left, link.right) ? (link.left, link.right) : (link.right, link.left)
  }
}
