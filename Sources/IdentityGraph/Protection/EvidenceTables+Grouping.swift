/// Which of those who share a value are one party.
extension EvidenceTables {
  typealias Sharer = (node: UInt32, edge: UInt32)

  /// The neighbours of a node that go by a name or a date of birth, in groups whose members agree.
  ///
  /// Neighbours are taken in byte order, each joins the first group with all of which it agrees. Those who go by neither
  /// stand in no group.
  func groups(at node: UInt32) -> [[Sharer]] { sharers(of: node).groups }

  /// The groups at a value whose members it joins: those of ``groups(at:)``, and with the largest of them whoever goes by
  /// neither name nor date of birth, where it predominates by ``NamespacePolicy/predominance``.
  func joinedGroups(at node: UInt32) -> [[Sharer]] {
    var (groups, others) = sharers(of: node)
    guard let factor = rules[Int(nodes[Int(node)].namespace)].predominance, !others.isEmpty else { return groups }
    let sizes = groups.map(\.count).sorted(by: >)
    guard let largest = sizes.first, largest >= 2, sizes.count == 1 || largest >= max(factor, 2) * sizes[1],
      let place = groups.firstIndex(where: { $0.count == largest })
    else { return groups }
    groups[place] += others
    return groups
  }

  private func sharers(of node: UInt32) -> (groups: [[Sharer]], others: [Sharer]) {
    var described: [Sharer] = []
    var others: [Sharer] = []
    var place = nodes[Int(node)].edgeHead
    while place != noRow {
      let edge = edges[Int(place)]
      let other = edge.other(node)
      if isUsable(edge) {
        if lends(other), agree(other, other) { described.append((other, place)) } else { others.append((other, place)) }
      }
      place = edge.next(node)
    }
    described.sort { precedes($0.node, $1.node) }
    others.sort { precedes($0.node, $1.node) }
    var groups: [[Sharer]] = []
    let dividing = rules[Int(nodes[Int(node)].namespace)].dividing
    for member in described {
      let home = groups.firstIndex { group in
        group.allSatisfy { agree($0.node, member.node) && !disagree($0.node, member.node, by: dividing) }
      }
      if let home { groups[home].append(member) } else { groups.append([member]) }
    }
    return (groups, others)
  }

  /// Whether two nodes go by one name or one date of birth.
  private func agree(_ one: UInt32, _ two: UInt32) -> Bool {
    compare(one, two, by: .name) == .agree || compare(one, two, by: .birthDate) == .agree
  }
}
