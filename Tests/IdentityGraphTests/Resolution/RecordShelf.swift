import SCRMModel

@testable import IdentityGraph

/// What a store keeps between the batches of an evidence stage: every batch is decided on a draft of its own, into which
/// only what the stage demands is read.
struct RecordShelf: Equatable {
  private(set) var identities: [IdentifierKey: IdentityRecord] = [:]
  private(set) var people: [PersonID: PersonRecord] = [:]
  private(set) var states: [StateKey: StateRecord] = [:]
  private(set) var merges: [MergeRecord] = []
  private(set) var position = LogPosition.start

  /// How a batch was decided.
  struct Account {
    var resolutions: [Resolution] = []
    /// Whether something in it only confirmed what was known.
    var confirms = false
    /// Whether something in it was laid out in tables, since it said something new.
    var lays = false
    /// How many states were read.
    var read = 0
  }

  @discardableResult
  mutating func take(_ batch: [Interaction], by stage: EvidenceResolver) throws -> Account {
    let items = batch.map { interaction in
      (
        interaction: interaction, actor: stage.keys(of: interaction.actor),
        target: interaction.target.map { stage.keys(of: $0) }
      )
    }
    let keys = items.flatMap { $0.actor.entries + ($0.target?.entries ?? []) }.map(\.key)
    let known = keys.compactMap { identities[$0] }
    var draft = PeopleDraft(identities: known, people: known.compactMap { people[$0.person] })
    while try read(stage.demand(for: items, in: &draft), into: &draft) {}
    var account = Account(read: draft.stateKeys.count)
    for (interaction, actor, target) in items {
      position = position.next
      account.resolutions.append(
        try stage.resolve(
          interaction, actor: actor, target: target, at: position, now: interaction.received, in: &draft))
    }
    if let held = draft.scratch as? HeldNeighbourhood {
      account.confirms = !held.hood.confirmed.elements.isEmpty
      account.lays = held.hood.isBuilt
    }
    stage.finish(&draft)
    keep(draft)
    return account
  }

  /// Reads what is demanded; whether anything of it was not in the draft yet.
  private func read(_ demand: IdentityDemand, into draft: inout PeopleDraft) -> Bool {
    let identities = demand.identities.filter { draft.owner(of: $0) == nil }.compactMap { self.identities[$0] }
    let people = demand.people.filter { !draft.knowsPerson($0) }.compactMap { self.people[$0] }
    let states = demand.states.filter { !draft.knowsState($0) }
    draft.add(identities: identities)
    draft.add(people: people)
    draft.add(states: states.map { ($0, self.states[$0]) })
    return !identities.isEmpty || !people.isEmpty || !states.isEmpty
  }

  private mutating func keep(_ draft: PeopleDraft) {
    for change in draft.identityChanges() { identities[change.record.key] = change.record }
    for change in draft.personChanges() { people[change.record.id] = change.record }
    for change in draft.stateChanges(StoredIdentifier.kind) {
      states[change.record.key] = change.isRemoval ? nil : change.record
    }
    merges += draft.merges
  }
}
