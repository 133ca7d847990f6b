import SCRMModel

extension DeterministicResolver {
  /// What an interaction says about the identifiers of one party, worked out before anything is changed.
  struct Plan {
    /// The people concerned, in id order.
    private var people: [PersonRecord] = []
    /// All their accounts and the new ones, with what the interaction adds.
    private var links: [AccountLink] = []
    /// The account of the best identifier.
    private var account: AccountID
    /// The accounts the interaction named and that belonged to somebody, in the order of the identifiers.
    private var evidence: [AccountID] = []

    init(
      _ party: NormalisedParty, _ interaction: Interaction, _ settings: Settings, _ hasher: AccountHasher,
      _ draft: inout PeopleDraft
    ) throws(SCRMError) {
      // Identifiers of non-linking namespaces join nobody, unless the party has no other.
      var places = Array(party.entries.indices)
      if !settings.nonLinkingKinds.isEmpty {
        places.removeAll { settings.nonLinkingKinds.contains(party.entries[$0].key.namespace.kind) }
        if places.isEmpty { places = [0] }
      }
      account = draft.account(of: party.entries, at: places[0], mint: { hasher.account(of: $0) })
      var named: [AccountLink] = []
      named.reserveCapacity(places.count)
      for place in places {
        if let known = draft.owner(of: party.entries, at: place) {
          evidence.append(known.account)
          if !people.contains(where: { $0.id == known.person }),
            let person = draft.person(behind: party.entries, at: place)
          {
            people.append(person)
          }
        }
        named.append(
          AccountLink(
            account: draft.account(of: party.entries, at: place, mint: { hasher.account(of: $0) }),
            key: party.entries[place].key, rawValue: party.entries[place].identifier.value,
            normaliserVersion: party.entries[place].normaliserVersion,
            assertion: party.entries[place].identifier.assertion,
            firstSeen: interaction.occurred.inUTC, firstEvent: interaction.key))
      }
      if people.count == 1 {
        links = people[0].accounts
      } else {
        people.sort { $0.id < $1.id }
        links = people.flatMap(\.accounts)
      }
      for link in named {
        guard let index = links.firstIndex(where: { $0.account == link.account }) else {
          links.append(link)
          continue
        }
        links[index].assertion = max(links[index].assertion, link.assertion)
        if (link.firstSeen, link.firstEvent) < (links[index].firstSeen, links[index].firstEvent) {
          links[index].firstSeen = link.firstSeen
          links[index].firstEvent = link.firstEvent
          links[index].rawValue = link.rawValue
        }
      }
      guard links.count <= settings.limits.identifiersPerPerson else {
        throw SCRMError(
          .limitExceeded, subject: "\(interaction.key) identifiers",
          "joining would give a person \(links.count) identifiers, at most \(settings.limits.identifiersPerPerson) are allowed"
        )
      }
      links.sort { $0.account < $1.account }
    }

    func carryOut(
      _ party: NormalisedParty, _ interaction: Interaction, _ position: LogPosition, _ now: Instant,
      _ draft: inout PeopleDraft
    ) -> Resolution {
      let founder = links.reduce(links[0]) { $1.wasSeenBefore($0) ? $1 : $0 }
      let id = founder.account.person
      let before = people.first { $0.id == id }
      var traits = before?.traits ?? TraitLedger()
      var consents = before?.consents ?? ConsentLedger()
      var merges: [MergeRecord] = []
      for person in people where person.id != id {
        traits.merge(person.traits)
        consents.merge(person.consents)
        merges.append(
          MergeRecord(
            survivor: id, absorbed: person.id, accounts: person.accounts.map(\.account), cause: interaction.key,
            evidence: evidence, time: now, position: position))
        draft.put(PersonRecord(id: person.id, mergedInto: id, version: position))
      }
      let isSame = before.map {
        $0.mergedInto == nil && $0.accounts == links && $0.traits == traits && $0.consents == consents
      }
      if isSame != true {
        draft.put(PersonRecord(id: id, accounts: links, traits: traits, consents: consents, version: position))
      }
      // The survivor's own identifiers lead to it already.
      let own = (before?.accounts ?? []).map(\.account)
      for link in links where !own.contains(link.account) && draft.owner(of: link.key)?.person != id {
        draft.put(IdentityRecord(key: link.key, account: link.account, person: id, version: position))
      }
      for merge in merges { draft.note(merge) }
      return Resolution(account: account, person: id, isNew: people.isEmpty, merges: merges)
    }
  }
}
