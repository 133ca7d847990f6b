import SCRMModel
import StateCoding

/// A batch's view of activity states, decoded when they are first touched and encoded once at the end.
struct ActivitySession: SegmentSession {
  private struct Slot {
    let person: PersonID
    var state: ActivityState
    var loaded: LogPosition?
    var version: LogPosition
    var due: Instant?
    var isChanged = false
    var isRemoved = false
  }

  private let set: SegmentSet
  private var index: [PersonID: Int] = [:]
  private var slots: [Slot] = []

  init(set: SegmentSet, records: [StateRecord]) throws(SCRMError) {
    self.set = set
    slots.reserveCapacity(records.count)
    index.reserveCapacity(records.count)
    for record in records {
      guard case .person(let person) = record.key else { continue }
      let state = try ActivityState(record)
      index[person] = slots.count
      slots.append(
        Slot(person: person, state: state, loaded: record.version, version: record.version, due: record.due))
    }
  }

  private mutating func slot(_ person: PersonID) -> Int {
    if let known = index[person] {
      slots[known].isRemoved = false
      return known
    }
    index[person] = slots.count
    slots.append(Slot(person: person, state: ActivityState(), loaded: nil, version: .start, due: nil))
    return slots.count - 1
  }

  mutating func count(_ interaction: Interaction, for person: PersonID, sign: Int32, at position: LogPosition) {
    let slot = slot(person)
    slots[slot].state.activity.record(interaction, sign: sign)
    slots[slot].state.prune(set)
    slots[slot].isChanged = true
    slots[slot].version = position
  }

  mutating func merge(_ absorbed: PersonID, into survivor: PersonID, at position: LogPosition) -> [String] {
    guard let old = index[absorbed], !slots[old].isRemoved else { return [] }
    let left = SegmentMembership(slots[old].state.members, of: set.names).names
    // Whoever did nothing adds nothing; the survivor's state must not tell whether they were looked at before.
    if !slots[old].state.isEmpty {
      let target = slot(survivor)
      slots[target].state.merge(slots[old].state)
      slots[target].state.prune(set)
      slots[target].isChanged = true
      slots[target].version = position
    }
    slots[old].state = ActivityState()
    slots[old].isRemoved = true
    slots[old].isChanged = true
    slots[old].version = position
    return left
  }

  mutating func evaluate(
    _ record: PersonRecord, scores: [String: Double], now: Instant, at position: LogPosition
  ) -> SegmentOutcome {
    let slot = slot(record.id)
    let today = now.utcDay
    let before = slots[slot].state
    let tier = before.tier(on: today, set: set)
    var facts = PersonFacts(
      record: record, activity: before.activity, tier: tier, heat: before.heat(on: today, set: set),
      membership: SegmentMembership(before.members, of: set.names), scores: scores, now: now)
    var members = before.members
    var changes: [SegmentChange] = []
    var counts: CountedFacts?
    // Conditions see the memberships of before, so that their order does not matter. Whoever did nothing yet, being only
    // addressed by others, is in no segment: else it would depend on the order of arrival whether they were looked at.
    for index in before.isEmpty ? 0..<0 : set.judges.indices {
      let judgement = set.judges[index](facts)
      let hash = set.names.hashes[index]
      let wasMember = before.members.contains(hash)
      guard judgement.holds != wasMember else { continue }
      if judgement.holds {
        members.insert(hash, at: members.firstIndex { $0 > hash } ?? members.endIndex)
      } else {
        members.removeAll { $0 == hash }
      }
      let counted = counts ?? CountedFacts(facts)
      counts = counted
      changes.append(
        SegmentChange(
          segment: set.definitions[index].name, version: set.definitions[index].version, person: record.id,
          isEntry: judgement.holds, time: now,
          judgement: judgement, counts: counted))
    }
    if !changes.isEmpty { facts.membership = SegmentMembership(members, of: set.names) }
    let due = dueTime(facts, today: today)
    if !changes.isEmpty || tier != before.tier || due != slots[slot].due {
      slots[slot].state.members = members
      slots[slot].state.tier = tier
      slots[slot].due = due
      slots[slot].isChanged = true
      slots[slot].version = position
    }
    return SegmentOutcome(facts: facts, changes: changes, previousTier: tier == before.tier ? nil : before.tier)
  }

  /// The beginning of the next day, as long as the person's retained activity can still change an answer.
  private func dueTime(_ facts: PersonFacts, today: Int32) -> Instant? {
    guard let last = facts.activity.lastSeen, today <= last.utcDay &+ ActivityHistory.retainedDays else { return nil }
    return Instant(secondsSinceEpoch: (Int64(today) + 1) * 86_400)
  }

  func changes() -> [Change<StateRecord>] {
    var result: [Change<StateRecord>] = []
    result.reserveCapacity(slots.count)
    for slot in slots where slot.isChanged {
      if slot.isRemoved, slot.loaded == nil { continue }
      let record = StateRecord(
        kind: set.stateKind, key: .person(slot.person), version: slot.version, schema: ActivityState.schema,
        due: slot.due, bytes: slot.isRemoved ? [] : slot.state.bytes)
      result.append(Change(record, replaces: slot.loaded, isRemoval: slot.isRemoved))
    }
    return result
  }
}
