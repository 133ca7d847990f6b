import SCRMModel

/// From what a party states to people in the draft.
extension EvidenceResolver {
  func resolve(
    _ party: StatingParty, _ interaction: Interaction, _ position: LogPosition, _ now: Instant,
    _ draft: inout PeopleDraft
  ) throws(SCRMError) -> Resolution {
    let best = party.entries[0]
    // The usual cases first: one account, seen again or for the first time.
    if !party.adds(to: draft, interaction), let owner = draft.owner(of: best.key) {
      return Resolution(account: owner.account, person: owner.person)
    }
    let entries = party.entries.filter { !isErased($0, &draft) }
    guard !entries.isEmpty else {
      throw SCRMError(
        .missing, subject: "\(interaction.key) identifiers", "all were erased and may not come back")
    }
    let wasKnown = entries.map { draft.owner(of: $0.key) != nil }
    if entries.count == 1, !wasKnown[0], party.descriptors.isEmpty {
      return draft.found(on: entries[0], interaction, at: position, mint: hasher.account)
    }
    var hood = take(&draft)
    hood.build(draft)
    var statement = NodeStatement(
      claims: [], descriptors: party.descriptors, event: interaction.key, isTarget: party.isTarget,
      time: interaction.occurred.inUTC, strength: interaction.trust)
    var links: [AccountLink] = []
    // Those who are known stand where they stood; only then come those who are new.
    for isKnown in [true, false] {
      for (place, entry) in entries.enumerated() where wasKnown[place] == isKnown {
        let account = draft.account(of: entry.key, mint: hasher.account)
        let link = draft.owner(of: entry.key).flatMap { owner in
          draft.person(owner.person)?.accounts.first { $0.account == account }
        }
        _ = hood.node(entry.key, account, known: link, at: statement.time)
      }
      if isKnown { hood.tables.settledNodes = hood.tables.nodes.count }
    }
    for entry in entries {
      let account = draft.account(of: entry.key, mint: hasher.account)
      guard let node = hood.nodes[account] else { continue }
      statement.claims.append((node, entry.identifier.assertion))
      links.append(
        AccountLink(
          account: account, key: entry.key, rawValue: entry.identifier.value,
          normaliserVersion: entry.normaliserVersion, assertion: entry.identifier.assertion,
          firstSeen: statement.time, firstEvent: interaction.key))
    }
    hood.enter(statement, at: position)
    let evidence = zip(links, wasKnown).filter { $0.1 }.map { $0.0.account }
    let change = PeopleChange(
      moved: hood.takeMoved(), stated: statement.claims.map(\.node), links: links, cause: interaction.key,
      evidence: evidence, position: position, now: now)
    let outcome = change.carryOut(hood, &draft)
    let resolution = Resolution(
      account: links[0].account, person: hood.person(statement.claims[0].node), isNew: !wasKnown.contains(true),
      merges: outcome.merges, moves: outcome.moves)
    draft.scratch = hood
    return resolution
  }

  /// The neighbourhood of the batch; it moves out of the draft, since a second owner would make the first change copy it.
  func take(_ draft: inout PeopleDraft) -> Neighbourhood {
    guard let hood = draft.scratch as? Neighbourhood else {
      return Neighbourhood(policy: settings.policy, hasher: hasher)
    }
    draft.scratch = nil
    return hood
  }

  // MARK: Erased for good

  /// The state that says whether there are tombstones at all.
  static let tombstones = StateKey.name("tombstones")

  static func tombstone(_ account: AccountID) -> StateKey { .name("tombstone:" + account.description) }

  private func isErased(_ entry: NormalisedParty.Entry, _ draft: inout PeopleDraft) -> Bool {
    guard draft.state(Self.tombstones) != nil, draft.owner(of: entry.key) == nil else { return false }
    return draft.state(Self.tombstone(draft.account(of: entry.key, mint: hasher.account))) != nil
  }

  // MARK: Loading and storing

  /// The identities, people and evidence around everyone whom the batch may join or part.
  public func demand(
    for batch: [(interaction: Interaction, actor: NormalisedParty, target: NormalisedParty?)],
    in draft: inout PeopleDraft
  ) throws(SCRMError) -> IdentityDemand {
    var hood = take(&draft)
    let mayBeErased = draft.state(Self.tombstones) != nil
    var tombstones: [StateKey] = draft.knowsState(Self.tombstones) ? [] : [Self.tombstones]
    for (interaction, actor, target) in batch {
      for (party, isTarget) in [(actor, false), (target ?? NormalisedParty(entries: []), true)] {
        let isCustomer = isTarget ? interaction.targetRole == .customer : interaction.actorRole == .customer
        guard isCustomer, !party.entries.isEmpty else { continue }
        let stating = StatingParty(party, of: interaction, isTarget: isTarget, settings)
        let adds = stating.adds(to: draft, interaction)
        guard adds || mayBeErased else { continue }
        for entry in stating.entries {
          if let owner = draft.owner(of: entry.key) {
            if adds { hood.seed(owner.account, isVerified: entry.identifier.assertion >= .verified) }
          } else if mayBeErased {
            let key = Self.tombstone(draft.account(of: entry.key, mint: hasher.account))
            if !draft.knowsState(key) { tombstones.append(key) }
          }
        }
      }
    }
    var demand = try hood.demand(from: draft)
    demand.states += tombstones
    draft.scratch = hood
    return demand
  }

  /// Writes the evidence that changed.
  public func finish(_ draft: inout PeopleDraft) {
    guard draft.scratch is Neighbourhood else { return }
    let hood = take(&draft)
    for node in hood.changedNodes {
      guard let position = hood.changed[node] else { continue }
      if let identifier = hood.identifier(node) {
        draft.put(identifier.record(version: position))
      } else {
        draft.removeState(StoredIdentifier.stateKey(hood.account(node)))
      }
    }
  }
}
