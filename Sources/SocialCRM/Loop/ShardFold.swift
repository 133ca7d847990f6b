import DenseData
import SCRMModel

/// The second half of the decision: a fold over the steps that concern some of the people — counts, segments, rules.
///
/// People of one step are in one shard, and each tie is in one, so shards know nothing of each other and can be decided
/// at the same time. Pure; within a shard everything happens in the order of the log.
struct ShardFold {
  /// What a shard starts from.
  struct Input: Sendable {
    /// The steps of the whole batch, and the places of the shard's own among them, ascending.
    var steps: [FoldStep] = []
    var places: [Int32] = []
    /// The counts for ties of the whole batch, and the places of the shard's own among them, ascending.
    var tieCounts: [TieCount] = []
    var tiePlaces: [Int32] = []
    var activity: [StateRecord] = []
    var rules: [StateRecord] = []
    var scores: [(name: String, record: StateRecord)] = []
    var ties: [TieRecord] = []
    /// What people did whom accounts leave or reach, by the log entry that shows it.
    var reckonings: [LogPosition: Reckoning] = [:]
  }

  /// What a shard decided.
  struct Result: Sendable {
    /// One for each step; `nil` once it is taken out.
    var outcomes: [InteractionOutcome?] = []
    /// Where the outcomes belong among those of the batch.
    var places: [Int32] = []
    /// The places among the batch's outcomes of those with actions or cancellations, ascending.
    var acting: [Int] = []
    /// Who entered and left, in the order of the log.
    var memberships: [MembershipChange] = []
    var states: [Change<StateRecord>] = []
    var ties: [Change<TieRecord>] = []
  }

  private let input: Input
  private var scores: ScoreBook
  private var segments: any SegmentSession
  private var ties: any TieSession
  private var rules: any RuleSession
  private var earlier: [EventKey: Interaction] = [:]
  private var memberships: [MembershipChange] = []
  /// The places among the batch's outcomes of those with actions or cancellations.
  private var acting: [Int] = []
  private var ownSteps: [EventKey: Int]?

  /// Opens what was loaded.
  init(_ input: Input, configuration: SocialCRM.Configuration) throws(SCRMError) {
    self.input = input
    scores = try ScoreBook(input.scores)
    segments = try configuration.segments.begin(input.activity)
    ties = try configuration.ties.begin(input.ties)
    rules = try configuration.rules.begin(input.rules)
  }

  // MARK: What has to be loaded

  /// The triggers of open actions that one of the steps may have made wrong; rather too many than too few, so that the
  /// decision does not depend on what else is in the batch.
  func triggers() -> [EventKey] {
    var triggers: [EventKey] = []
    // An action that is proposed in this batch may be later than a step that follows.
    var latestStep: [PersonID: Instant] = [:]
    let steps = input.steps
    let isOrdered = zip(input.places, input.places.dropFirst()).allSatisfy {
      steps[Int($0)].occurred <= steps[Int($1)].occurred
    }
    if !isOrdered { latestStep.reserveCapacity(input.places.count) }
    for place in input.places {
      let place = Int(place)
      let (occurred, isSpecial) = (steps[place].occurred, steps[place].isSpecial)
      func look(at person: PersonID) {
        guard let latest = rules.latestOpenTrigger(of: person) else { return }
        if isSpecial || occurred < latest || (latestStep[person].map { occurred < $0 } ?? false) {
          for action in rules.openTriggers(of: person) { triggers.append(action.trigger) }
        }
        if !isOrdered { latestStep[person] = max(latestStep[person] ?? occurred, occurred) }
      }
      if isSpecial || steps[place].concernsOthers {
        for person in steps[place].people { look(at: person) }
      } else if let person = steps[place].person {
        look(at: person)
      }
    }
    return triggers
  }

  // MARK: Deciding

  /// Decides all steps; `earlier` are interactions of the log that may have to be looked at again.
  mutating func run(earlier: [EventKey: Interaction]) -> Result {
    self.earlier = earlier
    var result = Result()
    result.outcomes.reserveCapacity(input.places.count)
    result.places.reserveCapacity(input.places.count)
    let steps = input.steps
    for place in input.places {
      result.places.append(steps[Int(place)].outcome)
      result.outcomes.append(decide(steps[Int(place)]))
    }
    swap(&result.acting, &acting)
    swap(&result.memberships, &memberships)
    for place in input.tiePlaces {
      let place = Int(place)
      ties.count(
        input.tieCounts[place].interaction, on: input.tieCounts[place].key, sign: input.tieCounts[place].sign,
        at: input.tieCounts[place].position)
    }
    result.states = changedStates()
    result.ties = ties.changes()
    return result
  }

  /// The changed states of all stages; those of segments, which are the most, are taken over as they stand.
  private func changedStates() -> [Change<StateRecord>] {
    var states = segments.changes()
    states += rules.changes()
    states += scores.changes()
    return states
  }

  private mutating func decide(_ step: FoldStep) -> InteractionOutcome {
    var consequences = InteractionOutcome.Consequences()
    if let rare = step.rare {
      merge(rare.merges, at: step.position, now: step.now)
      if !rare.moves.isEmpty { reckon(at: step.position) }
    }
    if let person = step.person {
      segments.count(step.interaction, for: person, sign: step.sign, at: step.position)
    }
    if let rare = step.rare, rare.concernsOthers { follow(rare, of: step, into: &consequences) }
    if let record = step.record, record.mergedInto == nil {
      let result = evaluate(record, step, into: &consequences)
      if let tier = result.previousTier { consequences.tierChange = .init(from: tier, to: result.facts.tier) }
      reconsider(result.facts, step, into: &consequences)
      if step.setsOffRules { consequences.actions = askRules(step, result) }
    } else if step.rare?.addressee == nil, step.setsOffRules {
      rules.observe(step.interaction, at: step.position, now: step.now)
    }
    if !consequences.actions.isEmpty || !consequences.cancellations.isEmpty { acting.append(Int(step.outcome)) }
    return InteractionOutcome(step, consequences)
  }

  /// Decides what follows for others than the actor.
  private mutating func follow(
    _ rare: FoldStep.Rare, of step: FoldStep, into consequences: inout InteractionOutcome.Consequences
  ) {
    if let effects = rare.effects {
      for recount in effects.recounts {
        segments.count(recount.interaction, for: recount.person, sign: recount.sign, at: step.position)
      }
      for other in effects.others {
        let result = evaluate(other, step, into: &consequences)
        reconsider(result.facts, step, into: &consequences)
      }
    }
    if let addressee = rare.addressee, step.setsOffRules {
      let result = evaluate(addressee, step, into: &consequences)
      consequences.actions = askRules(step, result)
    }
  }

  private mutating func askRules(_ step: FoldStep, _ result: SegmentOutcome) -> [ProposedAction] {
    let suppression: ProposedAction.Suppression? = step.mode == .backfill ? .backfill : (step.isLate ? .late : nil)
    let input = RuleInput(
      interaction: step.interaction, person: result.facts, changes: result.changes, suppression: suppression)
    return rules.evaluate(input, at: step.position)
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

  /// Counts anew what people did whom accounts left or reached.
  private mutating func reckon(at position: LogPosition) {
    guard let reckoning = input.reckonings[position] else { return }
    // After a compaction the log does not hold everything; what it lost stays where it was counted.
    if reckoning.totals.allSatisfy({ segments.counted($0.person) == $0.count }) {
      for person in reckoning.people { segments.forgetActivity(of: person.id, at: position) }
      for (person, interaction, sign) in reckoning.all {
        segments.count(interaction, for: person, sign: sign, at: position)
      }
    } else {
      for (move, interaction, sign) in reckoning.moved {
        if sign != 0 { segments.count(interaction, for: move.from, sign: -sign, at: position) }
        segments.count(interaction, for: move.to, sign: sign, at: position)
      }
    }
  }

  private mutating func evaluate(
    _ record: PersonRecord, _ step: FoldStep, into consequences: inout InteractionOutcome.Consequences
  ) -> SegmentOutcome {
    let result = evaluate(record, now: step.now, at: step.position)
    if consequences.segments.isEmpty {
      consequences.segments = result.changes
    } else {
      consequences.segments += result.changes
    }
    return result
  }

  private mutating func evaluate(_ record: PersonRecord, now: Instant, at position: LogPosition) -> SegmentOutcome {
    let result = segments.evaluate(record, scores: scores.scores(of: record.id), now: now, at: position)
    for change in result.changes {
      memberships.append(
        MembershipChange(
          Membership(segment: change.segment, person: change.person, since: change.time, version: position),
          isEntry: change.isEntry))
    }
    return result
  }

  /// Looks again at actions that the step may have made wrong.
  private mutating func reconsider(
    _ facts: PersonFacts, _ step: FoldStep, into consequences: inout InteractionOutcome.Consequences
  ) {
    guard let latest = rules.latestOpenTrigger(of: facts.id) else { return }
    guard step.isSpecial || step.occurred < latest else { return }
    let retracted = step.rare?.effects?.retracted ?? []
    var triggers: [EventKey: Interaction] = [:]
    for action in rules.openTriggers(of: facts.id) { triggers[action.trigger] = known(action.trigger) }
    consequences.cancellations += rules.reconsider(
      facts, triggers: triggers, retracted: retracted, cause: step.interaction.key, at: step.position)
  }

  private mutating func known(_ key: EventKey) -> Interaction? {
    if let known = earlier[key] { return known }
    if ownSteps == nil {
      ownSteps = Dictionary(
        input.places.map { (input.steps[Int($0)].interaction.key, Int($0)) }, uniquingKeysWith: { first, _ in first })
    }
    return ownSteps?[key].map { input.steps[$0].interaction }
  }

  // MARK: Rulings

  /// The triggers of the open actions of people.
  func triggers(of people: [PersonRecord]) -> [EventKey] {
    people.flatMap { rules.openTriggers(of: $0.id).map(\.trigger) }
  }

  /// Decides what follows when people are joined or parted without an interaction.
  consuming func follow(
    _ outcome: RulingOutcome, _ people: [PersonRecord], earlier: [EventKey: Interaction], now: Instant,
    at position: LogPosition
  ) -> RulingResult {
    merge(outcome.merges, at: position, now: now)
    if !outcome.moves.isEmpty { reckon(at: position) }
    var following = RulingResult()
    for person in people {
      let result = evaluate(person, now: now, at: position)
      following.segments += result.changes
      let open = rules.openTriggers(of: person.id)
      if open.isEmpty { continue }
      var triggers: [EventKey: Interaction] = [:]
      for action in open { triggers[action.trigger] = earlier[action.trigger] }
      following.cancellations += rules.reconsider(
        result.facts, triggers: triggers, retracted: [], cause: .logEntry(position), at: position)
    }
    following.memberships = memberships
    following.result = Result(states: changedStates(), ties: ties.changes())
    return following
  }

  /// What followed from a ruling.
  struct RulingResult: Sendable {
    var segments: [SegmentChange] = []
    var memberships: [MembershipChange] = []
    var cancellations: [Cancellation] = []
    var result = Result()
  }

  // MARK: Time

  /// Evaluates people as time has come to `now`; changes are of the log position at which it did.
  ///
  /// - Parameter setsOffRules: whether rules are asked as well.
  consuming func evaluateDue(
    _ people: [PersonRecord], now: Instant, at position: LogPosition, setsOffRules: Bool
  ) -> DueResult {
    var due = DueResult()
    for person in people {
      let result = evaluate(person, now: now, at: position)
      due.changes += result.changes
      guard setsOffRules else { continue }
      due.actions += rules.evaluate(RuleOccasion(person: result.facts, changes: result.changes), at: position)
    }
    due.memberships = memberships
    due.result = Result(states: changedStates(), ties: ties.changes())
    return due
  }

  /// What followed from time.
  struct DueResult: Sendable {
    var changes: [SegmentChange] = []
    var memberships: [MembershipChange] = []
    var actions: [ProposedAction] = []
    var result = Result()
  }

  // MARK: Definitions that changed

  /// Decides people anew from all they did, under the definitions of now.
  ///
  /// - Parameters:
  ///   - memberships: the segments each person is in as stored.
  ///   - backfill: gets who entered and who left, and whose interactions the log does not hold any more.
  consuming func restart(
    _ memberships: [(person: PersonRecord, stored: [Membership])], now: Instant, at position: LogPosition,
    into backfill: inout SegmentBackfill
  ) -> DueResult {
    var due = DueResult()
    let reckoning = input.reckonings[position]
    let counts = Dictionary(
      (reckoning?.totals ?? []).map { ($0.person, $0.count) }, uniquingKeysWith: { first, _ in first })
    var done: [PersonID: [(interaction: Interaction, sign: Int32)]] = [:]
    for (person, interaction, sign) in reckoning?.all ?? [] {
      done[person, default: []].append((interaction, sign))
    }
    for (record, stored) in memberships {
      let id = record.id
      // After a compaction the log does not hold everything.
      guard segments.counted(id) == counts[id] ?? 0 else {
        backfill.incomplete.append(id)
        continue
      }
      segments.restart(id, at: position)
      for (interaction, sign) in done[id] ?? [] { segments.count(interaction, for: id, sign: sign, at: position) }
      let result = segments.evaluate(record, scores: scores.scores(of: id), now: now, at: position)
      backfill.people += 1
      let names = result.facts.segments
      for old in stored where !names.contains(old.segment) {
        backfill.left.append(old)
        due.memberships.append(MembershipChange(old.decided(at: position), isEntry: false))
      }
      for name in names where !stored.contains(where: { $0.segment == name }) {
        let since = result.changes.last { $0.segment == name && $0.isEntry }?.time ?? now
        let new = Membership(segment: name, person: id, since: since, version: position)
        backfill.entered.append(new)
        due.memberships.append(MembershipChange(new, isEntry: true))
      }
    }
    due.result = Result(states: segments.changes())
    return due
  }
}

extension Membership {
  /// The same with the position of another decision.
  fileprivate func decided(at position: LogPosition) -> Membership {
    Membership(segment: segment, person: person, since: since, version: position)
  }
}
