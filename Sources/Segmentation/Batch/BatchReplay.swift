import DenseData
import SCRMModel

/// Segments that name themselves, replayed person by person: who is in them depends on the way here.
struct BatchReplay {
  private let plan: LivePlan
  /// The numbers in the plan of the segments that remember.
  private let targets: [Int]

  /// The catalogue with a snapshot in place of each segment that remembers, and the snapshots.
  static func replacing(
    _ catalogue: SegmentCatalogue, _ snapshots: [SegmentName: MembershipSet], _ population: Population, _ now: Instant,
    _ threads: Int
  ) throws(SegmentError) -> (SegmentCatalogue, [SegmentName: MembershipSet]) {
    let remembering = catalogue.segments.filter { $0.condition.remembers($0.name) != .none }.map(\.name)
    if remembering.isEmpty { return (catalogue, snapshots) }
    var needed = Set(remembering)
    for number in catalogue.order.reversed() where needed.contains(catalogue.segments[number].name) {
      needed.formUnion(catalogue.segments[number].condition.segments)
    }
    let zones = catalogue.zones
    let part = try SegmentCatalogue(
      catalogue.segments.filter { needed.contains($0.name) }, facts: catalogue.facts, events: catalogue.events
    ) { zones[$0] }
    let replay = BatchReplay(plan: try LivePlan(part), targets: remembering.compactMap { part.index(of: $0) })
    let members = replay.run(population, now, snapshots, threads)
    // Under names that no published snapshot has.
    var prefix = "replayed"
    while snapshots.keys.contains(where: { $0.rawValue.utf8.starts(with: prefix.utf8) }) { prefix += "'" }
    var published = snapshots
    var segments = catalogue.segments
    for (number, name) in remembering.enumerated() {
      let snapshot = SegmentName("\(prefix) \(number)")
      published[snapshot] = members[number]
      if let place = catalogue.index(of: name) {
        segments[place] = Segment(name, version: segments[place].version, .snapshot(snapshot))
      }
    }
    let replaced = try SegmentCatalogue(segments, facts: catalogue.facts, events: catalogue.events) { zones[$0] }
    return (replaced, published)
  }

  /// O(events × terms of their kind), whatever the number of threads.
  private func run(
    _ population: Population, _ now: Instant, _ snapshots: [SegmentName: MembershipSet], _ threads: Int
  ) -> [MembershipSet] {
    let chunk = 4_096
    let chunks = (population.count + chunk - 1) / chunk
    let words = ScratchBuffer<UInt64>(max(population.count, 1), repeating: 0)
    let base = words.base
    var members = [MembershipSet](repeating: MembershipSet(), count: targets.count)
    // One bit for each of up to 64 targets.
    for first in stride(from: 0, to: targets.count, by: 64) {
      let part = targets[first..<min(first + 64, targets.count)]
      ChunkedLoop(threads: threads).run(chunks) { _, number in
        for person in (number * chunk)..<min((number + 1) * chunk, population.count) {
          let live = replay(person, population, now, snapshots)
          var bits: UInt64 = 0
          for (bit, target) in part.enumerated() where live.isMember(0, of: target) { bits |= 1 << UInt64(bit) }
          base[person] = bits
        }
      }
      for bit in part.indices {
        let mask = UInt64(1) << UInt64(bit - first)
        members[bit] = MembershipSet((0..<population.count).lazy.filter { base[$0] & mask != 0 }.map { UInt32($0) })
      }
    }
    return members
  }

  private func replay(
    _ person: Int, _ population: Population, _ now: Instant, _ snapshots: [SegmentName: MembershipSet]
  ) -> LiveSegments {
    let events = population.events(of: person)
    let end = now.millisecondsSinceEpoch
    let start = events.first.map { min($0.time &- 1, end) } ?? end
    var live = LiveSegments(plan: plan, clock: start, lateness: 0)
    let id = PersonID(high: 0, low: UInt64(person))
    for (name, members) in snapshots where members.contains(UInt32(truncatingIfNeeded: person)) {
      live.snapshots[name] = RankSnapshot(name: name, asOf: now, members: [id], population: 1, least: nil)
    }
    let number = live.person(id, facts: population.facts(of: person))
    for event in events where event.time <= end { live.record(event, for: number) }
    live.advance(to: end)
    return live
  }
}
