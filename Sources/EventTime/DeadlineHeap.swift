/// A deadline of a numbered owner.
@usableFromInline
package struct Deadline: Sendable {
  /// When.
  @usableFromInline package let time: Int64
  /// Whose.
  @usableFromInline package let owner: UInt32

  @inlinable
  init(time: Int64, owner: UInt32) {
    self.time = time
    self.owner = owner
  }

  @inlinable
  static func < (left: Deadline, right: Deadline) -> Bool {
    left.time != right.time ? left.time < right.time : left.owner < right.owner
  }
}

/// Deadlines, earliest first; at equal times the lower number first.
///
/// Four children to a parent: they share a line of memory, and the heap is half as deep as a binary one.
@usableFromInline
struct DeadlineHeap: Sendable {
  /// The deadlines; the first is the earliest, the others are in no order to rely on.
  @usableFromInline var entries: ContiguousArray<Deadline> = []

  @inlinable
  init() {}

  /// Adds a deadline; O(log n).
  @inlinable
  mutating func add(_ entry: Deadline) {
    var hole = entries.count
    entries.append(entry)
    entries.withUnsafeMutableBufferPointer { entries in
      while hole > 0 {
        let parent = (hole - 1) / 4
        guard entry < entries[parent] else { break }
        entries[hole] = entries[parent]
        hole = parent
      }
      entries[hole] = entry
    }
  }

  /// Takes the earliest out if it is due at `now`; O(log n).
  @inlinable
  mutating func popDue(_ now: Int64) -> Deadline? {
    guard let top = entries.first, top.time <= now else { return nil }
    let last = entries.removeLast()
    if !entries.isEmpty { sink(last, to: 0) }
    return top
  }

  /// Makes a heap of deadlines in any order; O(n).
  @inlinable
  mutating func order() {
    guard entries.count > 1 else { return }
    for place in (0...(entries.count - 2) / 4).reversed() { sink(entries[place], to: place) }
  }

  /// Puts an entry where a hole is, or below.
  @inlinable
  mutating func sink(_ entry: Deadline, to place: Int) {
    entries.withUnsafeMutableBufferPointer { entries in
      var hole = place
      let count = entries.count
      while true {
        let first = hole * 4 + 1
        guard first < count else { break }
        var child = first
        for other in (first + 1)..<max(min(first + 4, count), first + 1) where entries[other] < entries[child] {
          child = other
        }
        guard entries[child] < entry else { break }
        entries[hole] = entries[child]
        hole = child
      }
      entries[hole] = entry
    }
  }
}
