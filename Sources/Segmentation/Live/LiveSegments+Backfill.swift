public import SCRMModel

extension LiveSegments {
  /// Takes over a whole population as it stands at the engine's time, as if every event had come in when it happened.
  ///
  /// Memberships of that moment are the starting point and are not reported as changes; later events of the population do
  /// not count. O(events × terms of their kind).
  /// - Parameters:
  ///   - population: everybody, with the facts of the catalogue as of now.
  ///   - ids: the ids of the people by number.
  /// - Throws: `SCRMError`: `configurationMismatch` when the population has other facts, `invalidValue` when there is not
  ///   an id for everybody, `duplicateName` when somebody is known already. Nobody was taken over then.
  public mutating func backfill(_ population: Population, ids: [PersonID]) throws(SCRMError) {
    guard population.facts == catalogue.facts else {
      throw SCRMError(
        .configurationMismatch, subject: "population", "expected the facts that the segments were checked against")
    }
    guard ids.count == population.count else {
      throw SCRMError(.invalidValue, subject: "ids", "expected \(population.count) ids, found \(ids.count)")
    }
    var copy = self
    for (number, id) in ids.enumerated() {
      let events = population.events(of: number)
      let start = events.first.map { min($0.time &- 1, clock) } ?? clock
      var single = LiveSegments(plan: plan, clock: start, lateness: lateness)
      single.snapshots = snapshots
      let person = single.person(id, facts: population.facts(of: number))
      for event in events where event.time <= clock { single.record(event, for: person) }
      single.advance(to: clock)
      try copy.restore(single.state(of: person), as: id)
    }
    self = copy
  }
}
