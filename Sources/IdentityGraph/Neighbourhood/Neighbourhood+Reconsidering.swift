import SCRMModel

/// Deciding again what was decided under another policy.
extension Neighbourhood {
  /// Takes everybody into the seeds who is in one person with a seed, since a seed may have to leave them; whether there
  /// was anybody.
  mutating func seedPeople(in draft: PeopleDraft) -> Bool {
    let count = seeds.elements.count
    for seed in seeds.elements {
      guard let identifier = find(seed), let owner = draft.owner(of: identifier.key),
        let person = draft.person(owner.person)
      else { continue }
      for link in person.accounts { self.seed(link.account) }
    }
    return seeds.elements.count > count
  }

  /// Has everything that was read as a whole stand, and be joined, as the policy says now.
  mutating func reconsider() {
    for node in tables.nodes.indices where !tables.nodes[node].flags.contains(.foreign) {
      tables.mark(UInt32(truncatingIfNeeded: node))
      tables.rebuild(around: UInt32(truncatingIfNeeded: node))
    }
  }

  /// Has those of a node's neighbours stored anew who keep fewer neighbours than they have and are no crowd any more: the
  /// evidence of the node was read with the node.
  mutating func gather(around node: UInt32, at position: LogPosition) {
    var place = tables.nodes[Int(node)].edgeHead
    while place != noRow {
      let other = tables.edges[Int(place)].other(node)
      place = tables.edges[Int(place)].next(node)
      guard let identifier = find(account(other)), Int(identifier.degree) <= limit(identifier.key) else { continue }
      if identifier.edges.count < Int(identifier.degree) { change(other, at: position) }
    }
  }
}
