import SCRMExpressions
public import SCRMModel

extension EvidenceResolver {
  /// The evidence around the accounts that a ruling names.
  public func demand(
    for ruling: IdentityRuling, withdrawing withdrawn: Interaction?, in draft: inout PeopleDraft
  ) throws(SCRMError) -> IdentityDemand {
    var held = take(&draft)
    try held.hood.reread(&draft)
    held.hood.opensCrowds = true
    for account in accounts(of: ruling, withdrawn) { held.hood.seed(account) }
    var demand = try held.hood.demand(from: draft)
    if case .reconsider = ruling.decision, held.hood.seedPeople(in: draft) {
      demand = try held.hood.demand(from: draft)
    }
    if !draft.knowsState(Self.tombstones) { demand.states.append(Self.tombstones) }
    if case .withdraw(let place) = ruling.decision, !draft.knowsState(Self.withdrawal(place)) {
      demand.states.append(Self.withdrawal(place))
    }
    // Whoever has no evidence is found by the person whom the account alone makes.
    for account in held.hood.seeds.elements {
      guard let person = draft.person(account.person) else {
        demand.people.append(account.person)
        continue
      }
      for link in person.accounts where draft.owner(of: link.key) == nil { demand.identities.append(link.key) }
    }
    draft.scratch = held
    return demand
  }

  /// Carries out a ruling.
  ///
  /// What names accounts or an interaction that are no more, such as after an erasure, does nothing.
  public func carryOut(
    _ ruling: IdentityRuling, withdrawing withdrawn: Interaction?, at position: LogPosition, in draft: inout PeopleDraft
  ) throws(SCRMError) -> RulingOutcome {
    var held = take(&draft)
    held.hood.build(draft)
    var nodes: [UInt32] = []
    for account in accounts(of: ruling, withdrawn) {
      if let node = node(account, &held.hood, draft, ruling.time) { nodes.append(node) }
    }
    held.hood.tables.settledNodes = held.hood.tables.nodes.count
    switch ruling.decision {
    case .part(let first, let second):
      held.hood.part(
        first.compactMap { held.hood.node(of: $0) }, from: second.compactMap { held.hood.node(of: $0) }, at: position)
    case .lift(let veto, _): held.hood.lift(veto, of: nodes, at: position)
    case .give(_, let whole): for node in nodes { held.hood.give(node, to: whole, at: position) }
    case .takeBack: for node in nodes { held.hood.give(node, to: nil, at: position) }
    case .reconsider: held.hood.reconsider()
    case .gather: for node in nodes { held.hood.gather(around: node, at: position) }
    case .withdraw(let place):
      // Withdrawn twice is withdrawn once.
      if let withdrawn, draft.state(Self.withdrawal(place)) == nil {
        for statement in statements(of: withdrawn, held.hood) { held.hood.withdraw(statement, at: position) }
        mark(Self.withdrawal(place), at: position, &draft)
      }
    case .forget(let accounts, let leavesTombstones):
      for node in nodes { held.hood.forget(node, at: position) }
      if leavesTombstones {
        for key in [Self.tombstones] + accounts.map({ Self.tombstone($0) }) { mark(key, at: position, &draft) }
      }
    }
    held.hood.settle(at: position)
    var (moved, stated) = (held.hood.takeMoved(), nodes)
    if ruling.isReconsidering { stated = [] }
    if case .forget = ruling.decision {
      // The person stays whole until the store erases it: an erasure that is interrupted can be done again.
      moved.removeAll { nodes.contains($0.node) }
      stated = []
    }
    let change = PeopleChange(
      moved: moved, stated: stated, links: [], cause: .logEntry(position), evidence: [], position: position,
      now: ruling.time)
    let outcome = change.carryOut(held.hood, &draft)
    draft.scratch = held
    var result = RulingOutcome()
    (result.merges, result.moves, result.people) = (outcome.merges, outcome.moves, outcome.people)
    return result
  }

  /// The accounts of the identifiers among states of the stage; the others are notes.
  package static func accounts(of records: [StateRecord]) -> [AccountID] {
    records.compactMap { record in
      if case .person(let person) = record.key { AccountID(high: person.high, low: person.low) } else { nil }
    }
  }

  private static func withdrawal(_ place: LogPosition) -> StateKey { .name("withdrawn:\(place)") }

  private func mark(_ key: StateKey, at position: LogPosition, _ draft: inout PeopleDraft) {
    if draft.state(key) != nil { return }
    draft.put(
      StateRecord(
        kind: StoredIdentifier.kind, key: key, version: position, schema: StoredIdentifier.schema, bytes: []))
  }

  private func accounts(of ruling: IdentityRuling, _ withdrawn: Interaction?) -> [AccountID] {
    switch ruling.decision {
    case .part(let first, let second): first + second
    case .lift(_, let accounts), .forget(let accounts, _), .reconsider(let accounts), .gather(let accounts): accounts
    case .give(let account, _), .takeBack(let account): [account]
    case .withdraw: withdrawn.map { parties(of: $0).flatMap { $0.entries.map { hasher.account(of: $0.key) } } } ?? []
    }
  }

  func parties(of interaction: Interaction) -> [StatingParty] {
    let traits = settings.descriptorTraits
    var parties: [StatingParty] = []
    if interaction.actorRole == .customer {
      parties.append(StatingParty(keys(of: interaction.actor), of: interaction, isTarget: false, traits))
    }
    if let target = interaction.target, target.role == .customer {
      parties.append(StatingParty(keys(of: target), of: interaction, isTarget: true, traits))
    }
    return parties
  }

  private func statements(of interaction: Interaction, _ hood: Neighbourhood) -> [NodeStatement] {
    parties(of: interaction).compactMap { party in
      let claims = party.entries.compactMap { entry in
        hood.node(of: hasher.account(of: entry.key)).map { (node: $0, assertion: entry.identifier.assertion) }
      }
      if claims.isEmpty { return nil }
      return NodeStatement(
        claims: claims, descriptors: party.descriptors, event: interaction.key, isTarget: party.isTarget,
        time: interaction.occurred.inUTC, strength: interaction.trust)
    }
  }

  /// The node of an account; `nil` when nothing is known of it.
  private func node(
    _ account: AccountID, _ hood: inout Neighbourhood, _ draft: PeopleDraft, _ time: Instant
  ) -> UInt32? {
    if let node = hood.node(of: account) { return node }
    guard let link = draft.person(account.person)?.accounts.first(where: { $0.account == account }) else { return nil }
    return hood.node(link.key, account, known: link, at: time)
  }
}
