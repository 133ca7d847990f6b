public import SCRMModel

extension LiveSegments {
  /// Publishes a snapshot of a ranking: everyone whose membership in it differs enters or leaves what names it.
  ///
  /// O(people × terms that name it).
  public mutating func publish(_ snapshot: RankSnapshot) {
    snapshots[snapshot.name] = snapshot
    let affected = plan.leaves.indices.filter {
      if case .snapshot(let name) = plan.leaves[$0].term { name == snapshot.name } else { false }
    }
    for person in ids.indices where !affected.isEmpty {
      scratch.flipped.removeAll(keepingCapacity: true)
      for leaf in affected { refresh(leaf: leaf, of: person, at: clock) }
      settleSegments(of: person, at: clock, cause: .snapshot)
      bringForward(person)
    }
  }

  /// Replaces the definitions, fills in what the new ones need of the past, and reports who enters and who leaves.
  ///
  /// The changes stand in the result and not among those of ``takeChanges()``: entries and departures at the engine's time
  /// by segments of the new catalogue, and departures from segments that exist no longer, by name. A segment that names
  /// itself begins with whom it held before.
  /// - Parameters:
  ///   - catalogue: the new definitions.
  ///   - history: the events of a person in any order, of which later ones than the engine's time are not counted; asked
  ///     only when a new term needs events that were not kept.
  /// - Throws: `SegmentError` where a condition cannot be compiled; then nothing has changed.
  public mutating func redefine(
    _ catalogue: SegmentCatalogue, history: (PersonID) -> [SegmentEvent]
  ) throws(SegmentError) -> DefinitionDifference {
    let plan = try LivePlan(catalogue)
    var next = LiveSegments(plan: plan, clock: clock, lateness: lateness)
    next.snapshots = snapshots
    var known: [UInt64: Int] = [:]
    for (number, stream) in self.plan.streams.enumerated() { known[stream.identity] = number }
    let carried = plan.streams.map { stream -> Int? in
      guard let old = known[stream.identity], self.plan.streams[old].content == stream.content else { return nil }
      switch (self.plan.streams[old].retention, stream.retention) {
      case (nil, _): return old
      case (let kept?, let needed?) where kept >= needed: return old
      default: return nil
      }
    }
    let factNumbers = catalogue.facts.facts.map { fact in self.catalogue.facts.facts.firstIndex(of: fact) }
    var difference = DefinitionDifference()
    for person in ids.indices {
      _ = next.add(ids[person])
      let old = person * self.plan.streams.count
      for (new, number) in carried.enumerated() {
        if let number { next.logs[person * plan.streams.count + new] = logs[old + number] }
      }
      if carried.contains(nil) {
        for event in history(ids[person]) where event.time <= clock { next.backfill(event, for: person, carried) }
      }
      let row = facts[person].row(at: clock, count: self.plan.factSlots.count)
      next.facts[person] = FactState(base: factNumbers.map { number in number.flatMap { row.value($0) } })
      next.refreshAll(of: person, at: clock)
      next.scratch.flipped.removeAll(keepingCapacity: true)
      for segment in catalogue.order {
        let name = catalogue.segments[segment].name
        // Whoever a segment remembers was in it under the same name.
        let isKept =
          catalogue.segments[segment].condition.remembers(name) != .none
          && self.catalogue.index(of: name).map { isMember(person, of: $0) } ?? false
        if isKept { _ = next.toggle(segment, of: person) }
        if next.holds(segment, person) != isKept { _ = next.toggle(segment, of: person) }
      }
      next.schedule(person)
      for (number, segment) in catalogue.segments.enumerated() {
        let was = self.catalogue.index(of: segment.name).map { isMember(person, of: $0) } ?? false
        let isNow = next.isMember(person, of: number)
        if isNow, !was { difference.entered.append((person, segment.name)) }
        if was, !isNow { difference.left.append((person, segment.name)) }
      }
      for number in segments(of: person) where catalogue.index(of: self.catalogue.segments[number].name) == nil {
        difference.left.append((person, self.catalogue.segments[number].name))
      }
    }
    next.changes = changes
    self = next
    return difference
  }

  private mutating func backfill(_ event: SegmentEvent, for person: Int, _ carried: [Int?]) {
    for stream in plan.kindStreams.list(of: kind(event.kind)) where carried[Int(stream)] == nil {
      _ = admit(Int(stream), event.time, event.amount, event.further, person)
    }
  }
}

/// Who entered and who left when definitions were replaced.
public struct DefinitionDifference: Sendable {
  /// The numbers of people with the segments they entered, by person and then in the order of the new catalogue.
  public var entered: [(person: Int, segment: SegmentName)] = []
  /// The numbers of people with the segments they left.
  public var left: [(person: Int, segment: SegmentName)] = []

  /// Creates an empty difference.
  public init() {}

  /// How many entered and left a segment.
  public func counts(of segment: SegmentName) -> (entered: Int, left: Int) {
    (entered.count { $0.segment == segment }, left.count { $0.segment == segment })
  }
}
