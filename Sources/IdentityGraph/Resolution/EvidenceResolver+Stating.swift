import SCRMModel

/// From what a party states to people in the draft.
extension EvidenceResolver {
  func resolve(
    _ party: StatingParty, _ interaction: Interaction, _ position: LogPosition, _ now: Instant,
    _ draft: inout PeopleDraft
  ) throws(SCRMError) -> Resolution {
    // The usual cases first: one account, seen again or for the first time.
    if !party.adds(to: draft, interaction), let owner = draft.owner(of: party.entries, at: 0) {
      return Resolution(account: owner.account, person: owner.person)
    }
    // Held here and below, since what refers to `self` would copy it with all its settings.
    let hasher = hasher
    let mayBeErased = draft.state(Self.tombstones) != nil
    let entries = mayBeErased ? party.entries.filter { !isErased($0, &draft) } : party.entries
    guard !entries.isEmpty else {
      throw SCRMError(
        .missing, subject: "\(interaction.key) identifiers", "all were erased and may not come back")
    }
    let wasKnown = entries.indices.map { draft.owner(of: entries, at: $0) != nil }
    if entries.count == 1, !wasKnown[0], party.descriptors.isEmpty {
      return draft.found(on: entries[0], interaction, at: position, mint: { hasher.account(of: $0) })
    }
    var held = take(&draft)
    defer { draft.scratch = held }
    return resolve(party, entries, wasKnown, interaction, position, now, &held.hood, &draft)
  }

  /// Enters what usable identifiers say, `wasKnown` by identifier, into the neighbourhood of the batch.
  private func resolve(
    _ party: StatingParty, _ entries: [NormalisedParty.Entry], _ wasKnown: [Bool], _ interaction: Interaction,
    _ position: LogPosition, _ now: Instant, _ hood: inout Neighbourhood, _ draft: inout PeopleDraft
  ) -> Resolution {
    if wasKnown.allSatisfy({ $0 }), hood.novelty(of: party, interaction, draft) == .confirms,
      let owner = draft.owner(of: party.entries, at: 0)
    {
      hood.confirm(party, interaction, in: draft, at: position)
      return Resolution(account: owner.account, person: owner.person)
    }
    let hasher = hasher
    hood.build(draft)
    var statement = NodeStatement(
      claims: [], descriptors: party.descriptors, event: interaction.key, isTarget: party.isTarget,
      time: interaction.occurred.inUTC, strength: interaction.trust)
    var links: [AccountLink] = []
    // Those who are known stand where they stood; only then come those who are new.
    for place in entries.indices where wasKnown[place] {
      let account = draft.account(of: entries, at: place, mint: { hasher.account(of: $0) })
      let link = draft.person(behind: entries, at: place)?.accounts.first { $0.account == account }
      _ = hood.node(entries[place].key, account, known: link, at: statement.time)
    }
    hood.tables.settledNodes = hood.tables.nodes.count
    for place in entries.indices where !wasKnown[place] {
      let account = draft.account(of: entries, at: place, mint: { hasher.account(of: $0) })
      _ = hood.node(entries[place].key, account, known: nil, at: statement.time)
    }
    statement.claims.reserveCapacity(entries.count)
    links.reserveCapacity(entries.count)
    var evidence: [AccountID] = []
    for place in entries.indices {
      let account = draft.account(of: entries, at: place, mint: { hasher.account(of: $0) })
      guard let node = hood.node(of: account) else { continue }
      if wasKnown[place] { evidence.append(account) }
      statement.claims.append((node, entries[place].identifier.assertion))
      links.append(
        AccountLink(
          account: account, key: entries[place].key, rawValue: entries[place].identifier.value,
          normaliserVersion: entries[place].normaliserVersion, assertion: entries[place].identifier.assertion,
          firstSeen: statement.time, firstEvent: interaction.key))
    }
    hood.enter(statement, at: position)
    let change = PeopleChange(
      moved: hood.takeMoved(), stated: statement.claims.map(\.node), links: links, cause: interaction.key,
      evidence: evidence, position: position, now: now)
    let outcome = change.carryOut(hood, &draft)
    return Resolution(
      account: links[0].account, person: hood.person(statement.claims[0].node), isNew: !wasKnown.contains(true),
      merges: outcome.merges, moves: outcome.moves)
  }

  /// The neighbourhood of the batch; it moves out of the draft, since a second owner would make the first change copy it.
  func take(_ draft: inout PeopleDraft) -> HeldNeighbourhood {
    guard let held = draft.scratch as? HeldNeighbourhood else {
      return HeldNeighbourhood(Neighbourhood(policy: settings.policy, hasher: hasher))
    }
    draft.scratch = nil
    return held
  }

  // MARK: Erased for good

  /// The state that says whether there are tombstones at all.
  static let tombstones = StateKey.name("tombstones")

  static func tombstone(_ account: AccountID) -> StateKey { .name("tombstone:" + account.description) }

  private func isErased(_ entry: NormalisedParty.Entry, _ draft: inout PeopleDraft) -> Bool {
    guard draft.owner(of: entry.key) == nil else { return false }
    return draft.state(Self.tombstone(draft.account(of: entry.key, mint: { hasher.account(of: $0) }))) != nil
  }

  // MARK: Loading and storing

  /// The identities, people and evidence around everyone whom the batch may join or part.
  public func demand(
    for batch: [(interaction: Interaction, actor: NormalisedParty, target: NormalisedParty?)],
    in draft: inout PeopleDraft
  ) throws(SCRMError) -> IdentityDemand {
    var held = take(&draft)
    try held.hood.reread(&draft)
    let mayBeErased = draft.state(Self.tombstones) != nil
    var wanted: [StateKey] = draft.knowsState(Self.tombstones) ? [] : [Self.tombstones]
    // Asked again after what it wanted was read, it looks at those that waited for it.
    let isAskedAgain = held.hood.judged == (batch.count, draft.edition, mayBeErased)
    let places = isAskedAgain ? held.hood.undecided : Array(batch.indices)
    held.hood.undecided = []
    held.hood.judged = (batch.count, draft.edition, mayBeErased)
    let traits = settings.descriptorTraits
    for place in places {
      let interaction = batch[place].interaction
      let before = wanted.count
      if interaction.actorRole == .customer {
        let party = StatingParty(batch[place].actor, of: interaction, isTarget: false, traits)
        try note(party, interaction, &held.hood, &draft, mayBeErased, &wanted)
      }
      if interaction.targetRole == .customer, let target = batch[place].target {
        let party = StatingParty(target, of: interaction, isTarget: true, traits)
        try note(party, interaction, &held.hood, &draft, mayBeErased, &wanted)
      }
      if wanted.count > before { held.hood.undecided.append(place) }
    }
    var demand = try held.hood.demand(from: draft)
    demand.states += wanted
    draft.scratch = held
    return demand
  }

  /// Notes what has to be known before a party's statement is entered.
  private func note(
    _ party: StatingParty, _ interaction: Interaction, _ hood: inout Neighbourhood, _ draft: inout PeopleDraft,
    _ mayBeErased: Bool, _ wanted: inout [StateKey]
  ) throws(SCRMError) {
    if party.entries.isEmpty { return }
    let adds = party.adds(to: draft, interaction)
    if mayBeErased {
      for entry in party.entries where draft.owner(of: entry.key) == nil {
        let key = Self.tombstone(draft.account(of: entry.key, mint: { hasher.account(of: $0) }))
        if !draft.knowsState(key) { wanted.append(key) }
      }
    }
    guard adds else { return }
    var (isKnown, isSeeded) = (false, true)
    for place in party.entries.indices {
      guard let account = draft.owner(of: party.entries, at: place)?.account else { continue }
      isKnown = true
      try hood.read(account, from: draft)
      if !hood.seeds.contains(account) { isSeeded = false }
    }
    if !isKnown { return }
    let novelty = isSeeded ? .news : hood.novelty(of: party, interaction, draft)
    if novelty == .confirms { return }
    for place in party.entries.indices {
      guard let account = draft.owner(of: party.entries, at: place)?.account else { continue }
      if novelty == .news {
        hood.seed(account, isVerified: party.entries[place].identifier.assertion >= .verified)
      } else if !draft.knowsState(StoredIdentifier.stateKey(account)) {
        wanted.append(StoredIdentifier.stateKey(account))
      }
    }
  }

  /// Writes the evidence that changed.
  public func finish(_ draft: inout PeopleDraft) {
    guard draft.scratch is HeldNeighbourhood else { return }
    var held = take(&draft)
    held.hood.write(to: &draft)
    // Left there for whoever lets go of the draft, who is in less of a hurry.
    draft.scratch = held
  }
}

extension Neighbourhood {
  /// Puts the evidence that changed into the draft.
  fileprivate mutating func write(to draft: inout PeopleDraft) {
    draft.expect(states: confirmed.elements.count + changedNodes.count)
    for (account, position) in zip(confirmed.elements, confirmedAt) {
      if let node = node(of: account) {
        change(node, at: max(position, changed[node] ?? position))
      } else if let place = storedAccounts.place(of: account) {
        draft.put(stored[place].record(version: position))
      }
    }
    for node in changedNodes {
      guard let position = changed[node] else { continue }
      if let identifier = identifier(node) {
        draft.put(identifier.record(version: position))
      } else {
        draft.removeState(StoredIdentifier.stateKey(account(node)))
      }
    }
  }
}
