import SCRMModel

/// Everything stored that the decisions about a batch may look at: bulk reads, a fixed number of calls per batch.
struct LoadedBatch: Sendable {
  var base = LogPosition.start
  var loopRecord: StateRecord?
  var draft = PeopleDraft(identities: [], people: [])
  var activity: [StateRecord] = []
  var rules: [StateRecord] = []
  var ties: [TieRecord] = []
  var scores: [PersonID: [String: Double]] = [:]
  /// Revision states by the original's key.
  var groups: [EventKey: StateRecord] = [:]
  /// Interactions of the log that may have to be taken back or looked at again, with the mode they came in.
  var earlier: [EventKey: Interaction] = [:]
  var rowsRead = 0

  /// Account ids of all keys of the batch.
  var accounts: [IdentifierKey: AccountID] = [:]
}

/// Loads a batch from a store.
struct BatchLoader {
  let store: any SCRMStore
  let configuration: SocialCRM.Configuration

  /// The head and the state of the loop as a whole.
  func begin() async throws -> LoadedBatch {
    var loaded = LoadedBatch()
    loaded.base = try await store.head()
    loaded.loopRecord = try await store.states(LoopState.kind, [LoopState.key])[0]
    return loaded
  }

  /// Everything the items touch.
  func load(_ items: [PreparedBatch.Item], into loaded: inout LoadedBatch) async throws {
    if items.isEmpty { return }
    let revised = try await loadRevisions(items, into: &loaded)
    var keys = Set<IdentifierKey>()
    keys.reserveCapacity(items.count * 2)
    for item in items {
      for entry in item.actor.entries where item.interaction.actor.role == .customer { keys.insert(entry.key) }
      if item.interaction.target?.role == .customer {
        for entry in item.target?.entries ?? [] { keys.insert(entry.key) }
      }
    }
    for party in revised { for entry in party.entries { keys.insert(entry.key) } }
    try await loadPeople(keys, of: items, into: &loaded)
    try await loadTies(items, into: &loaded)
  }

  /// Revision groups and the interactions in them; returns the actors of those.
  private func loadRevisions(
    _ items: [PreparedBatch.Item], into loaded: inout LoadedBatch
  ) async throws -> [NormalisedParty] {
    // An interaction may have been taken back before it arrived, so its own key is looked up as well.
    let originals = items.map { item in
      item.interaction.revision.map { EventKey(item.interaction.key.source, $0.id) } ?? item.interaction.key
    }
    let unique = Set(originals).sorted()
    let records = try await store.states(RevisionGroup.kind, unique.map { .event($0) })
    loaded.rowsRead += unique.count
    var wanted = Set<EventKey>()
    for (key, record) in zip(unique, records) {
      guard let record else { continue }
      loaded.groups[key] = record
      let group = try RevisionGroup(record, original: key)
      for edit in group.edits { wanted.insert(EventKey(key.source, edit.id)) }
      wanted.insert(key)
    }
    for (item, original) in zip(items, originals) where item.interaction.revision != nil { wanted.insert(original) }
    return try await loadEarlier(wanted.sorted(), into: &loaded)
  }

  @discardableResult
  private func loadEarlier(_ keys: [EventKey], into loaded: inout LoadedBatch) async throws -> [NormalisedParty] {
    if keys.isEmpty { return [] }
    loaded.rowsRead += keys.count
    var actors: [NormalisedParty] = []
    for entry in try await store.entries(for: keys) {
      guard case .interaction(let interaction, _)? = entry?.body else { continue }
      loaded.earlier[interaction.key] = interaction
      if interaction.actor.role == .customer { actors.append(configuration.identity.keys(of: interaction.actor)) }
    }
    return actors
  }

  private func loadPeople(
    _ keys: Set<IdentifierKey>, of items: [PreparedBatch.Item], into loaded: inout LoadedBatch
  ) async throws {
    let sorted = Array(keys)
    var identities = try await store.identities(for: sorted).compactMap { $0 }
    var ids = Set<PersonID>()
    ids.reserveCapacity(identities.count)
    for identity in identities {
      ids.insert(identity.person)
      loaded.accounts[identity.key] = identity.account
    }
    var people = try await store.people(Array(ids)).compactMap { $0 }
    loaded.rowsRead += sorted.count + ids.count
    loaded.draft = PeopleDraft(identities: identities, people: people)
    // Whoever may be joined with others or get another id moves as a whole: with all identifiers, and with the ids that
    // once redirected to them, one of which may become the survivor again.
    let moving = Self.moving(items, in: loaded.draft)
    if !moving.isEmpty {
      let known = Set(identities.map(\.key))
      let more = moving.flatMap(\.accounts)
      let otherKeys = more.map(\.key).filter { !known.contains($0) }
      let otherIDs = more.map(\.account.person).filter { !ids.contains($0) }
      identities += try await store.identities(for: otherKeys).compactMap { $0 }
      people += try await store.people(otherIDs).compactMap { $0 }
      loaded.draft = PeopleDraft(identities: identities, people: people)
      loaded.rowsRead += otherKeys.count + otherIDs.count
    }
    try await loadStates(of: Array(ids), into: &loaded)
  }

  /// The people whom one of the items may join with others, or of whom it may show that an account is older than known.
  private static func moving(_ items: [PreparedBatch.Item], in draft: PeopleDraft) -> [PersonRecord] {
    var moving: [PersonID: PersonRecord] = [:]
    for item in items {
      let actor = item.interaction.actor.role == .customer ? item.actor : nil
      let target = item.interaction.target?.role == .customer ? item.target : nil
      for party in [actor, target] {
        guard let party else { continue }
        for entry in party.entries {
          guard let id = draft.identity(entry.key)?.person, moving[id] == nil, let person = draft.person(id),
            person.accounts.count > 1
          else { continue }
          if party.entries.count > 1 || person.accounts.contains(where: { item.interaction.occurred <= $0.firstSeen }) {
            moving[id] = person
          }
        }
      }
    }
    return moving.values.sorted { $0.id < $1.id }
  }

  /// The states of people.
  func loadStates(of ids: [PersonID], into loaded: inout LoadedBatch) async throws {
    let keys = ids.map { StateKey.person($0) }
    loaded.activity = try await store.states(configuration.segments.stateKind, keys).compactMap { $0 }
    loaded.rules = try await store.states(configuration.rules.stateKind, keys).compactMap { $0 }
    loaded.rowsRead += 2 * keys.count
    for name in configuration.scores {
      for record in try await store.states(PublishedScore.kind(name), keys) {
        guard let record, case .person(let person) = record.key else { continue }
        loaded.scores[person, default: [:]][name] = try PublishedScore.decode(record)
      }
      loaded.rowsRead += keys.count
    }
  }

  private func loadTies(_ items: [PreparedBatch.Item], into loaded: inout LoadedBatch) async throws {
    var keys = Set<TieKey>()
    for item in items {
      if let key = TieKey(item.actor, item.target, accounts: &loaded.accounts, identity: configuration.identity) {
        keys.insert(key)
      }
    }
    for interaction in loaded.earlier.values {
      let actor = configuration.identity.keys(of: interaction.actor)
      let target = interaction.target.map { configuration.identity.keys(of: $0) }
      if let key = TieKey(actor, target, accounts: &loaded.accounts, identity: configuration.identity) {
        keys.insert(key)
      }
    }
    if keys.isEmpty { return }
    loaded.rowsRead += keys.count
    loaded.ties = try await store.ties(Array(keys)).compactMap { $0 }
  }

  /// The triggers of open actions that an item may have made wrong.
  func loadTriggers(_ keys: Set<EventKey>, into loaded: inout LoadedBatch) async throws {
    let missing = keys.filter { loaded.earlier[$0] == nil }
    try await loadEarlier(missing.sorted(), into: &loaded)
  }
}

extension TieKey {
  /// The tie between the accounts of two parties; `nil` without a target or to oneself.
  init?(
    _ actor: NormalisedParty, _ target: NormalisedParty?, accounts: inout [IdentifierKey: AccountID],
    identity: any IdentityStage
  ) {
    guard let from = actor.entries.first?.key, let to = target?.entries.first?.key, from != to else { return nil }
    func account(_ key: IdentifierKey) -> AccountID {
      if let known = accounts[key] { return known }
      let account = identity.account(of: key)
      accounts[key] = account
      return account
    }
    self.init(from: account(from), to: account(to))
  }
}
