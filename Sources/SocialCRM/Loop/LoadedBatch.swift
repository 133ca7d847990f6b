import DenseData
import SCRMModel

/// Everything stored that the decisions about a batch may look at: bulk reads, a fixed number of calls per batch.
struct LoadedBatch: Sendable {
  var base = LogPosition.start
  var loopRecord: StateRecord?
  var draft = PeopleDraft(identities: [], people: [])
  var activity: [StateRecord] = []
  var rules: [StateRecord] = []
  var ties: [TieRecord] = []
  var scores: [(name: String, record: StateRecord)] = []
  /// Revision states by the original's key.
  var groups: [EventKey: StateRecord] = [:]
  /// Interactions of the log that may have to be taken back or looked at again, with the mode they came in.
  var earlier: [EventKey: Interaction] = [:]
  var rowsRead = 0
}

/// Loads a batch from a store.
struct BatchLoader: Sendable {
  let store: any SCRMStore
  let configuration: SocialCRM.Configuration

  /// The head and the state of the loop as a whole.
  func begin() async throws -> LoadedBatch {
    var loaded = LoadedBatch()
    loaded.base = try await store.head()
    loaded.loopRecord = try await store.states(LoopState.kind, [LoopState.key])[0]
    return loaded
  }

  /// What settles who the items are about: identities, people, revisions.
  func load(_ items: [PreparedBatch.Item], into loaded: inout LoadedBatch) async throws {
    if items.isEmpty { return }
    let revised = try await loadRevisions(items, into: &loaded)
    var keys = FirstSeen<IdentifierKey>(capacity: items.count * 2)
    for item in items {
      if item.interaction.actorRole == .customer { for entry in item.actor.entries { keys.insert(entry.key) } }
      guard let target = item.target, item.interaction.targetRole == .customer else { continue }
      for entry in target.entries { keys.insert(entry.key) }
    }
    for party in revised { for entry in party.entries { keys.insert(entry.key) } }
    try await loadPeople(keys.elements, of: items, into: &loaded)
  }

  /// The state of the people and ties that the steps touch.
  func load(_ steps: [FoldStep], _ tieCounts: [TieCount], into loaded: inout LoadedBatch) async throws {
    var people = FirstSeen<PersonID>(capacity: steps.count)
    for step in steps {
      if step.effects == nil, step.resolution.merges.isEmpty {
        if let person = step.resolution.person { people.insert(person) }
      } else {
        for person in step.people { people.insert(person) }
      }
    }
    try await loadStates(of: people.elements, into: &loaded)
    var ties = FirstSeen<TieKey>(capacity: tieCounts.count)
    for count in tieCounts { ties.insert(count.key) }
    if ties.elements.isEmpty { return }
    loaded.rowsRead += ties.elements.count
    loaded.ties = try await store.ties(ties.elements).compactMap { $0 }
  }

  /// Revision groups and the interactions in them; returns the actors of those.
  private func loadRevisions(
    _ items: [PreparedBatch.Item], into loaded: inout LoadedBatch
  ) async throws -> [NormalisedParty] {
    // An interaction may have been taken back before it arrived, so its own key is looked up as well.
    let originals = items.map(\.interaction.original)
    let records = try await store.states(RevisionGroup.kind, originals.map { .event($0) })
    loaded.rowsRead += originals.count
    if !items.contains(where: { $0.interaction.isRevision }), records.allSatisfy({ $0 == nil }) { return [] }
    var wanted = FirstSeen<EventKey>(capacity: 0)
    for (index, original) in originals.enumerated() {
      if items[index].interaction.isRevision { wanted.insert(original) }
      guard let record = records[index], loaded.groups[original] == nil else { continue }
      loaded.groups[original] = record
      for edit in try RevisionGroup(record, original: original).edits {
        wanted.insert(EventKey(original.source, edit.id))
      }
      wanted.insert(original)
    }
    return try await loadEarlier(wanted.elements, into: &loaded)
  }

  @discardableResult
  private func loadEarlier(_ keys: [EventKey], into loaded: inout LoadedBatch) async throws -> [NormalisedParty] {
    if keys.isEmpty { return [] }
    loaded.rowsRead += keys.count
    var actors: [NormalisedParty] = []
    for entry in try await store.entries(for: keys) {
      guard case .interaction(let interaction, _)? = entry?.body else { continue }
      loaded.earlier[interaction.key] = interaction
      if interaction.actorRole == .customer { actors.append(configuration.identity.keys(of: interaction.actor)) }
    }
    return actors
  }

  private func loadPeople(
    _ keys: [IdentifierKey], of items: [PreparedBatch.Item], into loaded: inout LoadedBatch
  ) async throws {
    let identities = try await store.identities(for: keys).compactMap { $0 }
    var ids = FirstSeen<PersonID>(capacity: identities.count)
    for identity in identities { ids.insert(identity.person) }
    let people = try await store.people(ids.elements).compactMap { $0 }
    loaded.rowsRead += keys.count + ids.elements.count
    loaded.draft = PeopleDraft(identities: identities, people: people, expecting: keys.count)
    // Whoever may be joined with others or get another id moves as a whole: with all identifiers, and with the ids that
    // once redirected to them, one of which may become the survivor again.
    let moving = Self.moving(items, in: loaded.draft).flatMap(\.accounts)
    if !moving.isEmpty {
      let otherKeys = moving.map(\.key).filter { loaded.draft.owner(of: $0) == nil }
      let otherIDs = moving.map(\.account.person).filter { loaded.draft.person($0) == nil }
      loaded.draft.add(identities: try await store.identities(for: otherKeys).compactMap { $0 })
      loaded.draft.add(people: try await store.people(otherIDs).compactMap { $0 })
      loaded.rowsRead += otherKeys.count + otherIDs.count
    }
  }

  /// The people whom one of the items may join with others, or of whom it may show that an account is older than known.
  private static func moving(_ items: [PreparedBatch.Item], in draft: PeopleDraft) -> [PersonRecord] {
    var moving: [PersonID: PersonRecord] = [:]
    for item in items {
      if item.interaction.actorRole == .customer { note(item.actor, item.interaction, draft, &moving) }
      if let target = item.target, item.interaction.targetRole == .customer {
        note(target, item.interaction, draft, &moving)
      }
    }
    return moving.values.sorted { $0.id < $1.id }
  }

  private static func note(
    _ party: NormalisedParty, _ interaction: Interaction, _ draft: PeopleDraft, _ moving: inout [PersonID: PersonRecord]
  ) {
    var owners: [PersonID?] = []
    for entry in party.entries {
      let owner = draft.owner(of: entry.key)?.person
      if !owners.contains(owner) { owners.append(owner) }
    }
    for case let id? in owners where moving[id] == nil {
      guard let person = draft.person(id) else { continue }
      let accounts = person.accounts
      guard accounts.count > 1 else { continue }
      // Identifiers that lead to one person already join nobody.
      if owners.count > 1 || accounts.indices.contains(where: { interaction.occurred <= accounts[$0].firstSeen }) {
        moving[id] = person
      }
    }
  }

  /// The states of people.
  func loadStates(of ids: [PersonID], into loaded: inout LoadedBatch) async throws {
    let keys = ids.map { StateKey.person($0) }
    loaded.activity = try await store.states(configuration.segments.stateKind, keys).compactMap { $0 }
    loaded.rules = try await store.states(configuration.rules.stateKind, keys).compactMap { $0 }
    loaded.rowsRead += 2 * keys.count
    for name in configuration.scores {
      for record in try await store.states(PublishedScore.kind(name), keys) {
        if let record { loaded.scores.append((name: name, record: record)) }
      }
      loaded.rowsRead += keys.count
    }
  }

  /// Interactions of the log that are not loaded yet.
  func loadTriggers(_ keys: [EventKey], into loaded: inout LoadedBatch) async throws {
    var missing = FirstSeen<EventKey>(capacity: keys.count)
    for key in keys where loaded.earlier[key] == nil { missing.insert(key) }
    try await loadEarlier(missing.elements, into: &loaded)
  }
}

/// Values without repetition, in the order in which they were first seen, which unlike a set's is reproducible.
struct FirstSeen<Element: IndexHashable> {
  private(set) var elements: [Element] = []
  private var seen: HashIndex

  init(capacity: Int) {
    elements.reserveCapacity(capacity)
    seen = HashIndex(capacity: capacity)
  }

  mutating func insert(_ element: Element) {
    if seen.find(element.indexHash, { elements[$0] == element }) != nil { return }
    seen.insert(element.indexHash, row: elements.count)
    elements.append(element)
  }
}

extension TieKey {
  /// The tie between the accounts of two parties; `nil` without a target or to oneself.
  init?(
    _ actor: NormalisedParty, _ target: NormalisedParty?, _ draft: inout PeopleDraft, _ identity: any IdentityStage
  ) {
    guard let target = target?.entries.first, let actor = actor.entries.first, actor.key != target.key else {
      return nil
    }
    self.init(
      from: draft.account(of: actor.key, mint: identity.account),
      to: draft.account(of: target.key, mint: identity.account))
  }
}
