public import SCRMModel

extension EvidenceGraph {
  /// Why two identifiers are one person, by which path of evidence; or why they are not, and what stopped it.
  ///
  /// O(m log m) in the links of their component; for two people also a search through the evidence around them, at most
  /// 10,000 identifiers far.
  /// - Throws: `SCRMError` when an identifier is unknown.
  public func explain(_ one: IdentifierKey, _ two: IdentifierKey) throws(SCRMError) -> IdentityExplanation {
    guard let left = tables.find(one) else {
      throw SCRMError(.missing, subject: "\(one)", "expected an identifier of the graph")
    }
    guard let right = tables.find(two) else {
      throw SCRMError(.missing, subject: "\(two)", "expected an identifier of the graph")
    }
    var copy = tables
    return copy.explain(left, right)
  }
}

extension EvidenceTables {
  mutating func explain(_ one: UInt32, _ two: UInt32) -> IdentityExplanation {
    var explanation = explainPath(one, two)
    let (left, right) = (key(one), key(two))
    explanation.looksAlike =
      left.namespace == right.namespace && left.namespace.kind == IdentifierNamespace.handle("").kind
      && HandleConfusables.areConfusable(left.key, right.key)
    return explanation
  }

  private mutating func explainPath(_ one: UInt32, _ two: UInt32) -> IdentityExplanation {
    let isOnePerson = nodes[Int(one)].founder == nodes[Int(two)].founder
    let members = ContiguousArray(component(of: one))
    var connections = LocalSets(count: members.count)
    let outcome = people(of: members, connections: &connections)
    if isOnePerson {
      let path = path(from: one, to: two, over: outcome.made.map { Passage($0, nil) })
      return IdentityExplanation(isOnePerson: true, path: path)
    }
    // Of one component, what was refused in it is on the path; otherwise the evidence itself is searched.
    let refused = outcome.refused.map { Passage($0.link, $0.obstacle) }
    let within = path(from: one, to: two, over: outcome.made.map { Passage($0, nil) } + refused)
    if !within.isEmpty { return IdentityExplanation(isOnePerson: false, path: within) }
    return IdentityExplanation(isOnePerson: false, path: path(from: one, to: two, over: passages(around: one)))
  }

  private struct Passage {
    var link: CandidateLink
    var obstacle: JoinObstacle?

    init(_ link: CandidateLink, _ obstacle: JoinObstacle?) {
      self.link = link
      self.obstacle = obstacle
    }
  }

  /// All live evidence in reach, with what keeps each edge from joining.
  private func passages(around start: UInt32) -> [Passage] {
    var seen: Set<UInt32> = [start]
    var queue = [start]
    var result: [Passage] = []
    var head = 0
    while head < queue.count, queue.count <= 10_000 {
      let node = queue[head]
      head += 1
      var place = nodes[Int(node)].edgeHead
      while place != noRow, queue.count <= 10_000 {
        let edge = edges[Int(place)]
        if edge.count > 0, edge.left != edge.right {
          result.append(Passage(link(over: place), obstacle(on: edge)))
          let other = edge.other(node)
          if seen.insert(other).inserted { queue.append(other) }
        }
        place = edge.next(node)
      }
    }
    return result
  }

  /// The path with the fewest steps over the passages, earlier passages first.
  private func path(from start: UInt32, to end: UInt32, over passages: [Passage]) -> [IdentityExplanation.Step] {
    var ways: [UInt32: [Int]] = [:]
    for (index, passage) in passages.enumerated() {
      ways[passage.link.left, default: []].append(index)
      ways[passage.link.right, default: []].append(index)
    }
    var arrivals: [UInt32: Int] = [:]
    var queue = [start]
    var head = 0
    search: while head < queue.count {
      let node = queue[head]
      head += 1
      for index in ways[node] ?? [] {
        let link = passages[index].link
        let next = link.left == node ? link.right : link.left
        if next == start || arrivals[next] != nil { continue }
        arrivals[next] = index
        if next == end { break search }
        queue.append(next)
      }
    }
    var steps: [IdentityExplanation.Step] = []
    var node = end
    while node != start, let index = arrivals[node] {
      let link = passages[index].link
      let before = link.left == node ? link.right : link.left
      let rows = rows(of: link.edge) + (link.second == noRow ? [] : self.rows(of: link.second))
      steps.append(
        IdentityExplanation.Step(
          from: key(before), to: key(node), via: link.via == noRow ? nil : key(link.via),
          evidence: rows.sorted().filter { !events[Int(evidence[Int($0)].event)].isWithdrawn }
            .map { evidenceValue($0) },
          obstacle: passages[index].obstacle))
      node = before
    }
    return steps.reversed()
  }
}
