/// The changes that may still be corrected, of everybody in one list in the order in which they were decided.
///
/// Each names the one before of the same person, so that a person's are found without a list of their own. What is too
/// old is dropped from the front; without lateness the list holds the changes of one moment only.
struct RecentChanges: Sendable {
  /// A change that may still be corrected.
  struct Change: Sendable, Hashable {
    let time: Int64
    let segment: Int32
    let isEntry: Bool
  }

  private struct Entry: Sendable {
    let change: Change
    /// The number of the person's change before, −1 for none.
    let previous: Int
  }

  private var entries: ContiguousArray<Entry> = []
  /// The number of the first entry; numbers are never given twice.
  private var base = 0
  /// How many entries at the front are dropped already.
  private var dropped = 0

  /// Adds changes of a person in the order of time, and gives the number of the last.
  /// - Parameters:
  ///   - changes: the changes.
  ///   - previous: the number of the person's change before them, −1 for none.
  @inline(__always)
  mutating func append(_ changes: some RandomAccessCollection<Change>, previous: Int) -> Int {
    let first = base &+ entries.count
    let start = changes.startIndex
    entries.append(
      contentsOf: changes.indices.lazy.map { index in
        let offset = changes.distance(from: start, to: index)
        return Entry(change: changes[index], previous: offset == 0 ? previous : first &+ offset &- 1)
      })
    return changes.isEmpty ? previous : base &+ entries.count &- 1
  }

  /// Drops what was decided for a moment before a horizon; O(1) amortised.
  @inline(__always)
  mutating func drop(before horizon: Int64) {
    guard dropped < entries.count, entries[dropped].change.time < horizon else { return }
    while dropped < entries.count, entries[dropped].change.time < horizon { dropped &+= 1 }
    guard dropped > entries.count / 2 else { return }
    if dropped == entries.count {
      entries.removeAll(keepingCapacity: true)
    } else {
      entries.removeFirst(dropped)
    }
    base &+= dropped
    dropped = 0
  }

  /// The changes of a person from a moment on, in the order of time.
  /// - Parameters:
  ///   - latest: the number of the person's latest change, −1 for none.
  ///   - moment: changes before it are left out.
  func changes(endingWith latest: Int, from moment: Int64) -> [Change] {
    var found: [Change] = []
    var number = latest
    while number >= base + dropped {
      let entry = entries[number - base]
      if entry.change.time < moment { break }
      found.append(entry.change)
      number = entry.previous
    }
    return found.reversed()
  }
}
