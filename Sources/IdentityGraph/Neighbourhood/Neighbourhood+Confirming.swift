import SCRMExpressions
import SCRMModel

/// What says nothing that was not said before: it counts, and changes nobody.
///
/// Most statements are of this sort: somebody signs in once more. Only the records of the identifiers they name are read
/// and written; who else belongs to the person does not matter.
extension Neighbourhood {
  /// What a statement may be, by what was read so far.
  enum Novelty {
    case confirms, news
    /// The records of its identifiers have to be read first.
    case unread
  }

  /// Whether all that a party states was stated before, at least as strongly and not later.
  ///
  /// It stays so while a batch is decided: evidence is only added.
  func novelty(of party: StatingParty, _ interaction: Interaction, _ draft: PeopleDraft) -> Novelty {
    guard let hub = account(of: party.entries, at: 0, interaction, draft) else { return .news }
    var isUnread = !draft.knowsState(StoredIdentifier.stateKey(hub))
    for place in party.entries.indices.dropFirst() {
      guard let account = account(of: party.entries, at: place, interaction, draft) else { return .news }
      if !draft.knowsState(StoredIdentifier.stateKey(account)) { isUnread = true }
    }
    if isUnread { return .unread }
    guard let place = storedAccounts.place(of: hub), isKnown(party.entries[0], at: place, interaction) else {
      return .news
    }
    for descriptor in party.descriptors
    where !stored[place].descriptors.contains(where: { $0.support > 0 && $0.descriptor == descriptor }) { return .news }
    for (index, entry) in party.entries.enumerated().dropFirst() {
      guard let owner = draft.owner(of: party.entries, at: index), let other = storedAccounts.place(of: owner.account),
        other != place, isKnown(entry, at: other, interaction),
        let edge = stored[place].edges.firstIndex(where: { $0.other == owner.account }),
        stored[other].edges.contains(where: { $0.other == hub }),
        stored[place].edges[edge].holds(evidence(of: entry, beside: party.entries[0], interaction, party.isTarget))
      else { return .news }
    }
    return .confirms
  }

  /// The account of an identifier whose link says as much already; `nil` for any other.
  private func account(
    of entries: [NormalisedParty.Entry], at place: Int, _ interaction: Interaction, _ draft: PeopleDraft
  ) -> AccountID? {
    guard let owner = draft.owner(of: entries, at: place), let person = draft.person(behind: entries, at: place) else {
      return nil
    }
    let accounts = person.accounts
    for index in accounts.indices where accounts[index].account == owner.account {
      let firstSeen = accounts[index].firstSeen
      let isEarlier =
        interaction.occurred != firstSeen
        ? interaction.occurred < firstSeen : interaction.key < accounts[index].firstEvent
      return isEarlier || entries[place].identifier.assertion > accounts[index].assertion ? nil : owner.account
    }
    return nil
  }

  private func isKnown(_ entry: NormalisedParty.Entry, at place: Int, _ interaction: Interaction) -> Bool {
    let (seconds, nanoseconds) = (interaction.occurred.secondsSinceEpoch, interaction.occurred.nanoseconds)
    return (stored[place].seconds, stored[place].nanoseconds) <= (seconds, nanoseconds)
      && (entry.identifier.assertion < .verified || stored[place].flags.contains(.verified))
  }

  private func evidence(
    of entry: NormalisedParty.Entry, beside hub: NormalisedParty.Entry, _ interaction: Interaction, _ isTarget: Bool
  ) -> StoredEvidence {
    StoredEvidence(
      event: interaction.key, isTarget: isTarget, seconds: interaction.occurred.secondsSinceEpoch,
      nanoseconds: interaction.occurred.nanoseconds, strength: interaction.trust,
      mine: UInt8(truncatingIfNeeded: hub.identifier.assertion.rank),
      theirs: UInt8(truncatingIfNeeded: entry.identifier.assertion.rank))
  }

  /// Counts a statement that confirms what is known.
  mutating func confirm(
    _ party: StatingParty, _ interaction: Interaction, in draft: PeopleDraft, at position: LogPosition
  ) {
    guard let hub = draft.owner(of: party.entries, at: 0)?.account else { return }
    for (place, entry) in party.entries.enumerated().dropFirst() {
      guard let account = draft.owner(of: party.entries, at: place)?.account else { continue }
      add(evidence(of: entry, beside: party.entries[0], interaction, party.isTarget), between: hub, and: account)
      noteConfirmed(account, at: position)
    }
    for descriptor in party.descriptors { support(descriptor, of: hub) }
    noteConfirmed(hub, at: position)
  }

  private mutating func add(_ piece: StoredEvidence, between hub: AccountID, and account: AccountID) {
    // Where both are in the tables, the edge is; otherwise the records as they were read are what will be written.
    if isBuilt, let one = node(of: hub), let two = node(of: account), let edge = tables.edge(between: one, and: two),
      Int(edge) < edges.count
    {
      edges[Int(edge)].add(tables.edges[Int(edge)].left == one ? piece : piece.mirrored)
      sum(edge)
      return
    }
    for (mine, theirs, piece) in [(hub, account, piece), (account, hub, piece.mirrored)] {
      guard let place = storedAccounts.place(of: mine),
        let edge = stored[place].edges.firstIndex(where: { $0.other == theirs })
      else { continue }
      stored[place].edges[edge].add(piece)
    }
  }

  private mutating func support(_ descriptor: IdentityDescriptor, of hub: AccountID) {
    if isBuilt, let node = node(of: hub) {
      tables.describe(node, as: tables.descriptors.use(descriptor))
    } else if let place = storedAccounts.place(of: hub),
      let row = stored[place].descriptors.firstIndex(where: { $0.descriptor == descriptor })
    {
      stored[place].descriptors[row].support += 1
    }
  }

  private mutating func noteConfirmed(_ account: AccountID, at position: LogPosition) {
    if let place = confirmed.place(of: account) {
      confirmedAt[place] = position
    } else {
      confirmed.insert(account)
      confirmedAt.append(position)
    }
  }
}
