import DenseData
import SCRMModel

/// A batch's view of the states of people, each decoded when the batch is opened and written once at the end.
struct LiveStageSession: SegmentSession {
  private let stage: LiveSegmentStage
  private var index: HashIndex
  private var slots: [LiveSlot] = []

  init(stage: LiveSegmentStage, records: [StateRecord]) throws(SCRMError) {
    self.stage = stage
    index = HashIndex(capacity: records.count + 16)
    for record in records {
      guard let person = record.person else { continue }
      index.insert(person.indexHash, row: slots.count)
      slots.append(try LiveSlot(person, record, stage))
    }
  }

  private func find(_ person: PersonID) -> Int? { index.find(person.indexHash) { slots[$0].activity.person == person } }

  private mutating func slot(_ person: PersonID) -> Int {
    if let known = find(person) {
      slots[known].activity.isRemoved = false
      return known
    }
    index.insert(person.indexHash, row: slots.count)
    slots.append(LiveSlot(person))
    return slots.count - 1
  }

  mutating func count(_ interaction: Interaction, for person: PersonID, sign: Int32, at position: LogPosition) {
    let slot = slot(person)
    slots[slot].count(interaction, sign: sign, stage)
    slots[slot].activity.isChanged = true
    slots[slot].activity.version = position
  }

  mutating func merge(_ absorbed: PersonID, into survivor: PersonID, at position: LogPosition) -> [String] {
    guard let old = find(absorbed), !slots[old].activity.isRemoved else { return [] }
    let moved = slots[old]
    let left = moved.members(stage).names
    // Whoever did nothing adds nothing; the survivor's state must not tell whether they were looked at before.
    if !moved.activity.state.isEmpty {
      let target = slot(survivor)
      slots[target].merge(moved, stage)
      slots[target].activity.isChanged = true
      slots[target].activity.version = position
    }
    var empty = LiveSlot(absorbed)
    empty.activity.loaded = moved.activity.loaded
    empty.activity.isRemoved = true
    empty.activity.isChanged = true
    empty.activity.version = position
    slots[old] = empty
    return left
  }

  func counted(_ person: PersonID) -> Int64 {
    guard let known = find(person), !slots[known].activity.isRemoved else { return 0 }
    return slots[known].activity.state.activity.total
  }

  mutating func forgetActivity(of person: PersonID, at position: LogPosition) {
    let slot = slot(person)
    slots[slot].forgetActivity()
    slots[slot].activity.isChanged = true
    slots[slot].activity.version = position
  }

  mutating func restart(_ person: PersonID, at position: LogPosition) {
    forgetActivity(of: person, at: position)
    let slot = slot(person)
    slots[slot].forgetDecisions()
  }

  mutating func evaluate(
    _ record: PersonRecord, scores: [String: Double], now: Instant, at position: LogPosition
  ) -> SegmentOutcome {
    let slot = slot(record.id)
    return slots[slot].evaluate(record, scores: scores, now: now, at: position, stage)
  }

  func changes() -> [Change<StateRecord>] {
    slots.compactMap { $0.activity.isChanged ? $0.change(stage) : nil }
  }
}
