import SCRMModel

/// What a commit to the evidence does to the records of people: who has which accounts, and with them traits and consents.
struct PeopleChange {
  /// The nodes whose person is another one now, with the founder before.
  let moved: [(node: UInt32, founder: UInt32)]
  /// The nodes that were stated.
  let stated: [UInt32]
  /// What the statement says of their accounts.
  let links: [AccountLink]
  let cause: EventKey
  let evidence: [AccountID]
  let position: LogPosition
  let now: Instant

  struct Outcome {
    var merges: [MergeRecord] = []
    var moves: [AccountMove] = []
    var people: [PersonID] = []
  }

  /// What the people concerned have before, by account.
  private struct Holdings {
    var links: [AccountID: AccountLink] = [:]
    var traits: [AccountID: [(name: String, value: TraitValue)]] = [:]
    var consents: [AccountID: [ConsentRecord]] = [:]
    var accounts: [PersonID: [AccountID]] = [:]

    mutating func add(_ person: PersonRecord) {
      accounts[person.id] = person.accounts.map(\.account)
      for link in person.accounts { links[link.account] = link }
      for trait in person.traits.traits {
        for value in trait.values { traits[value.account, default: []].append((trait.name, value)) }
      }
      for record in person.consents.records { consents[record.account, default: []].append(record) }
    }
  }

  /// Brings the draft to where the neighbourhood is.
  func carryOut(_ hood: Neighbourhood, _ draft: inout PeopleDraft) -> Outcome {
    var founders: [UInt32] = []
    var old: [UInt32] = []
    for node in stated { Self.insert(hood.tables.nodes[Int(node)].founder, &founders) }
    if moved.isEmpty, founders.count == 1 { return extend(founders[0], hood, &draft) }
    for (node, founder) in moved {
      Self.insert(founder, &old)
      Self.insert(hood.tables.nodes[Int(node)].founder, &founders)
      Self.insert(hood.tables.nodes[Int(founder)].founder, &founders)
    }
    var holdings = Holdings()
    for founder in old + founders {
      let id = hood.account(founder).person
      guard holdings.accounts[id] == nil, let person = draft.person(id), person.mergedInto == nil else { continue }
      holdings.add(person)
    }
    for link in links { Self.note(link, &holdings) }
    var outcome = Outcome()
    for founder in hood.inOrder(founders) {
      write(founder, hood, holdings, &draft)
      outcome.people.append(hood.account(founder).person)
    }
    redirect(hood, old, &draft)
    tell(hood, old, holdings, &outcome, &draft)
    return outcome
  }

  /// The usual case: nobody moved, so the one person has the accounts from before, and those that were stated.
  private func extend(_ founder: UInt32, _ hood: Neighbourhood, _ draft: inout PeopleDraft) -> Outcome {
    let id = hood.account(founder).person
    let known = draft.person(id)
    let before = known?.mergedInto == nil ? known?.accounts ?? [] : []
    var accounts: [AccountLink] = []
    accounts.reserveCapacity(before.count + links.count)
    for account in hood.members(founder) {
      let old = before.first { $0.account == account }
      let said = links.first { $0.account == account }
      switch (old, said) {
      case (let old?, let said?): accounts.append(Self.joined(old, said))
      case (let link?, nil), (nil, let link?): accounts.append(link)
      case (nil, nil): break
      }
    }
    if known == nil || known?.mergedInto != nil || accounts != before {
      // Made at once, since every property that is set copies the record.
      draft.put(
        PersonRecord(
          id: id, accounts: accounts, traits: known?.traits ?? TraitLedger(),
          consents: known?.consents ?? ConsentLedger(), version: position))
    }
    own(accounts, id, &draft)
    var outcome = Outcome()
    outcome.people = [id]
    return outcome
  }

  private static func insert(_ founder: UInt32, _ list: inout [UInt32]) {
    if !list.contains(founder) { list.append(founder) }
  }

  /// Takes in what a statement says of an account.
  private static func note(_ link: AccountLink, _ holdings: inout Holdings) {
    holdings.links[link.account] = holdings.links[link.account].map { joined($0, link) } ?? link
  }

  /// What is known of an account, with what a statement says of it.
  private static func joined(_ known: AccountLink, _ link: AccountLink) -> AccountLink {
    var result = known
    result.assertion = max(known.assertion, link.assertion)
    if (link.firstSeen, link.firstEvent) < (known.firstSeen, known.firstEvent) {
      result.firstSeen = link.firstSeen
      result.firstEvent = link.firstEvent
      result.rawValue = link.rawValue
    }
    return result
  }

  /// Writes a person with the accounts they have now.
  private func write(_ founder: UInt32, _ hood: Neighbourhood, _ holdings: Holdings, _ draft: inout PeopleDraft) {
    let id = hood.account(founder).person
    let known = draft.person(id)
    let accounts = hood.members(founder)
    let links = accounts.compactMap { holdings.links[$0] }
    var (traits, consents) = (known?.traits ?? TraitLedger(), known?.consents ?? ConsentLedger())
    if !moved.isEmpty {
      (traits, consents) = (TraitLedger(), ConsentLedger())
      for account in accounts {
        for trait in holdings.traits[account] ?? [] { traits.record(trait.name, trait.value) }
        for consent in holdings.consents[account] ?? [] { consents.add(consent) }
      }
    }
    let isSame = known.map {
      $0.mergedInto == nil && $0.accounts == links && $0.traits == traits && $0.consents == consents
    }
    if isSame != true {
      draft.put(PersonRecord(id: id, accounts: links, traits: traits, consents: consents, version: position))
    }
    own(links, id, &draft)
  }

  /// Has the identifiers of accounts lead to a person.
  private func own(_ links: [AccountLink], _ id: PersonID, _ draft: inout PeopleDraft) {
    for link in links where draft.owner(of: link.key)?.person != id {
      draft.put(IdentityRecord(key: link.key, account: link.account, person: id, version: position))
    }
  }

  /// Every id ever given leads to whoever has the identifier it was given for.
  private func redirect(_ hood: Neighbourhood, _ old: [UInt32], _ draft: inout PeopleDraft) {
    for node in hood.inOrder(old + moved.map(\.node)) {
      let (id, heir) = (hood.account(node).person, hood.person(node))
      guard heir != id, let record = draft.person(id), record.mergedInto != heir else { continue }
      draft.put(PersonRecord(id: id, mergedInto: heir, version: position))
    }
  }

  /// Says what happened, as merges of people and moves of accounts.
  private func tell(
    _ hood: Neighbourhood, _ old: [UInt32], _ holdings: Holdings, _ outcome: inout Outcome, _ draft: inout PeopleDraft
  ) {
    for founder in hood.inOrder(old) {
      let heir = hood.tables.nodes[Int(founder)].founder
      let (id, heirID) = (hood.account(founder).person, hood.account(heir).person)
      let leaving = moved.filter { $0.founder == founder }
      if heir != founder {
        let came = leaving.filter { hood.tables.nodes[Int($0.node)].founder == heir }.map { hood.account($0.node) }
        outcome.merges.append(
          MergeRecord(
            survivor: heirID, absorbed: id, accounts: came.sorted(), cause: cause, evidence: evidence, time: now,
            position: position))
        let kept = (holdings.accounts[heirID] ?? []).sorted()
        draft.put(MergeNote(position: position, absorbed: id, kept: kept).record)
      }
      var moves: [PersonID: [AccountID]] = [:]
      for (node, _) in leaving where hood.tables.nodes[Int(node)].founder != heir {
        moves[hood.person(node), default: []].append(hood.account(node))
      }
      for (to, accounts) in moves.sorted(by: { $0.key < $1.key }) {
        outcome.moves.append(AccountMove(from: heirID, to: to, accounts: accounts.sorted()))
      }
    }
    for merge in outcome.merges { draft.note(merge) }
  }
}
