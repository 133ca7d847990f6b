import SocialCRM

/// Plays the interactions of a run through the live engine in the order of time.
struct SegmentReplay {
  private let input: SegmentInput
  private let catalogue: SegmentCatalogue

  init(_ input: SegmentInput, _ catalogue: SegmentCatalogue) {
    self.input = input
    self.catalogue = catalogue
  }

  /// Plays everything from just before the first interaction, and asks for a report after each step.
  /// - Parameters:
  ///   - schedule: when rankings are computed.
  ///   - population: what they are computed of; `nil` where there are none.
  ///   - time: the end.
  ///   - report: takes the changes.
  func everybody(
    _ schedule: RankingSchedule, _ population: Population?, through time: Instant,
    _ report: (inout LiveSegments) throws -> Void
  ) throws {
    let end = time.millisecondsSinceEpoch
    let order = input.events.indices.filter { input.events[$0].event.time <= end }
      .sorted { (input.events[$0].event.time, $0) < (input.events[$1].event.time, $1) }
    var live = try engine(from: order.first.map { input.events[$0].event.time - 1 } ?? end)
    let ids = input.ids
    var next = population == nil ? nil : schedule.next(after: live.clock)
    if let population {
      for snapshot in try schedule.standing(at: live.clock, in: population, ids, catalogue) { live.publish(snapshot) }
    }
    for (number, id) in ids.enumerated() { _ = live.person(id, facts: input.facts[number]) }
    try report(&live)
    /// Computes what is due before a moment; what happens at the moment itself is counted first.
    func publish(before moment: Int64) throws {
      while let population, let due = next, due < moment {
        live.advance(to: due)
        try report(&live)
        for snapshot in try schedule.due(at: due, in: population, ids, catalogue) { live.publish(snapshot) }
        try report(&live)
        next = schedule.next(after: due)
      }
    }
    for place in order {
      let event = input.events[place]
      try publish(before: event.event.time)
      live.record(event.event, for: Int(event.person))
      try report(&live)
    }
    try publish(before: end)
    live.advance(to: end)
    try report(&live)
    try publish(before: .max)
  }

  /// One person alone at the end, with the rankings that stand then.
  func person(
    _ number: Int, _ snapshots: [RankSnapshot], through time: Instant
  ) throws -> (live: LiveSegments, person: Int) {
    let end = time.millisecondsSinceEpoch
    let events = input.events.filter { $0.person == number && $0.event.time <= end }.map(\.event)
      .sorted { $0.time < $1.time }
    var live = try engine(from: events.first.map { $0.time - 1 } ?? end)
    for snapshot in snapshots { live.publish(snapshot) }
    let person = live.person(PersonID(high: 0, low: UInt64(number)), facts: input.facts[number])
    for event in events { live.record(event, for: person) }
    live.advance(to: end)
    return (live, person)
  }

  private func engine(from moment: Int64) throws -> LiveSegments {
    guard let time = Instant(millisecondsSinceEpoch: moment) else {
      throw CommandFailure("an interaction lies before the year 1")
    }
    return try LiveSegments(catalogue, at: time)
  }
}
