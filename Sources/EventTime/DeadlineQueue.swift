/// Deadlines of numbered owners, earliest first; at equal times the lower number first.
///
/// A heap of at most one entry an owner plus entries that were brought forward; an entry is dropped when the owner no longer
/// has that deadline, so changing one costs O(log n) and no search. Four children to a parent: they share a line of memory,
/// and the heap is half as deep as a binary one.
@usableFromInline
package struct DeadlineQueue: Sendable {
  @usableFromInline
  struct Entry: Sendable {
    @usableFromInline let time: Int64
    @usableFromInline let owner: UInt32

    @inlinable
    init(time: Int64, owner: UInt32) {
      self.time = time
      self.owner = owner
    }

    @inlinable
    static func < (left: Entry, right: Entry) -> Bool {
      left.time != right.time ? left.time < right.time : left.owner < right.owner
    }
  }

  @usableFromInline var heap: ContiguousArray<Entry> = []

  @inlinable
  package init() {}

  /// How many entries wait, those that were replaced among them.
  @inlinable package var count: Int { heap.count }

  /// Adds a deadline; O(log n).
  @inlinable
  package mutating func add(_ time: Int64, owner: UInt32) {
    var hole = heap.count
    let entry = Entry(time: time, owner: owner)
    heap.append(entry)
    heap.withUnsafeMutableBufferPointer { heap in
      while hole > 0 {
        let parent = (hole - 1) / 4
        guard entry < heap[parent] else { break }
        heap[hole] = heap[parent]
        hole = parent
      }
      heap[hole] = entry
    }
  }

  /// The earliest deadline.
  @inlinable package var earliest: Int64? { heap.first?.time }

  /// Takes the earliest entry out if it is due at `now`; O(log n).
  @inlinable
  package mutating func popDue(_ now: Int64) -> (time: Int64, owner: UInt32)? {
    guard let top = heap.first, top.time <= now else { return nil }
    let last = heap.removeLast()
    if !heap.isEmpty {
      heap.withUnsafeMutableBufferPointer { heap in
        var hole = 0
        let count = heap.count
        while true {
          let first = hole * 4 + 1
          guard first < count else { break }
          var child = first
          for other in (first + 1)..<max(min(first + 4, count), first + 1) where heap[other] < heap[child] {
            child = other
          }
          guard heap[child] < last else { break }
          heap[hole] = heap[child]
          hole = child
        }
        heap[hole] = last
      }
    }
    return (top.time, top.owner)
  }

  /// Drops every entry.
  package mutating func removeAll() { heap.removeAll(keepingCapacity: true) }
}
