import SCRMModel

/// The decision: a fold over log entries in the order of receipt, on what was loaded.
///
/// Pure; no call in it waits.
///
/// The result for an interaction depends on the state before it and on nothing else, so it does not matter where batches
/// begin and end.
struct BatchFold {
  private let configuration: SocialCRM.Configuration
  private let base: LogPosition
  private let loopRecord: StateRecord?
  private var earlier: [EventKey: Interaction]

  private(set) var loop: LoopState
  private var loopVersion: LogPosition
  private var draft: PeopleDraft
  private var scores: ScoreBook
  private var segments: any SegmentSession
  private var ties: any TieSession
  private(set) var rules: any RuleSession
  private var groups: [EventKey: Group] = [:]
  private var accepted: [EventKey: Interaction] = [:]
  private var entries: [LogEntry] = []
  private var memberships: [MembershipChange] = []
  private var actions: [ProposedAction] = []
  private var cancellations: [Cancellation] = []
  private var extraStates: [Change<StateRecord>] = []

  private struct Group {
    var state: RevisionGroup
    var loaded: StateRecord?
    var version: LogPosition
    var isChanged = false
  }

  /// Opens what was loaded.
  ///
  /// The draft moves out of `loaded`, since a second owner would make the first change copy it.
  init(
    _ loaded: inout LoadedBatch, configuration: SocialCRM.Configuration, expecting count: Int = 0
  ) throws(SCRMError) {
    accepted.reserveCapacity(count)
    entries.reserveCapacity(count)
    self.configuration = configuration
    base = loaded.base
    loopRecord = loaded.loopRecord
    loop = try loaded.loopRecord.map { record throws(SCRMError) in try LoopState(record) } ?? LoopState()
    loopVersion = loaded.loopRecord?.version ?? .start
    draft = PeopleDraft(identities: [], people: [])
    swap(&draft, &loaded.draft)
    earlier = loaded.earlier
    scores = try ScoreBook(loaded.scores)
    segments = try configuration.segments.begin(loaded.activity)
    ties = try configuration.ties.begin(loaded.ties)
    rules = try configuration.rules.begin(loaded.rules)
    for (key, record) in loaded.groups {
      groups[key] = Group(
        state: try RevisionGroup(record, original: key), loaded: record, version: record.version)
    }
  }

  /// Takes interactions of the log into account that were loaded later.
  mutating func add(earlier more: [EventKey: Interaction]) { earlier.merge(more) { known, _ in known } }

  /// The person an identifier of the batch leads to.
  func owner(of key: IdentifierKey) -> PersonID? { draft.owner(of: key)?.person }

  /// The position of the next entry.
  private var next: LogPosition { LogPosition(base.rawValue &+ UInt64(entries.count)).next }

  // MARK: Interactions

  /// Decides about an interaction that the log does not hold.
  mutating func fold(_ item: PreparedBatch.Item) -> InteractionOutcome {
    let interaction = item.interaction
    if item.isRepeated, let first = accepted[interaction.key] { return PreparedBatch.repeated(interaction, of: first) }
    let position = next
    let now = loop.clock.map { max($0, interaction.received) } ?? interaction.received.inUTC
    let resolution: Resolution
    do throws(SCRMError) {
      resolution = try configuration.identity.resolve(
        interaction, actor: item.actor, target: item.target, at: position, now: now, in: &draft)
    } catch {
      return InteractionOutcome(interaction.key, .refused(error))
    }
    var outcome = InteractionOutcome.Fields(key: interaction.key, disposition: .accepted(position))
    outcome.person = resolution.person
    outcome.isNewPerson = resolution.isNew
    outcome.merges = resolution.merges
    outcome.unusableIdentifiers = item.actor.refused + (item.target?.refused ?? [])
    entries.append(
      LogEntry(
        position: position, body: .interaction(interaction, item.mode),
        actor: resolution.account, addressee: resolution.targetAccount))
    accepted[interaction.key] = interaction
    observeTime(interaction, at: position, into: &outcome)
    merge(resolution.merges, at: position, now: now)
    if let person = resolution.person { outcome.changedTraits = learn(interaction, resolution, person, at: position) }

    var affected = Affected(actor: resolution.person)
    for merge in resolution.merges where merge.survivor != resolution.person { affected.others.insert(merge.survivor) }
    count(item, resolution, at: position, &affected)
    decide(item, resolution, affected, now: now, at: position, into: &outcome)
    return InteractionOutcome(outcome)
  }

  /// Who has to be looked at again after an interaction, and why.
  private struct Affected {
    var actor: PersonID?
    var others: Set<PersonID> = []
    var retracted: Set<EventKey> = []
    /// Whether the interaction itself counts; not when it was taken back or replaced before it arrived.
    var counts = true
  }

  private mutating func observeTime(
    _ interaction: Interaction, at position: LogPosition, into outcome: inout InteractionOutcome.Fields
  ) {
    let before = loop
    outcome.isLate = loop.observe(interaction.occurred, lateness: configuration.lateness)
    loop.advance(to: interaction.received)
    if loop != before { loopVersion = position }
  }

  private mutating func merge(_ merges: [MergeRecord], at position: LogPosition, now: Instant) {
    for merge in merges {
      for segment in segments.merge(merge.absorbed, into: merge.survivor, at: position) {
        memberships.append(
          MembershipChange(
            Membership(segment: segment, person: merge.absorbed, since: now, version: position), isEntry: false))
      }
      rules.merge(merge.absorbed, into: merge.survivor, at: position)
      scores.merge(merge.absorbed, into: merge.survivor, at: position)
    }
  }

  /// Records the traits and consents an interaction states about its actor.
  private mutating func learn(
    _ interaction: Interaction, _ resolution: Resolution, _ person: PersonID, at position: LogPosition
  ) -> [String] {
    let zone = interaction.timeZone
    if zone == nil, interaction.traits.isEmpty, interaction.consents.isEmpty { return [] }
    guard var record = draft.person(person) else { return [] }
    let before = record
    var changed: [String] = []
    var stated = interaction.traits.entries.compactMap { entry in entry.key.text.map { ($0, entry.value) } }
    if let zone { stated.append(("timezone", .string(zone))) }
    for (name, value) in stated {
      let trait = TraitValue(
        value, source: interaction.key.source, account: resolution.account, observed: interaction.occurred.inUTC,
        confidence: interaction.trust, event: interaction.key)
      if record.traits.record(name, trait) { changed.append(name) }
    }
    for statement in interaction.consents {
      record.consents.add(
        ConsentRecord(
          statement: statement, account: resolution.account, time: interaction.occurred.inUTC, event: interaction.key))
    }
    if record != before {
      record.version = position
      draft.put(record)
    }
    return changed
  }

  // MARK: Counting

  private mutating func count(
    _ item: PreparedBatch.Item, _ resolution: Resolution, at position: LogPosition, _ affected: inout Affected
  ) {
    let interaction = item.interaction
    let original = interaction.original
    guard interaction.isRevision || (!groups.isEmpty && groups[original] != nil) else {
      apply(interaction, person: resolution.person, tie: tie(item), sign: 1, at: position)
      return
    }
    var group = groups[original] ?? Group(state: RevisionGroup(original: original), version: position)
    if !group.state.hasOriginal, original != interaction.key, known(original) != nil { group.state.noteOriginal() }
    let before = group.state.effective
    group.state.add(interaction)
    group.isChanged = true
    group.version = position
    groups[original] = group
    let after = group.state.effective
    // A retraction is itself something that was done; it counts beside what it takes back.
    if case .retracts? = interaction.revision {
      apply(interaction, person: resolution.person, tie: tie(item), sign: 1, at: position)
    } else {
      // Whether it counts depends on the group; that it happened does not.
      apply(interaction, person: resolution.person, tie: tie(item), sign: 0, at: position)
      affected.counts = after == interaction.key
    }
    guard before != after else { return }
    if let before {
      affected.retracted.insert(before)
      recount(before, sign: -1, at: position, &affected)
    }
    if let after { recount(after, sign: 1, at: position, &affected) }
  }

  private func known(_ key: EventKey) -> Interaction? { accepted[key] ?? earlier[key] }

  /// Counts an interaction of the log, or takes it back, on the side of whoever its actor is now.
  private mutating func recount(
    _ key: EventKey, sign: Int32, at position: LogPosition, _ affected: inout Affected
  ) {
    guard let interaction = known(key) else { return }
    let actor = configuration.identity.keys(of: interaction.actor)
    let target = interaction.target.map { configuration.identity.keys(of: $0) }
    let person =
      interaction.actorRole == .customer ? actor.entries.first.flatMap { draft.owner(of: $0.key)?.person } : nil
    let tie = TieKey(actor, target, &draft, configuration.identity)
    apply(interaction, person: person, tie: tie, sign: sign, at: position)
    if let person, person != affected.actor { affected.others.insert(person) }
  }

  private mutating func tie(_ item: PreparedBatch.Item) -> TieKey? {
    TieKey(item.actor, item.target, &draft, configuration.identity)
  }

  private mutating func apply(
    _ interaction: Interaction, person: PersonID?, tie: TieKey?, sign: Int32, at position: LogPosition
  ) {
    if let person { segments.count(interaction, for: person, sign: sign, at: position) }
    if let tie { ties.count(interaction, on: tie, sign: sign, at: position) }
  }

  // MARK: Deciding

  private mutating func decide(
    _ item: PreparedBatch.Item, _ resolution: Resolution, _ affected: Affected, now: Instant, at position: LogPosition,
    into outcome: inout InteractionOutcome.Fields
  ) {
    for person in affected.others.sorted() {
      guard let result = evaluate(person, now: now, at: position, into: &outcome) else { continue }
      reconsider(result.facts, item, affected, at: position, into: &outcome)
    }
    guard let person = resolution.person, let result = evaluate(person, now: now, at: position, into: &outcome) else {
      return
    }
    if let tier = result.previousTier { outcome.tierChange = .init(from: tier, to: result.facts.tier) }
    reconsider(result.facts, item, affected, at: position, into: &outcome)
    guard affected.counts else { return }
    let suppression: ProposedAction.Suppression? =
      item.mode == .backfill ? .backfill : (outcome.isLate ? .late : nil)
    let input = RuleInput(
      interaction: item.interaction, person: result.facts, changes: result.changes, suppression: suppression)
    let proposed = rules.evaluate(input, at: position)
    if !proposed.isEmpty {
      outcome.actions = proposed
      actions += proposed
    }
  }

  private mutating func evaluate(
    _ person: PersonID, now: Instant, at position: LogPosition, into outcome: inout InteractionOutcome.Fields
  ) -> SegmentOutcome? {
    // One interaction can merge a person twice; whoever was absorbed on the way has no state any more.
    guard let record = draft.person(person), record.mergedInto == nil else { return nil }
    let result = segments.evaluate(record, scores: scores.scores(of: person), now: now, at: position)
    if !result.changes.isEmpty {
      outcome.segments += result.changes
      note(result.changes, at: position)
    }
    return result
  }

  private mutating func note(_ changes: [SegmentChange], at position: LogPosition) {
    for change in changes {
      memberships.append(
        MembershipChange(
          Membership(segment: change.segment, person: change.person, since: change.time, version: position),
          isEntry: change.isEntry))
    }
  }

  /// Looks again at actions that the interaction may have made wrong.
  private mutating func reconsider(
    _ facts: PersonFacts, _ item: PreparedBatch.Item, _ affected: Affected, at position: LogPosition,
    into outcome: inout InteractionOutcome.Fields
  ) {
    guard let latest = rules.latestOpenTrigger(of: facts.id) else { return }
    let interaction = item.interaction
    let isCause =
      !affected.retracted.isEmpty || !interaction.consents.isEmpty || !outcome.merges.isEmpty
      || interaction.occurred < latest
    guard isCause else { return }
    let open = rules.openTriggers(of: facts.id)
    var triggers: [EventKey: Interaction] = [:]
    for action in open { triggers[action.trigger] = known(action.trigger) }
    let cancelled = rules.reconsider(
      facts, triggers: triggers, retracted: affected.retracted, cause: interaction.key, at: position)
    outcome.cancellations += cancelled
    cancellations += cancelled
  }

  // MARK: Other entries

  /// Moves time forward.
  ///
  /// The people whose state falls due are evaluated by `evaluateDue`.
  mutating func fold(clock time: Instant) {
    let position = next
    entries.append(LogEntry(position: position, body: .clock(time.inUTC)))
    loop.advance(to: time)
    loopVersion = position
  }

  /// Notes the configuration in force.
  mutating func fold(configuration hash: String) {
    let position = next
    entries.append(LogEntry(position: position, body: .configuration(hash)))
    loop.configuration = hash
    loopVersion = position
  }

  /// Takes over published scores; `known` are the stored scores of that name.
  mutating func fold(_ snapshot: PublishedSnapshot, replacing known: [StateRecord]) {
    let position = next
    entries.append(LogEntry(position: position, body: .snapshot(snapshot)))
    var old: [StateKey: StateRecord] = [:]
    for record in known { old[record.key] = record }
    for score in snapshot.scores {
      let record = PublishedScore.record(snapshot.name, score, version: position)
      extraStates.append(Change(record, replaces: old.removeValue(forKey: record.key)?.version))
    }
    for record in old.values.sorted(by: { $0.key < $1.key }) {
      extraStates.append(Change(record, replaces: record.version, isRemoval: true))
    }
  }

  /// Keeps the place of an interaction whose content was removed.
  mutating func fold(_ tombstone: Tombstone, actor: AccountID?, addressee: AccountID?) {
    entries.append(LogEntry(position: next, body: .tombstone(tombstone), actor: actor, addressee: addressee))
  }

  /// Evaluates people as time has come to `now`; changes are of the log position at which it did.
  mutating func evaluateDue(_ people: [PersonID], now: Instant) -> [SegmentChange] {
    let position = LogPosition(base.rawValue &+ UInt64(entries.count))
    var all: [SegmentChange] = []
    for person in people {
      guard let record = draft.person(person) else { continue }
      let changes = segments.evaluate(record, scores: scores.scores(of: person), now: now, at: position).changes
      all += changes
      note(changes, at: position)
    }
    return all
  }

  // MARK: Result

  /// Everything decided, in an order that depends on the entries alone.
  func changeSet(key: String) -> ChangeSet {
    var changes = ChangeSet(key: key, base: base)
    changes.entries = entries
    changes.identities = draft.identityChanges()
    changes.people = draft.personChanges()
    changes.merges = draft.merges
    changes.ties = ties.changes()
    changes.states = extraStates + segments.changes() + rules.changes() + scores.changes()
    let changed = groups.values.filter(\.isChanged).sorted { $0.state.original < $1.state.original }
    for group in changed {
      changes.states.append(
        Change(group.state.record(version: group.version), replaces: group.loaded?.version))
    }
    if loopVersion != (loopRecord?.version ?? .start) {
      changes.states.append(Change(loop.record(version: loopVersion), replaces: loopRecord?.version))
    }
    changes.memberships = memberships
    changes.actions = actions
    changes.cancellations = cancellations
    return changes
  }
}

extension Interaction {
  /// The interaction that this one takes back or replaces, or itself.
  var original: EventKey {
    guard isRevision, let revision else { return key }
    return EventKey(key.source, revision.id)
  }
}
