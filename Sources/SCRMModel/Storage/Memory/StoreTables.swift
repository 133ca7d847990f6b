import SCRMExpressions

/// The tables of the in-memory store. A value, so that the baseline of a compaction is a cheap copy.
struct StoreTables: Sendable {
  var identities: [IdentifierKey: IdentityRecord] = [:]
  var people: [PersonID: PersonRecord] = [:]
  var merges: [MergeRecord] = []
  var ties: [TieKey: TieRecord] = [:]
  var states: [StateKind: StateTable] = [:]
  var segments: [String: [PersonID: Membership]] = [:]
}

/// The records of one kind of state, with an index of the days on which they are due.
struct StateTable: Sendable {
  private(set) var records: [StateKey: StateRecord] = [:]
  private var dueByDay: [Int32: Set<StateKey>] = [:]

  /// The version of a record, without copying it.
  func version(of key: StateKey) -> LogPosition? {
    records.index(forKey: key).map { records.values[$0].version }
  }

  mutating func put(_ record: StateRecord) {
    let previous = records.updateValue(record, forKey: record.key)
    let (before, after) = (previous?.due?.utcDay, record.due?.utcDay)
    guard before != after else { return }
    if let before { removeDue(record.key, day: before) }
    if let after { dueByDay[after, default: []].insert(record.key) }
  }

  mutating func remove(_ key: StateKey) {
    guard let previous = records.removeValue(forKey: key) else { return }
    if let day = previous.due?.utcDay { removeDue(key, day: day) }
  }

  private mutating func removeDue(_ key: StateKey, day: Int32) {
    dueByDay[day]?.remove(key)
    if dueByDay[day]?.isEmpty ?? false { dueByDay[day] = nil }
  }

  func due(through time: Instant, after last: StateDue?, limit: Int) -> [StateRecord] {
    var found: [StateRecord] = []
    for day in dueByDay.keys.filter({ $0 <= time.utcDay }).sorted() {
      if let last, day < last.due.utcDay { continue }
      var places: [StateDue] = []
      for key in dueByDay[day] ?? [] {
        guard let due = records[key]?.due, due <= time else { continue }
        let place = StateDue(due: due, key: key)
        if let last, place <= last { continue }
        places.append(place)
      }
      for place in places.sorted() {
        if let record = records[place.key] { found.append(record) }
        if found.count == limit { return found }
      }
    }
    return found
  }
}

/// The keys of a table in order, rebuilt when keys came or went; makes paging O(log n) for each page after the first.
struct OrderedKeys<Key: Comparable & Sendable>: Sendable {
  private var keys: [Key]?

  mutating func invalidate() { keys = nil }

  mutating func page(after key: Key?, limit: Int, of all: @autoclosure () -> [Key]) -> ArraySlice<Key> {
    let sorted = keys ?? all().sorted()
    keys = sorted
    var (low, high) = (0, sorted.count)
    if let key {
      while low < high {
        let middle = (low + high) / 2
        if sorted[middle] <= key { low = middle + 1 } else { high = middle }
      }
    }
    return sorted[low..<min(sorted.count, low + max(limit, 0))]
  }
}
