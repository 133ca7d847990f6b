/// Deadlines of numbered owners, earliest first; at equal times the lower number first.
///
/// At most one entry an owner plus entries that were brought forward; an entry is dropped when the owner no longer has that
/// deadline, so changing one needs no search. The nearest few stand in a heap that fits a processor's cache, the others in
/// a timing wheel: the cost of a deadline does not grow with the number that wait, and whoever falls due next is known in
/// advance, group by group (``open(through:)``).
@usableFromInline
package struct DeadlineQueue: Sendable {
  /// How many are taken from the wheel at once.
  @usableFromInline static let group = 128
  /// How many stand in the heap before there is a wheel.
  @usableFromInline static let limit = 1_024

  @usableFromInline var near = DeadlineHeap()
  /// How many may stand in the heap until it is divided.
  @usableFromInline var bound = Self.limit
  /// What is later than this stands in the wheel.
  @usableFromInline var horizon = Int64.max
  @usableFromInline var far = DeadlineWheel()

  @inlinable
  package init() {}

  /// How many entries wait, those that were replaced among them.
  @inlinable package var count: Int { near.entries.count + far.count }

  /// Adds a deadline; O(1) amortised, O(log n) for one of the nearest.
  @inlinable
  package mutating func add(_ time: Int64, owner: UInt32) {
    let entry = Deadline(time: time, owner: owner)
    if time > horizon {
      far.add(entry)
    } else {
      near.add(entry)
      if near.entries.count > bound { divide() }
    }
  }

  /// Leaves the earliest quarter in the heap and moves the others to the wheel, unless they are too early for it.
  @usableFromInline
  mutating func divide() {
    near.entries.sort(by: <)
    let middle = near.entries[near.entries.count / 4].time
    let isEarly = far.count > 0 && DeadlineWheel.key(middle) < far.position
    guard !isEarly, let rest = near.entries.firstIndex(where: { $0.time > middle }) else {
      bound = 2 * near.entries.count
      return
    }
    if far.count == 0 { far.position = DeadlineWheel.key(middle) }
    for entry in near.entries[rest...] { far.add(entry) }
    near.entries.removeSubrange(rest...)
    (horizon, bound) = (middle, Self.limit)
  }

  /// The next group of deadlines when none is near and one may be due at `now`: those that are popped next, in no order.
  ///
  /// Popping opens groups itself; this lets an engine get hold of what it knows of their owners together, so that memory
  /// is waited for once and not for each.
  @inlinable
  package mutating func open(through now: Int64) -> Bool {
    guard near.entries.isEmpty, horizon < now,
      let through = far.moveFirst(limit: Self.group, to: &near.entries)
    else { return false }
    near.order()
    (horizon, bound) = (far.count == 0 ? .max : through, Self.limit)
    return true
  }

  /// No deadline is earlier; `nil` when none waits.
  @inlinable package var earliest: Int64? {
    if let first = near.entries.first { return first.time }
    return far.count == 0 ? nil : horizon &+ 1
  }

  /// Those that stand nearest, in no order.
  @inlinable package var opened: ContiguousArray<Deadline> { near.entries }

  /// Takes the earliest entry out if it is due at `now`; O(log n) in those that are near.
  @inlinable
  package mutating func popDue(_ now: Int64) -> (time: Int64, owner: UInt32)? {
    _ = open(through: now)
    guard let entry = near.popDue(now) else { return nil }
    return (entry.time, entry.owner)
  }

  /// Drops every entry.
  package mutating func removeAll() { self = DeadlineQueue() }
}
