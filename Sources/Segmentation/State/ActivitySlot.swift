import SCRMModel

/// One person in a batch: the state, where it came from, and whether it changed.
struct ActivitySlot: Sendable {
  let person: PersonID
  var state: ActivityState
  var loaded: LogPosition?
  var version: LogPosition
  var due: Instant?
  var isChanged = false
  var isRemoved = false
  /// Whether what the person did was counted anew; then nothing may be left to store.
  var isRestarted = false

  /// The facts about the person and the segments they enter and leave at `now`.
  mutating func evaluate(
    _ record: PersonRecord, scores: [String: Double], now: Instant, at position: LogPosition, set: SegmentSet
  ) -> SegmentOutcome {
    let today = set.timeZone.day(of: now)
    let (tier, heat) = state.standing(on: today, set: set)
    var facts = PersonFacts(
      record: record, activity: state.activity, tier: tier, heat: heat,
      membership: SegmentMembership(state.members, of: set.names), scores: scores, now: now,
      zone: set.timeZone)
    let changes = state.isEmpty ? [] : enterAndLeave(&facts, set)
    let due = dueTime(today: today, set.timeZone)
    let before = state.tier
    if !changes.isEmpty || tier != before || due != self.due {
      state.tier = tier
      self.due = due
      isChanged = true
      version = position
    }
    return SegmentOutcome(facts: facts, changes: changes, previousTier: tier == before ? nil : before)
  }

  /// Asks every segment's condition.
  ///
  /// Conditions see the memberships of before, so that their order does not matter. Whoever did nothing yet, being only
  /// addressed by others, is in no segment and is not asked about: else it would depend on the order of arrival whether
  /// they were looked at.
  private mutating func enterAndLeave(_ facts: inout PersonFacts, _ set: SegmentSet) -> [SegmentChange] {
    // Held here, so that no reference is counted for every condition.
    let (conditions, hashes, before) = (set.conditions, set.names.hashes, state.members)
    var members = before
    var changes: [SegmentChange] = []
    for index in conditions.indices {
      let (holds, judgement) = conditions.ask(index, about: facts)
      let hash = hashes[index]
      let wasMember = before.contains(hash)
      guard holds != wasMember else { continue }
      if changes.isEmpty {
        changes.reserveCapacity(4)
        members.reserveCapacity(members.count + 4)
      }
      if holds {
        members.insert(hash, at: members.firstIndex { $0 > hash } ?? members.endIndex)
      } else {
        members.removeAll { $0 == hash }
      }
      changes.append(
        SegmentChange(
          segment: set.definitions[index].name, version: set.definitions[index].version, person: person,
          isEntry: holds, time: facts.now, judgement: judgement ?? Judgement(holds),
          counts: changes.first?.counts ?? CountedFacts(facts)))
    }
    if changes.isEmpty { return [] }
    facts.membership = SegmentMembership(members, of: set.names)
    state.members = members
    return changes
  }

  /// The beginning of the next day, as long as the person's retained activity can still change an answer.
  private func dueTime(today: Int32, _ zone: ZoneRules) -> Instant? {
    guard let last = state.activity.lastSeen, today <= zone.day(of: last) &+ ActivityHistory.retainedDays else {
      return nil
    }
    return zone.start(ofDay: today &+ 1)
  }

  /// The state as it is to be stored; `nil` when there is nothing to store or to remove.
  func change(kind: StateKind) -> Change<StateRecord>? {
    let isRemoved = isRemoved || isRestarted && state.isEmpty
    if isRemoved, loaded == nil { return nil }
    let record = StateRecord(
      kind: kind, key: .person(person), version: version, schema: ActivityState.schema, due: due,
      bytes: isRemoved ? [] : state.bytes)
    return Change(record, replaces: loaded, isRemoval: isRemoved)
  }
}
