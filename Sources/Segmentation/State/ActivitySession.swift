import DenseData
import SCRMModel

/// A batch's view of activity states, decoded when they are first touched and encoded once at the end.
struct ActivitySession: SegmentSession {
  private let set: SegmentSet
  private var index: HashIndex
  private var slots: [ActivitySlot] = []

  init(set: SegmentSet, records: [StateRecord]) throws(SCRMError) {
    self.set = set
    // With room for people who come to be known.
    slots.reserveCapacity(records.count * 3 / 2 + 16)
    index = HashIndex(capacity: records.count * 3 / 2 + 16)
    for record in records {
      guard let person = record.person else { continue }
      index.insert(person.indexHash, row: slots.count)
      slots.append(
        ActivitySlot(
          person: person, state: ActivityState(), loaded: record.version, version: record.version, due: record.due))
      try slots[slots.count - 1].state.read(record)
    }
  }

  private func find(_ person: PersonID) -> Int? { index.find(person.indexHash) { slots[$0].person == person } }

  private mutating func slot(_ person: PersonID) -> Int {
    if let known = find(person) {
      slots[known].isRemoved = false
      return known
    }
    index.insert(person.indexHash, row: slots.count)
    slots.append(ActivitySlot(person: person, state: ActivityState(), loaded: nil, version: .start, due: nil))
    return slots.count - 1
  }

  mutating func count(_ interaction: Interaction, for person: PersonID, sign: Int32, at position: LogPosition) {
    let slot = slot(person)
    slots[slot].state.activity.record(interaction, sign: sign, in: set.timeZone)
    slots[slot].state.prune(set)
    slots[slot].isChanged = true
    slots[slot].version = position
  }

  mutating func merge(_ absorbed: PersonID, into survivor: PersonID, at position: LogPosition) -> [String] {
    guard let old = find(absorbed), !slots[old].isRemoved else { return [] }
    let left = SegmentMembership(slots[old].state.members, of: set.names).names
    // Whoever did nothing adds nothing; the survivor's state must not tell whether they were looked at before.
    if !slots[old].state.isEmpty {
      let target = slot(survivor)
      let moved = slots[old].state
      slots[target].state.merge(moved)
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

  func counted(_ person: PersonID) -> Int64 {
    guard let known = find(person), !slots[known].isRemoved else { return 0 }
    return slots[known].state.activity.total
  }

  mutating func forgetActivity(of person: PersonID, at position: LogPosition) {
    let slot = slot(person)
    slots[slot].state.forgetActivity()
    slots[slot].isRestarted = true
    slots[slot].isChanged = true
    slots[slot].version = position
  }

  mutating func evaluate(
    _ record: PersonRecord, scores: [String: Double], now: Instant, at position: LogPosition
  ) -> SegmentOutcome {
    let slot = slot(record.id)
    return slots[slot].evaluate(record, scores: scores, now: now, at: position, set: set)
  }

  func changes() -> [Change<StateRecord>] {
    var result: [Change<StateRecord>] = []
    result.reserveCapacity(slots.count)
    let kind = set.stateKind
    // Through a pointer, since a subscript would copy each slot.
    slots.withUnsafeBufferPointer { slots in
      guard let first = slots.baseAddress else { return }
      for place in slots.indices {
        let slot = first + place
        if slot.pointee.isChanged, let change = slot.pointee.change(kind: kind) { result.append(change) }
      }
    }
    return result
  }
}
