import EventTime
import StateCoding
import Testing

/// Steps that wait, against a definition in moments: for each part when it holds or is broken, from the list of all events.
@Suite struct GatePropertyTests {
  /// A point in the order of things: the events of a time come before what falls due at it.
  private struct Moment: Comparable {
    var time: Int64
    /// The place of an event; after all events for what time brings.
    var place: Int

    static func < (left: Moment, right: Moment) -> Bool { (left.time, left.place) < (right.time, right.place) }
  }

  private static func oracle(_ gate: PatternGate, _ end: Int?, _ events: [PatternEvent]) -> [Moment] {
    func holds(_ condition: Int, _ place: Int) -> Bool { events[place].holds >> UInt64(condition) & 1 == 1 }
    return events.indices.filter { holds(3, $0) }.compactMap { start -> Moment? in
      let later = (start + 1)..<max(start + 1, events.count)
      var held: [Moment] = []
      var broken: [Moment] = []
      var untimed: [Moment] = []
      for part in gate.parts {
        switch part {
        case .event(_, let condition):
          guard let first = later.first(where: { holds(condition, $0) }) else {
            if gate.combination == .all { return nil }
            continue
          }
          held.append(Moment(time: events[first].time, place: first))
        case .absence(let condition, let duration):
          let last = duration.map { events[start].time + $0 }
          let breaking = later.first { holds(condition, $0) && events[$0].time <= last ?? .max }
          if let breaking {
            let moment = Moment(time: events[breaking].time, place: breaking)
            if duration == nil { untimed.append(moment) } else { broken.append(moment) }
          } else if let last {
            held.append(Moment(time: last, place: .max))
          }
        }
      }
      let done: Moment?
      switch gate.combination {
      case .any: done = held.min()
      case .all:
        done = held.max()
        if !broken.isEmpty || untimed.contains(where: { broken in done.map { broken <= $0 } ?? true }) { return nil }
      }
      guard let done, let end else { return done }
      return later.first { Moment(time: events[$0].time, place: $0) > done && holds(end, $0) }
        .map { Moment(time: events[$0].time, place: $0) }
    }.sorted()
  }

  @Test(arguments: [UInt64(1), 2, 3]) func `waits as defined, also stored after every event`(seed: UInt64) throws {
    var random = SequenceGenerator(state: seed)
    var total = 0
    for _ in 0..<1_500 {
      let combination: PatternGate.Combination = random.below(2) == 0 ? .all : .any
      var parts: [PatternGate.Part] = (0...random.below(3)).map { number in
        random.below(2) == 0
          ? .event(name: "e\(number)", condition: random.below(3))
          : .absence(condition: random.below(3), duration: Int64(1 + random.below(5)))
      }
      if combination == .all, random.below(3) == 0 {
        parts += [.event(name: "x", condition: random.below(3)), .absence(condition: random.below(3), duration: nil)]
      }
      let gate = PatternGate(combination, parts)
      let end = random.below(2) == 0 ? random.below(3) : nil
      var pattern = PatternDefinition("start", 3).waits("gate", gate)
      if let end { pattern = pattern.followedBy("end", end) }
      var time: Int64 = 0
      let events = (0..<random.below(9)).map { place in
        time += Int64(random.below(4))
        return PatternEvent(time: time, id: UInt64(place), holds: [1, 2, 4, 8, 9, 10, 3, 0][random.below(8)])
      }
      let expected = Self.oracle(gate, end, events).map(\.time)
      total += expected.count
      let automaton = try PatternAutomaton(pattern)
      var state = PatternState()
      var found: [Int64] = []
      let report = { (outcome: PatternOutcome) in if case .matched(_, let time) = outcome { found.append(time) } }
      for event in events {
        automaton.run(event, &state, report)
        var writer = ByteWriter()
        state.write(to: &writer)
        var reader = ByteReader(writer.bytes)
        let restored = try PatternState(from: &reader, for: automaton)
        #expect(restored == state && reader.isAtEnd)
        state = restored
      }
      automaton.advance(&state, to: 1_000, report)
      #expect(found == expected, "seed \(seed): \(gate) then \(String(describing: end)) over \(events)")
    }
    #expect(total > 500)
  }
}
