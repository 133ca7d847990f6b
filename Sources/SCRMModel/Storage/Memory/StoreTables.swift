import DenseData
import SCRMExpressions

/// The tables of the in-memory store.
///
/// A value, so that the baseline of a compaction is a cheap copy.
struct StoreTables: Sendable {
  var identities = KeyedRows<IdentityRecord>()
  var people = KeyedRows<PersonRecord>()
  var merges: [MergeRecord] = []
  var ties = KeyedRows<TieRecord>()
  var states: [StateKind: StateTable] = [:]
  var segments: [StoredName: KeyedRows<Membership>] = [:]
}

/// The records of one kind of state, with an index of the days on which they are due.
///
/// The index is written with every change and read only when time advances, so it is a list per day that may hold keys
/// that are due on another day by now; they are left out when the day is read.
struct StateTable: Sendable {
  private(set) var records = KeyedRows<StateRecord>()
  private var dueByDay: [Int32: [StateKey]] = [:]

  mutating func put(_ record: StateRecord) {
    let previous = records.put(record)
    index(record, previous?.due)
  }

  /// Writes changes whose places were looked up.
  /// - Returns: whether records came or went.
  mutating func apply(_ changes: ArraySlice<Change<StateRecord>>, at places: ArraySlice<Int>) -> Bool {
    var keysChanged = false
    for (change, place) in zip(changes, places) {
      let previous = place < 0 ? nil : records[place: place]?.due
      if records.apply(change, at: place) { keysChanged = true }
      if !change.isRemoval { index(change.record, previous) }
    }
    return keysChanged
  }

  private mutating func index(_ record: StateRecord, _ previous: Instant?) {
    guard let day = record.due?.utcDay, previous?.utcDay != day else { return }
    dueByDay[day, default: []].append(record.key)
  }

  mutating func remove(_ key: StateKey) { records.remove(key) }

  func due(through time: Instant, after last: StateDue?, limit: Int) -> [StateRecord] {
    var found: [StateRecord] = []
    for day in dueByDay.keys.filter({ $0 <= time.utcDay }).sorted() {
      if let last, day < last.due.utcDay { continue }
      var places = Set<StateDue>()
      for key in dueByDay[day] ?? [] {
        guard let due = records[key]?.due, due.utcDay == day, due <= time else { continue }
        let place = StateDue(due: due, key: key)
        if let last, place <= last { continue }
        places.insert(place)
      }
      for place in places.sorted() {
        if let record = records[place.key] { found.append(record) }
        if found.count == limit { return found }
      }
    }
    return found
  }

  /// Drops index entries of days that are past and of keys that are due on another day by now.
  ///
  /// O(entries).
  mutating func cleanDueIndex() {
    for day in Array(dueByDay.keys) {
      var seen = Set<StateKey>()
      let kept = (dueByDay[day] ?? []).filter { records[$0]?.due?.utcDay == day && seen.insert($0).inserted }
      dueByDay[day] = kept.isEmpty ? nil : kept
    }
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
    return sorted[low..<(low + min(sorted.count - low, max(limit, 0)))]
  }
}
