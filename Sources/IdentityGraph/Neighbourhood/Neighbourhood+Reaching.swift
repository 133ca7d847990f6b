import SCRMModel

extension Neighbourhood {
  /// What was read, as far as decisions are made about it, and what is still to be read.
  struct Reach {
    /// The identifiers about which everything is known, in the order in which they were met.
    var core = AccountSet()
    /// The accounts whose states are to be read: the core and its neighbours.
    var wanted = AccountSet()

    fileprivate mutating func take(_ account: AccountID) {
      wanted.insert(account)
      core.insert(account)
    }
  }

  /// How far the batch reaches, by what was read so far.
  ///
  /// The seeds and their neighbours, the components of all of these, and the neighbours of the seeds' neighbours where a
  /// value shared by few may come to join them. O(edges of the identifiers reached).
  func reach() -> Reach {
    var reach = Reach()
    for seed in seeds.elements { reach.take(seed) }
    for seed in seeds.elements {
      guard let identifier = storedAccounts.place(of: seed), opensCrowds || !isCrowd(stored[identifier]) else {
        continue
      }
      for edge in stored[identifier].edges { reach.take(edge.other) }
    }
    // Up to here the core is what is near: the seeds and their neighbours.
    let near = reach.core.elements.count
    var place = 0
    while place < reach.core.elements.count {
      let isNear = place < near
      let one = storedAccounts.place(of: reach.core.elements[place])
      place += 1
      guard let one, !isCrowd(stored[one]) || opensCrowds && isNear else { continue }
      let mayJoin = isNear && stored[one].flags.contains(.shared)
      for edge in stored[one].edges {
        reach.wanted.insert(edge.other)
        guard let other = storedAccounts.place(of: edge.other) else { continue }
        if mayJoin || isUsable(edge, one, other) { reach.take(edge.other) }
      }
    }
    return reach
  }

  /// Whether an edge may join its ends, as far as they say.
  private func isUsable(_ edge: StoredEdge, _ one: Int, _ other: Int) -> Bool {
    guard stored[one].connects, stored[other].connects, edge.count > 0, edge.strength >= tables.policy.minimumStrength
    else {
      return false
    }
    if tables.policy.protectsVerified {
      if edge.mine < 2, stored[one].flags.contains(.held) { return false }
      if edge.theirs < 2, stored[other].flags.contains(.held) { return false }
    }
    if stored[one].vetoes.isEmpty { return true }
    return !stored[one].vetoes.contains { veto in
      stored[other].vetoes.contains { $0.position == veto.position && $0.isSecond != veto.isSecond }
    }
  }

  /// What has to be loaded next; empty when everything in reach is there.
  mutating func demand(from draft: PeopleDraft) throws(SCRMError) -> IdentityDemand {
    var reach = reach()
    while true {
      let before = stored.count
      try read(reach.wanted.elements, from: draft)
      if stored.count == before { break }
      reach = self.reach()
    }
    var demand = IdentityDemand()
    for account in reach.wanted.elements {
      let key = StoredIdentifier.stateKey(account)
      if !draft.knowsState(key) { demand.states.append(key) }
    }
    for account in reach.core.elements {
      if let place = storedAccounts.place(of: account) {
        if let owner = draft.owner(of: stored[place].key) {
          if !draft.knowsPerson(owner.person) { demand.people.append(owner.person) }
        } else {
          demand.identities.append(stored[place].key)
        }
      }
      if !draft.knowsPerson(account.person) { demand.people.append(account.person) }
    }
    return demand
  }
}
