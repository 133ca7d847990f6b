import DenseData
import SCRMModel

/// The first half of the decision: a fold over log entries in the order of receipt.
///
/// It settles what depends on their order across people — positions, time, who is who, what counts; ``ShardFold`` does
/// the rest, person by person.
///
/// Pure; no call in it waits. The result for an interaction depends on the state before it and on nothing else, so it
/// does not matter where batches begin and end.
struct BatchFold {
  private let configuration: SocialCRM.Configuration
  private let identity: any IdentityStage
  let base: LogPosition
  private let loopRecord: StateRecord?
  private let earlier: [EventKey: Interaction]

  private(set) var loop: LoopState
  private var loopVersion: LogPosition
  private var draft: PeopleDraft
  private var groups: [EventKey: Group] = [:]
  private var entries: [LogEntry] = []
  private(set) var steps: [FoldStep] = []
  private(set) var tieCounts: [TieCount] = []
  /// The accounts that went from one person to another, in the order of the log.
  private(set) var passages: [AccountPassage] = []
  private var stepIndex: HashIndex
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
    self.configuration = configuration
    identity = configuration.identity
    base = loaded.base
    loopRecord = loaded.loopRecord
    loop = try loaded.loopRecord.map { record throws(SCRMError) in try LoopState(record) } ?? LoopState()
    loopVersion = loaded.loopRecord?.version ?? .start
    draft = PeopleDraft(identities: [], people: [])
    swap(&draft, &loaded.draft)
    earlier = loaded.earlier
    stepIndex = HashIndex(capacity: count)
    entries.reserveCapacity(count)
    steps.reserveCapacity(count)
    tieCounts.reserveCapacity(count)
    for (key, record) in loaded.groups {
      groups[key] = Group(
        state: try RevisionGroup(record, original: key), loaded: record, version: record.version)
    }
  }

  /// The position of the last entry.
  var head: LogPosition { LogPosition(base.rawValue &+ UInt64(entries.count)) }

  // MARK: Interactions

  /// Takes in an interaction that the log does not hold.
  /// - Returns: the outcome when it is not accepted; an accepted one is a further step.
  mutating func fold(_ item: PreparedBatch.Item) -> InteractionOutcome? {
    let interaction = item.interaction
    if item.isRepeated, let first = accepted(interaction.key) {
      return PreparedBatch.repeated(interaction, of: first)
    }
    let position = head.next
    let now = loop.clock.map { max($0, interaction.received) } ?? interaction.received.inUTC
    let resolution: Resolution
    // Held here, since a stage that stands in `self` would be copied with everything it holds.
    let identity = identity
    do throws(SCRMError) {
      resolution = try identity.resolve(
        interaction, actor: item.actor, target: item.target, at: position, now: now, in: &draft)
    } catch {
      return InteractionOutcome(interaction.key, .refused(error))
    }
    entries.append(
      LogEntry(
        position: position, body: .interaction(interaction, item.mode),
        actor: resolution.account, addressee: resolution.targetAccount))
    note(resolution.moves)
    let isLate = observeTime(interaction, at: position)
    let changedTraits = resolution.person.map { learn(interaction, resolution, $0, at: position) } ?? []
    let counting = count(item, resolution, at: position)
    stepIndex.insert(interaction.keyHash, row: steps.count)
    steps.append(
      FoldStep(
        item, position: position, now: now, isLate: isLate, resolution: resolution,
        record: resolution.person.flatMap { draft.person($0) }, sign: counting.sign, setsOffRules: counting.counts,
        rare: .noted(
          unusableIdentifiers: item.unusableIdentifiers, changedTraits: changedTraits, resolution: resolution,
          addressee: addressee(item, resolution), effects: effects(resolution, counting))))
    return nil
  }

  /// What follows for others; `nil` for most interactions.
  private func effects(_ resolution: Resolution, _ counting: Counting) -> FoldStep.Effects? {
    if resolution.merges.isEmpty, resolution.moves.isEmpty, counting.recounts.isEmpty, counting.retracted.isEmpty {
      return nil
    }
    var others = Set(resolution.merges.map(\.survivor))
    for move in resolution.moves { others.formUnion([living(move.from), living(move.to)]) }
    for recount in counting.recounts { others.insert(recount.person) }
    if let person = resolution.person { others.remove(person) }
    if others.isEmpty, counting.recounts.isEmpty, counting.retracted.isEmpty { return nil }
    return FoldStep.Effects(
      recounts: counting.recounts, others: others.sorted().compactMap { known($0) }, retracted: counting.retracted)
  }

  /// The known customer whom someone else than a customer addressed, if rules are asked for them.
  private func addressee(_ item: PreparedBatch.Item, _ resolution: Resolution) -> PersonRecord? {
    guard configuration.rules.asksAddressees, resolution.person == nil, !item.isFromCustomer,
      let person = resolution.targetPerson
    else { return nil }
    return known(person)
  }

  /// The person an id leads to in what was loaded.
  private func living(_ person: PersonID) -> PersonID {
    var person = person
    while let heir = draft.person(person)?.mergedInto { person = heir }
    return person
  }

  /// A person as they are now; `nil` for whoever was absorbed, who has no state any more.
  func known(_ person: PersonID) -> PersonRecord? {
    draft.person(person).flatMap { $0.mergedInto == nil ? $0 : nil }
  }

  private mutating func observeTime(_ interaction: Interaction, at position: LogPosition) -> Bool {
    let before = loop
    let isLate = loop.observe(interaction.occurred, lateness: configuration.lateness)
    loop.advance(to: interaction.received)
    if loop.clock != before.clock || loop.latestEvent != before.latestEvent { loopVersion = position }
    return isLate
  }

  /// Records the traits and consents an interaction states about its actor.
  private mutating func learn(
    _ interaction: Interaction, _ resolution: Resolution, _ person: PersonID, at position: LogPosition
  ) -> [String] {
    let zone = interaction.timeZone
    if zone == nil, interaction.traits.isEmpty, interaction.consents.isEmpty { return [] }
    guard let record = draft.person(person) else { return [] }
    var (traits, consents) = (record.traits, record.consents)
    var changed: [String] = []
    var stated = interaction.traits.entries.compactMap { entry in entry.key.text.map { ($0, entry.value) } }
    if let zone { stated.append(("timezone", .string(zone))) }
    for (name, value) in stated {
      let trait = TraitValue(
        value, source: interaction.key.source, account: resolution.account, observed: interaction.occurred.inUTC,
        confidence: interaction.trust, event: interaction.key)
      if traits.record(name, trait) { changed.append(name) }
    }
    for statement in interaction.consents {
      consents.add(
        ConsentRecord(
          statement: statement, account: resolution.account, time: interaction.occurred.inUTC, event: interaction.key))
    }
    if traits != record.traits || consents != record.consents {
      draft.put(
        PersonRecord(
          id: record.id, mergedInto: record.mergedInto, accounts: record.accounts, traits: traits, consents: consents,
          version: position))
    }
    return changed
  }

  // MARK: Counting

  /// How an interaction and those it revises count.
  private struct Counting {
    var sign: Int32 = 1
    var counts = true
    var recounts: [FoldStep.Recount] = []
    var retracted: Set<EventKey> = []
  }

  private mutating func count(
    _ item: PreparedBatch.Item, _ resolution: Resolution, at position: LogPosition
  ) -> Counting {
    let interaction = item.interaction
    var counting = Counting()
    guard item.isRevision || (!groups.isEmpty && groups[interaction.key] != nil) else {
      countTie(interaction, item.actor, item.target, sign: 1, at: position)
      return counting
    }
    let original = interaction.original
    var group = groups[original] ?? Group(state: RevisionGroup(original: original), version: position)
    if !group.state.hasOriginal, original != interaction.key, known(original) != nil { group.state.noteOriginal() }
    let before = group.state.effective
    group.state.add(interaction)
    group.isChanged = true
    group.version = position
    groups[original] = group
    let after = group.state.effective
    if case .retracts? = interaction.revision {
      // A retraction is itself something that was done; it counts beside what it takes back.
    } else {
      // Whether it counts depends on the group; that it happened does not.
      counting.sign = 0
      counting.counts = after == interaction.key
    }
    countTie(interaction, item.actor, item.target, sign: counting.sign, at: position)
    guard before != after else { return counting }
    if let before {
      counting.retracted.insert(before)
      recount(before, of: interaction, sign: -1, at: position, &counting)
    }
    if let after { recount(after, of: interaction, sign: 1, at: position, &counting) }
    return counting
  }

  private func accepted(_ key: EventKey) -> Interaction? {
    stepIndex.find(key.indexHash) { steps[$0].interaction.isEvent(key) }.map { steps[$0].interaction }
  }

  private func known(_ key: EventKey) -> Interaction? { accepted(key) ?? earlier[key] }

  /// Counts an interaction of the log, or takes it back, on the side of whoever its actor is now.
  private mutating func recount(
    _ key: EventKey, of current: Interaction, sign: Int32, at position: LogPosition, _ counting: inout Counting
  ) {
    guard let interaction = key == current.key ? current : known(key) else { return }
    let actor = configuration.identity.keys(of: interaction.actor)
    let target = interaction.target.map { configuration.identity.keys(of: $0) }
    if interaction.actorRole == .customer, let key = actor.entries.first?.key, let owner = draft.owner(of: key) {
      counting.recounts.append(.init(interaction: interaction, person: owner.person, sign: sign))
    }
    countTie(interaction, actor, target, sign: sign, at: position)
  }

  private mutating func countTie(
    _ interaction: Interaction, _ actor: NormalisedParty, _ target: NormalisedParty?, sign: Int32,
    at position: LogPosition
  ) {
    guard let target, let key = TieKey(actor, target, &draft, configuration.identity) else { return }
    tieCounts.append(TieCount(key: key, interaction: interaction, sign: sign, position: position))
  }

  // MARK: Other entries

  /// Carries out a ruling about who is who.
  mutating func fold(_ ruling: IdentityRuling, withdrawing withdrawn: Interaction?) throws(SCRMError) -> RulingOutcome {
    // What is forgotten before an erasure must not be named by the log.
    guard !ruling.isForgetting else {
      let outcome = try configuration.identity.carryOut(ruling, withdrawing: withdrawn, at: head, in: &draft)
      note(outcome.moves)
      return outcome
    }
    let outcome = try configuration.identity.carryOut(ruling, withdrawing: withdrawn, at: head.next, in: &draft)
    entries.append(LogEntry(position: head.next, body: .identity(ruling)))
    note(outcome.moves)
    return outcome
  }

  private mutating func note(_ moves: [AccountMove]) {
    if moves.isEmpty { return }
    // An account may go twice: what counts is where it was, and where it is.
    var ways: [AccountID: (from: PersonID, to: PersonID)] = [:]
    for move in moves {
      for account in move.accounts { ways[account] = (ways[account]?.from ?? move.from, move.to) }
    }
    let moves = ways.sorted { $0.key < $1.key }.map {
      AccountMove(from: living($0.value.from), to: living($0.value.to), accounts: [$0.key])
    }
    passages.append(
      AccountPassage(
        position: head, moves: moves, people: Set(moves.flatMap { [$0.from, $0.to] }).sorted().compactMap { known($0) })
    )
  }

  /// Whether accounts moved with the last step and the log has to hold what is before it: where interactions of the batch
  /// were taken back or replaced, what counts of them is read from there.
  var movesBeyondBatch: Bool { steps.count > 1 && !groups.isEmpty && steps.last?.rare?.moves.isEmpty == false }

  /// What accounts did in the batch before a position.
  func steps(of accounts: Set<AccountID>, before position: LogPosition) -> [FoldStep] {
    steps.prefix { $0.position < position }.filter {
      $0.interaction.actorRole == .customer && accounts.contains($0.account)
    }
  }

  /// Moves time forward.
  ///
  /// The people whose state falls due are evaluated by ``ShardFold``.
  mutating func fold(clock time: Instant) {
    entries.append(LogEntry(position: head.next, body: .clock(time.inUTC)))
    loop.advance(to: time)
    loopVersion = head
  }

  /// Notes the configuration in force.
  mutating func fold(configuration hash: String) {
    entries.append(LogEntry(position: head.next, body: .configuration(hash)))
    loop.configuration = hash
    loopVersion = head
  }

  /// Takes over published scores; `known` are the stored scores of that name, `notes` what rules make of the changes.
  mutating func fold(
    _ snapshot: PublishedSnapshot, replacing known: [StateRecord], noting notes: [Change<StateRecord>]
  ) {
    let position = head.next
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
    extraStates += notes
  }

  /// Keeps the place of an interaction whose content was removed.
  mutating func fold(_ tombstone: Tombstone, actor: AccountID?, addressee: AccountID?) {
    entries.append(LogEntry(position: head.next, body: .tombstone(tombstone), actor: actor, addressee: addressee))
  }

  /// Keeps the place of an erasure, which the log shows in what it left.
  mutating func fold(erasure receipt: ErasureReceipt) {
    entries.append(LogEntry(position: head.next, body: .erasure(receipt)))
  }

  // MARK: Result

  /// Everything decided, in an order that depends on the entries alone.
  mutating func changeSet(key: String, _ parts: [ShardFold.Result] = []) -> ChangeSet {
    var changes = ChangeSet(key: key, base: base)
    configuration.identity.finish(&draft)
    changes.entries = entries
    changes.identities = draft.identityChanges()
    changes.people = draft.personChanges()
    changes.merges = draft.merges
    changes.ties.reserveCapacity(parts.reduce(0) { $0 + $1.ties.count })
    // And room for a few that follow: the loop's own, and those of revisions.
    changes.states.reserveCapacity(parts.reduce(extraStates.count + 8) { $0 + $1.states.count })
    changes.states += extraStates
    for part in parts.indices {
      changes.ties += parts[part].ties
      changes.states += parts[part].states
    }
    if let kind = configuration.identity.stateKind { changes.states += draft.stateChanges(kind) }
    let changed = groups.values.filter(\.isChanged).sorted { $0.state.original < $1.state.original }
    for group in changed {
      changes.states.append(
        Change(group.state.record(version: group.version), replaces: group.loaded?.version))
    }
    if loopIsChanged { changes.states.append(Change(loop.record(version: loopVersion), replaces: loopRecord?.version)) }
    return changes
  }

  private var loopIsChanged: Bool { loopVersion != (loopRecord?.version ?? .start) }

  /// The record of the loop's state as it will be stored.
  var currentLoopRecord: StateRecord? { loopIsChanged ? loop.record(version: loopVersion) : loopRecord }
}

extension Interaction {
  /// Whether it takes another one back.
  var isRetraction: Bool { if case .retracts? = revision { true } else { false } }

  /// The interaction that this one takes back or replaces, or itself.
  var original: EventKey {
    guard isRevision, let revision else { return key }
    return EventKey(key.source, revision.id)
  }
}
