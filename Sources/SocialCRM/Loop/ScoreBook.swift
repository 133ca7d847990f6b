import SCRMModel

/// The published scores of the people a batch touches.
///
/// When two people turn out to be one, the higher score stays.
struct ScoreBook: Sendable {
  private struct Slot: Sendable {
    let name: String
    let person: PersonID
    var value: Double?
    let loaded: StateRecord?
    var version: LogPosition
    var isChanged = false
  }

  private var slots: [Slot] = []
  private var values: [PersonID: [String: Double]] = [:]

  init(_ records: [(name: String, record: StateRecord)]) throws(SCRMError) {
    for (name, record) in records {
      guard let person = record.person else { continue }
      let value = try PublishedScore.decode(record)
      slots.append(Slot(name: name, person: person, value: value, loaded: record, version: record.version))
      values[person, default: [:]][name] = value
    }
  }

  /// The scores of a person by name.
  func scores(of person: PersonID) -> [String: Double] { values.isEmpty ? [:] : values[person] ?? [:] }

  mutating func merge(_ absorbed: PersonID, into survivor: PersonID, at position: LogPosition) {
    guard let moved = values.removeValue(forKey: absorbed) else { return }
    for (name, value) in moved.sorted(by: { $0.key < $1.key }) {
      let best = values[survivor]?[name].map { max($0, value) } ?? value
      values[survivor, default: [:]][name] = best
      set(name, of: survivor, to: best, at: position)
      set(name, of: absorbed, to: nil, at: position)
    }
  }

  private mutating func set(_ name: String, of person: PersonID, to value: Double?, at position: LogPosition) {
    if let index = slots.firstIndex(where: { $0.person == person && $0.name == name }) {
      guard slots[index].value != value else { return }
      slots[index].value = value
      slots[index].version = position
      slots[index].isChanged = true
    } else if let value {
      slots.append(Slot(name: name, person: person, value: value, loaded: nil, version: position, isChanged: true))
    }
  }

  /// The changed scores, in an order that depends on the calls alone.
  func changes() -> [Change<StateRecord>] {
    slots.filter(\.isChanged).compactMap { slot in
      guard let value = slot.value else { return slot.loaded.map { Change($0, replaces: $0.version, isRemoval: true) } }
      let score = PublishedSnapshot.Score(person: slot.person, value: value)
      return Change(
        PublishedScore.record(slot.name, score, version: slot.version), replaces: slot.loaded?.version)
    }
  }
}
