import DenseData
import EventTime
public import SCRMModel

/// Segments kept true at every moment: who is in them changes with every event, every fact and the passing of time.
///
/// ```swift
/// var live = try LiveSegments(catalogue, at: start)
/// let person = live.person(id)
/// live.record(SegmentEvent("purchase", at: now, amount: 42), for: person)
/// live.advance(to: tomorrow)
/// for change in live.takeChanges() { print(change.time, change.isEntry) }
/// ```
///
/// A value without clock or store. An event re-evaluates the terms over its kind, a fact the terms that name it, and the
/// segments whose terms changed; a queue of deadlines does the rest. The memberships at a moment depend only on what
/// happened up to it, not on the order of arrival within the lateness.
public struct LiveSegments: Sendable {
  /// The definitions.
  public var catalogue: SegmentCatalogue { plan.catalogue }
  /// The engine's time in milliseconds since 1970: nothing later has happened.
  public internal(set) var clock: Int64
  /// How late an event or a fact may come and still correct the past, in milliseconds.
  public let lateness: Int64

  let plan: LivePlan
  var ids: [PersonID] = []
  private var index = HashIndex()
  var logs: ContiguousArray<StreamLog> = []
  var facts: ContiguousArray<FactState> = []
  /// Deadlines, truth of leaves and memberships of every person.
  var rows: LiveRows
  /// The latest changes, back to the lateness.
  var recent = RecentChanges()
  var queue = DeadlineQueue()
  var changes: ContiguousArray<LiveMembershipChange> = []
  var calendarBounds: [(start: Int64, end: Int64)]
  var snapshots: [SegmentName: RankSnapshot] = [:]
  var scratch: EvaluationScratch

  typealias RecentChange = RecentChanges.Change

  /// Prepares an engine without people.
  /// - Parameters:
  ///   - catalogue: the definitions.
  ///   - time: the engine's time.
  ///   - lateness: how late something may come; costs memory in proportion.
  /// - Throws: `SegmentError` where a condition cannot be compiled.
  public init(_ catalogue: SegmentCatalogue, at time: Instant, lateness: Duration = .zero) throws(SegmentError) {
    self.init(
      plan: try LivePlan(catalogue), clock: time.millisecondsSinceEpoch,
      lateness: min(max(lateness.wholeMilliseconds, 0), 6_311_520_000_000))
  }

  init(plan: LivePlan, clock: Int64, lateness: Int64) {
    self.plan = plan
    self.clock = clock
    self.lateness = lateness
    rows = LiveRows(plan)
    calendarBounds = plan.calendars.map { _ in (start: 0, end: 0) }
    scratch = EvaluationScratch(plan)
  }

  /// How many people are known.
  public var count: Int { ids.count }

  /// The id of a person by number; `nil` for a number the engine did not give.
  public func id(_ person: Int) -> PersonID? { ids.indices.contains(person) ? ids[person] : nil }

  /// The number of a person, if they are known; O(1) expected.
  public func number(of id: PersonID) -> Int? { index.find(id.indexHash) { ids[$0] == id } }

  /// The number of a person, who becomes known at the engine's time; O(1) expected.
  ///
  /// Someone new is in the segments whose conditions hold without events and with the facts given.
  public mutating func person(_ id: PersonID, facts row: [Value?] = []) -> Int {
    if let known = number(of: id) { return known }
    let person = add(id)
    facts[person] = FactState(base: row)
    scratch.flipped.removeAll(keepingCapacity: true)
    refreshAll(of: person, at: clock)
    settleSegments(of: person, at: clock, cause: .fact, asksAll: true)
    schedule(person)
    return person
  }

  mutating func add(_ id: PersonID) -> Int {
    let person = ids.count
    index.insert(id.indexHash, row: person)
    ids.append(id)
    logs.append(contentsOf: repeatElement(StreamLog(), count: plan.streams.count))
    facts.append(FactState())
    rows.append()
    return person
  }

  /// Whether a person is in a segment, both by number; `false` for a number the engine did not give; O(1).
  public func isMember(_ person: Int, of segment: Int) -> Bool {
    guard ids.indices.contains(person), catalogue.segments.indices.contains(segment) else { return false }
    return rows.isMember(person, of: segment)
  }

  /// The numbers of the segments a person is in, ascending.
  public func segments(of person: Int) -> [Int] {
    catalogue.segments.indices.filter { isMember(person, of: $0) }
  }

  /// The numbers of the people in a segment, ascending; O(people).
  public func members(of segment: Int) -> [Int] { ids.indices.filter { isMember($0, of: segment) } }

  /// The changes since the last call, in the order they were decided.
  public mutating func takeChanges() -> [LiveMembershipChange] {
    let taken = Array(changes)
    changes.removeAll(keepingCapacity: true)
    return taken
  }

  /// Gives the changes since the last call one by one, in the order they were decided, without an array of them.
  public mutating func drainChanges(_ body: (LiveMembershipChange) throws -> Void) rethrows {
    defer { changes.removeAll(keepingCapacity: true) }
    for change in changes { try body(change) }
  }

  /// The condition of a change; `nil` for a number that no change of this engine names.
  public func condition(_ number: Int) -> SegmentCondition? {
    plan.leaves.indices.contains(number) ? plan.leaves[number].condition : nil
  }

  /// The number of an event kind, for ``record(kind:at:amount:further:for:)``.
  public func kind(_ kind: InteractionKind) -> Int { plan.kinds[kind] ?? plan.kinds.count }
}
