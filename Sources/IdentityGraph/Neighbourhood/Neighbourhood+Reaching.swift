import SCRMModel

extension Neighbourhood {
  /// What was read, as far as decisions are made about it, and what is still to be read.
  struct Reach {
    /// The identifiers about which everything is known, in the order in which they were met.
    var core: [AccountID] = []
    var isCore: Set<AccountID> = []
    /// The accounts whose states are to be read: the core and its neighbours.
    var wanted: [AccountID] = []
    fileprivate var isWanted: Set<AccountID> = []

    fileprivate mutating func want(_ account: AccountID) {
      if isWanted.insert(account).inserted { wanted.append(account) }
    }

    fileprivate mutating func take(_ account: AccountID) -> Bool {
      want(account)
      guard isCore.insert(account).inserted else { return false }
      core.append(account)
      return true
    }
  }

  /// How far the batch reaches, by what was read so far.
  ///
  /// The seeds and their neighbours, the components of all of these, and the neighbours of the seeds' neighbours where a
  /// value shared by few may come to join them. O(edges of the identifiers reached).
  func reach() -> Reach {
    var reach = Reach()
    for seed in seeds { _ = reach.take(seed) }
    var near: Set<AccountID> = []
    for seed in seeds {
      guard let identifier = find(seed), opensCrowds || !isCrowd(identifier) else { continue }
      for edge in identifier.edges {
        near.insert(edge.other)
        _ = reach.take(edge.other)
      }
    }
    var place = 0
    while place < reach.core.count {
      let account = reach.core[place]
      place += 1
      guard let one = find(account) else { continue }
      let isNear = isSeed.contains(account) || near.contains(account)
      if isCrowd(one), !(opensCrowds && isNear) { continue }
      for edge in one.edges {
        reach.want(edge.other)
        guard let other = find(edge.other) else { continue }
        let mayJoin = isNear && one.flags.contains(.shared)
        if mayJoin || one.connects && other.connects && isUsable(edge, one, other) { _ = reach.take(edge.other) }
      }
    }
    return reach
  }

  /// Whether an edge may join its ends, as far as they say.
  private func isUsable(_ edge: StoredEdge, _ one: StoredIdentifier, _ other: StoredIdentifier) -> Bool {
    guard edge.count > 0, edge.strength >= tables.policy.minimumStrength else { return false }
    if tables.policy.protectsVerified {
      if edge.mine < 2, one.flags.contains(.held) { return false }
      if edge.theirs < 2, other.flags.contains(.held) { return false }
    }
    return !one.vetoes.contains { veto in
      other.vetoes.contains { $0.position == veto.position && $0.isSecond != veto.isSecond }
    }
  }

  /// What has to be loaded next; empty when everything in reach is there.
  mutating func demand(from draft: PeopleDraft) throws(SCRMError) -> IdentityDemand {
    var reach = reach()
    while true {
      let before = stored.count
      try read(reach.wanted, from: draft)
      if stored.count == before { break }
      reach = self.reach()
    }
    var demand = IdentityDemand()
    for account in reach.wanted {
      let key = StoredIdentifier.stateKey(account)
      if !draft.knowsState(key) { demand.states.append(key) }
    }
    for account in reach.core {
      if let identifier = find(account) {
        if let owner = draft.owner(of: identifier.key) {
          if draft.person(owner.person) == nil { demand.people.append(owner.person) }
        } else {
          demand.identities.append(identifier.key)
        }
      }
      if draft.person(account.person) == nil { demand.people.append(account.person) }
    }
    return demand
  }
}
