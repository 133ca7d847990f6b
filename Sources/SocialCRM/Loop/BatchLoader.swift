import DenseData
import IdentityGraph
import SCRMModel

/// Loads a batch from a store.
struct BatchLoader: Sendable {
  let store: any SCRMStore
  let configuration: SocialCRM.Configuration
  /// Rows that are being committed, which stand for what is stored.
  private var pending: PendingRows?

  init(store: any SCRMStore, configuration: SocialCRM.Configuration) {
    self.store = store
    self.configuration = configuration
  }

  /// A loader that sees what is being committed.
  func seeing(_ changes: ChangeSet?) -> BatchLoader {
    var copy = self
    copy.pending = changes.map { PendingRows($0) }
    return copy
  }

  /// A loader that sees rows that are not written.
  func seeing(_ rows: PendingRows) -> BatchLoader {
    var copy = self
    copy.pending = rows
    return copy
  }

  /// The head and the state of the loop as a whole.
  func begin() async throws -> LoadedBatch {
    var loaded = LoadedBatch()
    loaded.base = try await store.head()
    loaded.loopRecord = try await store.states(LoopState.kind, [LoopState.key])[0]
    return loaded
  }

  /// Everything that the decisions about a batch most probably look at, without what the log holds already.
  func load(_ prepared: PreparedBatch, into start: LoadedBatch) async throws -> BatchAhead {
    var ahead = BatchAhead(batch: prepared, loaded: start)
    ahead.batch.dropKnown(try await entries(for: prepared.items.map(\.interaction.key)))
    ahead.loaded.rowsRead += prepared.items.count
    let items = ahead.batch.items
    if items.isEmpty { return ahead }
    let revised = try await loadRevisions(items, into: &ahead.loaded)
    try await loadPeople(of: items, prepared.keys, into: &ahead.loaded)
    try await loadPeople(of: revised, into: &ahead.loaded)
    try await loadDemand(of: items, into: &ahead.loaded)
    try await loadExpected(items, into: &ahead.loaded)
    return ahead
  }

  /// What the steps touch and was not expected: the states of people who are joined, or were not known by the identifier
  /// that became their first.
  func load(_ steps: [FoldStep], _ tieCounts: [TieCount], into loaded: inout LoadedBatch) async throws {
    var people = FirstSeen<PersonID>(capacity: 0)
    for place in steps.indices {
      if !steps[place].concernsOthers {
        if let person = steps[place].person, !loaded.owners.contains(person) { people.insert(person) }
      } else {
        for person in steps[place].people where !loaded.owners.contains(person) { people.insert(person) }
      }
    }
    var keys = FirstSeen<TieKey>(capacity: 0)
    for place in tieCounts.indices where !loaded.tieKeys.contains(tieCounts[place].key) {
      keys.insert(tieCounts[place].key)
    }
    try await load(statesOf: people.elements, into: &loaded)
    try await load(ties: keys.elements, into: &loaded)
  }

  /// The states of people; those whose states are loaded must not be among them.
  func load(statesOf ids: [PersonID], into loaded: inout LoadedBatch) async throws {
    if ids.isEmpty { return }
    // Some more come as identifiers turn out to belong to others.
    loaded.owners.expect(ids.count + ids.count / 8)
    for id in ids { loaded.owners.insert(id) }
    let keys = ids.map { StateKey.person($0) }
    loaded.activity.take(try await states(configuration.segments.stateKind, keys))
    loaded.rules.take(try await states(configuration.rules.stateKind, keys))
    try await load(shared: configuration.rules.sharedKeys, into: &loaded)
    loaded.rowsRead += (2 + configuration.scores.count) * keys.count
    if loaded.scores.isEmpty { loaded.scores = configuration.scores.map { (name: $0, records: []) } }
    for place in loaded.scores.indices {
      loaded.scores[place].records.take(try await states(PublishedScore.kind(loaded.scores[place].name), keys))
    }
  }

  /// Rule state that people share; what is loaded is not read again.
  func load(shared keys: [StateKey], into loaded: inout LoadedBatch) async throws {
    let missing = keys.filter { loaded.sharedKeys.insert($0) }
    if missing.isEmpty { return }
    loaded.sharedRules += try await states(configuration.rules.stateKind, missing)
    loaded.rowsRead += missing.count
  }

  private func load(ties keys: [TieKey], into loaded: inout LoadedBatch) async throws {
    if keys.isEmpty { return }
    loaded.tieKeys.expect(keys.count + keys.count / 8)
    for key in keys { loaded.tieKeys.insert(key) }
    loaded.rowsRead += keys.count
    loaded.ties.take(try await overlaid(keys, { $0.tie($1) }, store.ties))
  }

  /// Interactions of the log that are not loaded yet.
  func loadTriggers(_ keys: [EventKey], into loaded: inout LoadedBatch) async throws {
    var missing = FirstSeen<EventKey>(capacity: keys.count)
    for key in keys where loaded.earlier[key] == nil { missing.insert(key) }
    try await loadEarlier(missing.elements, into: &loaded)
  }

  // MARK: Rows that are being committed

  /// Brings what was loaded before the batch ahead was committed to where it is afterwards.
  func reconcile(_ ahead: inout BatchAhead) async throws {
    guard let pending else { return }
    var (batch, loaded) = (PreparedBatch(), LoadedBatch())
    swap(&batch, &ahead.batch)
    swap(&loaded, &ahead.loaded)
    defer {
      swap(&batch, &ahead.batch)
      swap(&loaded, &ahead.loaded)
    }
    if batch.items.contains(where: { pending.holds($0.interaction) }) {
      batch.dropKnown(batch.items.map { pending.entry($0.interaction.key) })
    }
    if batch.items.isEmpty { return }
    if pending.holdsRevisions || batch.items.contains(where: \.isRevision) {
      (loaded.groups, loaded.earlier) = ([:], [:])
      let revised = try await loadRevisions(batch.items, into: &loaded)
      try await loadPeople(of: revised, into: &loaded)
    }
    try await reconcilePeople(batch.items, pending, &loaded)
    reconcileStates(pending, &loaded)
    for change in pending.ties {
      if let place = loaded.tieKeys.find(change.record.key) { loaded.ties[place] = change.current }
    }
  }

  private func reconcileStates(_ pending: PendingRows, _ loaded: inout LoadedBatch) {
    let (activity, rules) = (configuration.segments.stateKind, configuration.rules.stateKind)
    let scores = loaded.scores.map { PublishedScore.kind($0.name) }
    for change in pending.states {
      guard let person = change.record.person else { continue }
      guard let place = loaded.owners.find(person) else { continue }
      // A host's stages may keep their states under one kind.
      if change.record.isKind(activity) { loaded.activity[place] = change.current }
      if change.record.isKind(rules) { loaded.rules[place] = change.current }
      for score in scores.indices where change.record.isKind(scores[score]) {
        loaded.scores[score].records[place] = change.current
      }
    }
    for (place, key) in loaded.sharedKeys.elements.enumerated() {
      if let change = pending.state(rules, key) { loaded.sharedRules[place] = change.current }
    }
  }

  private func reconcilePeople(
    _ items: [PreparedBatch.Item], _ pending: PendingRows, _ loaded: inout LoadedBatch
  ) async throws {
    var others: [PersonID] = []
    var isMoved = false
    for keys in [loaded.numbered.elements, loaded.keys.elements] {
      for key in keys {
        guard let record = pending.identity(key)?.current else { continue }
        loaded.draft.refresh(record)
        if !loaded.draft.knowsPerson(record.person) { others.append(record.person) }
        isMoved = true
      }
    }
    if !others.isEmpty { loaded.draft.add(people: try await people(others).compactMap { $0 }) }
    var refreshed: [PersonID] = []
    for id in loaded.draft.personIDs + loaded.askedPeople.elements {
      guard let record = pending.person(id)?.current else { continue }
      loaded.draft.refresh(record)
      refreshed.append(id)
    }
    if isMoved || !refreshed.isEmpty {
      isMoved = true
      try await loadMoving(items, refreshed: refreshed, into: &loaded)
      try await load(statesOf: loaded.heirs.elements.filter { !loaded.owners.contains($0) }, into: &loaded)
    }
    guard let kind = configuration.identity.stateKind else { return }
    for key in loaded.draft.stateKeys {
      guard let change = pending.state(kind, key) else { continue }
      loaded.draft.refresh(key, change.current)
      isMoved = true
    }
    if isMoved { try await loadDemand(of: items, into: &loaded) }
  }

  /// Reads by keys, of which some are being committed.
  private func overlaid<Key, Record>(
    _ keys: [Key], _ change: (PendingRows, Key) -> Change<Record>?, _ read: ([Key]) async throws -> [Record?]
  ) async throws -> [Record?] {
    guard let pending else { return try await read(keys) }
    var answers = [Record?](repeating: nil, count: keys.count)
    var missing: [(place: Int, key: Key)] = []
    for (place, key) in keys.enumerated() {
      if let change = change(pending, key) { answers[place] = change.current } else { missing.append((place, key)) }
    }
    if missing.isEmpty { return answers }
    for ((place, _), record) in zip(missing, try await read(missing.map(\.key))) { answers[place] = record }
    return answers
  }

  private func states(_ kind: StateKind, _ keys: [StateKey]) async throws -> [StateRecord?] {
    try await overlaid(keys, { $0.state(kind, $1) }, { try await store.states(kind, $0) })
  }

  private func identities(for keys: [IdentifierKey]) async throws -> [IdentityRecord?] {
    try await overlaid(keys, { $0.identity($1) }, store.identities(for:))
  }

  private func people(_ ids: [PersonID]) async throws -> [PersonRecord?] {
    try await overlaid(ids, { $0.person($1) }, { try await store.people($0) })
  }

  private func entries(for keys: [EventKey]) async throws -> [LogEntry?] {
    guard let pending else { return try await store.entries(for: keys) }
    return zip(keys, try await store.entries(for: keys)).map { pending.entry($0) ?? $1 }
  }

  // MARK: Revisions

  /// Revision groups and the interactions in them; returns the actors of those.
  private func loadRevisions(
    _ items: [PreparedBatch.Item], into loaded: inout LoadedBatch
  ) async throws -> [NormalisedParty] {
    // An interaction may have been taken back before it arrived, so its own key is looked up as well.
    let records = try await states(RevisionGroup.kind, items.map { .event($0.interaction.original) })
    loaded.rowsRead += items.count
    if !items.contains(where: \.isRevision), records.allSatisfy({ $0 == nil }) { return [] }
    var wanted = FirstSeen<EventKey>(capacity: 0)
    for (item, record) in zip(items, records) {
      let original = item.interaction.original
      if item.isRevision { wanted.insert(original) }
      guard let record, loaded.groups[original] == nil else { continue }
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
    for entry in try await entries(for: keys) {
      guard case .interaction(let interaction, _)? = entry?.body else { continue }
      loaded.earlier[interaction.key] = interaction
      if interaction.actorRole == .customer { actors.append(configuration.identity.keys(of: interaction.actor)) }
    }
    return actors
  }

  // MARK: People

  /// The identities and people of the items' customers, whose identifiers are among `numbered`.
  private func loadPeople(
    of items: [PreparedBatch.Item], _ numbered: NumberedKeys, into loaded: inout LoadedBatch
  ) async throws {
    loaded.numbered = numbered
    let keys = zip(numbered.elements, numbered.isCustomers).compactMap { $1 ? $0 : nil }
    if keys.isEmpty { return }
    let identities = try await identities(for: keys)
    var ids = FirstSeen<PersonID>(capacity: keys.count)
    for case let identity? in identities { ids.insert(identity.person) }
    let people = try await people(ids.elements)
    loaded.rowsRead += keys.count + ids.elements.count
    loaded.draft = PeopleDraft(identities, of: numbered.isCustomers, people: people)
    try await loadMoving(items, into: &loaded)
  }

  /// The identities and people of further customers.
  private func loadPeople(of parties: [NormalisedParty], into loaded: inout LoadedBatch) async throws {
    var keys: [IdentifierKey] = []
    for party in parties { for entry in party.entries where loaded.note(entry.key) { keys.append(entry.key) } }
    if keys.isEmpty { return }
    let identities = try await identities(for: keys).compactMap { $0 }
    var ids = FirstSeen<PersonID>(capacity: identities.count)
    for identity in identities where !loaded.draft.knowsPerson(identity.person) { ids.insert(identity.person) }
    loaded.rowsRead += keys.count + ids.elements.count
    loaded.draft.add(identities: identities)
    loaded.draft.add(people: try await people(ids.elements).compactMap { $0 })
  }

  /// Whoever may be joined with others or get another id moves as a whole: with all identifiers, and with the ids that
  /// once redirected to them, one of which may become the survivor again.
  ///
  /// - Parameter refreshed: when given, the people who changed since this was done for the items before.
  private func loadMoving(
    _ items: [PreparedBatch.Item], refreshed: [PersonID]? = nil, into loaded: inout LoadedBatch
  ) async throws {
    let moving = Self.moving(items, refreshed: refreshed, in: loaded.draft)
    if moving.isEmpty { return }
    var keys: [IdentifierKey] = []
    var ids: [PersonID] = []
    for person in moving {
      // Links are large, so they are looked at where they are.
      let accounts = person.accounts
      for place in accounts.indices {
        if loaded.draft.owner(of: accounts[place].key) == nil { keys.append(accounts[place].key) }
        ids.append(accounts[place].account.person)
      }
    }
    let strangers = ids.filter { !loaded.draft.knowsPerson($0) }
    for key in keys { _ = loaded.note(key) }
    if !keys.isEmpty { loaded.draft.add(identities: try await identities(for: keys).compactMap { $0 }) }
    if !strangers.isEmpty { loaded.draft.add(people: try await people(strangers).compactMap { $0 }) }
    loaded.rowsRead += keys.count + strangers.count
    for id in ids { loaded.heirs.insert(id) }
  }

  /// The people whom one of the items may join with others, or of whom it may show that an account is older than known.
  ///
  /// Whoever was `refreshed` is taken to be one of them, so that only items with several identifiers are looked at again.
  private static func moving(
    _ items: [PreparedBatch.Item], refreshed: [PersonID]?, in draft: PeopleDraft
  ) -> [PersonRecord] {
    var moving: [PersonID: PersonRecord] = [:]
    for id in refreshed ?? [] {
      if let person = draft.person(id), person.accountCount > 1 { moving[id] = person }
    }
    let least = refreshed == nil ? 1 : 2
    for item in items {
      if item.isFromCustomer, item.actor.entries.count >= least {
        note(item.actor.entries, item.occurred, draft, &moving)
      }
      if item.isToCustomer, let target = item.target, target.entries.count >= least {
        note(target.entries, item.occurred, draft, &moving)
      }
    }
    return moving.values.sorted { $0.id < $1.id }
  }

  private static func note(
    _ identifiers: [NormalisedParty.Entry], _ occurred: Instant, _ draft: PeopleDraft,
    _ moving: inout [PersonID: PersonRecord]
  ) {
    // Identifiers that lead to one person already join nobody.
    var leadsToOne = true
    if identifiers.count > 1 {
      let first = draft.owner(of: identifiers, at: 0)?.person
      for place in 1..<identifiers.count where draft.owner(of: identifiers, at: place)?.person != first {
        leadsToOne = false
      }
    }
    for place in 0..<(leadsToOne ? min(identifiers.count, 1) : identifiers.count) {
      if let person = draft.personOfSeveralAccounts(
        behind: identifiers, at: place, notAllBefore: leadsToOne ? occurred : nil), moving[person.id] == nil
      {
        moving[person.id] = person
      }
    }
  }

  // MARK: What the identity stage asks for

  /// What the identity stage wants to see before it decides about the items.
  private func loadDemand(of items: [PreparedBatch.Item], into loaded: inout LoadedBatch) async throws {
    guard let kind = configuration.identity.stateKind else { return }
    let batch = items.map { (interaction: $0.interaction, actor: $0.actor, target: $0.target) }
    repeat {
      let demand = try configuration.identity.demand(for: batch, in: &loaded.draft)
      if try await !load(demand, kind, into: &loaded) { return }
    } while true
  }

  /// What the identity stage wants to see before it carries out a ruling.
  func loadDemand(
    of ruling: IdentityRuling, withdrawing withdrawn: Interaction?, into loaded: inout LoadedBatch
  ) async throws {
    guard let kind = configuration.identity.stateKind else { return }
    repeat {
      let demand = try configuration.identity.demand(for: ruling, withdrawing: withdrawn, in: &loaded.draft)
      if try await !load(demand, kind, into: &loaded) { return }
    } while true
  }

  /// What the identity stage wants to see before it reviews accounts.
  func loadDemand(
    ofReviewOf accounts: [AccountID], by resolver: EvidenceResolver, _ kind: StateKind, into loaded: inout LoadedBatch
  ) async throws {
    repeat {
      let demand = try resolver.demand(forReviewOf: accounts, in: &loaded.draft)
      if try await !load(demand, kind, into: &loaded) { return }
    } while true
  }

  /// Loads what was asked for and is not known; whether there was anything.
  private func load(_ demand: IdentityDemand, _ kind: StateKind, into loaded: inout LoadedBatch) async throws -> Bool {
    let keys = demand.identities.filter { loaded.note($0) }
    let ids = demand.people.filter { loaded.draft.person($0) == nil && loaded.askedPeople.insert($0) }
    var wanted = FirstSeen<StateKey>(capacity: demand.states.count)
    for key in demand.states where !loaded.draft.knowsState(key) { wanted.insert(key) }
    if keys.isEmpty, ids.isEmpty, wanted.elements.isEmpty { return false }
    loaded.rowsRead += keys.count + ids.count + wanted.elements.count
    if !keys.isEmpty { loaded.draft.add(identities: try await identities(for: keys).compactMap { $0 }) }
    if !ids.isEmpty { loaded.draft.add(people: try await people(ids).compactMap { $0 }) }
    if !wanted.elements.isEmpty {
      let records = try await states(kind, wanted.elements)
      loaded.draft.add(states: zip(wanted.elements, records).map { (key: $0, record: $1) })
    }
    return true
  }

  /// What people did by the log, each interaction with whether it counts (1) or only happened (0): those whom accounts
  /// leave or reach.
  func loadHistories(of people: [PersonRecord]) async throws -> [AccountHistory] {
    let links = people.flatMap(\.accounts)
    let accounts = links.map(\.account)
    var histories = accounts.map { AccountHistory(account: $0) }
    var places: [IdentifierKey: Int] = [:]
    for (place, link) in links.enumerated() { places[link.key] = place }
    var seen = FirstSeen<EventKey>(capacity: 0)
    var interactions: [Interaction] = []
    for interaction in try await store.interactions(actedBy: accounts) + (pending?.interactions ?? [])
    where interaction.actorRole == .customer && seen.insert(interaction.key) { interactions.append(interaction) }
    let groups = try await states(RevisionGroup.kind, interactions.map { .event($0.original) })
    for (interaction, group) in zip(interactions, groups) {
      guard let key = configuration.identity.keys(of: interaction.actor).entries.first?.key,
        let place = places[key]
      else { continue }
      var sign: Int32 = 1
      if let group, !interaction.isRetraction {
        let effective = try RevisionGroup(group, original: interaction.original).effective
        sign = effective == interaction.key ? 1 : 0
      }
      histories[place].interactions.append((interaction, sign))
    }
    return histories
  }

  /// The states and ties of those who act: of known people, and of those whom new identifiers make.
  private func loadExpected(_ items: [PreparedBatch.Item], into loaded: inout LoadedBatch) async throws {
    var people = FirstSeen<PersonID>(capacity: items.count)
    var ties = FirstSeen<TieKey>(capacity: items.count)
    let identity = configuration.identity
    for heir in loaded.heirs.elements { people.insert(heir) }
    for item in items {
      if item.isFromCustomer {
        for place in item.actor.entries.indices {
          if let owner = loaded.draft.owner(of: item.actor.entries, at: place) {
            people.insert(owner.person)
          } else {
            // Any of the new identifiers may give the person the id.
            people.insert(
              loaded.draft.account(of: item.actor.entries, at: place, mint: { identity.account(of: $0) }).person)
          }
        }
      }
      if let tie = TieKey(item.actor, item.target, &loaded.draft, identity) { ties.insert(tie) }
    }
    try await load(statesOf: people.elements, into: &loaded)
    if configuration.rules.sharesState {
      try await load(
        shared: items.flatMap { configuration.rules.sharedKeys(for: $0.interaction) }, into: &loaded)
    }
    try await load(ties: ties.elements, into: &loaded)
  }
}

extension Array {
  /// Appends; the first elements are taken over as they stand.
  fileprivate mutating func take(_ others: consuming [Element]) {
    if isEmpty { self = others } else { append(contentsOf: others) }
  }
}
