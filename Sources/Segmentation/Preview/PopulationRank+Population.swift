public import SCRMModel

extension BatchSegments {
  /// The value of a measure for everybody, by number; `nil` where there is none or it is not a number.
  ///
  /// O(events of its kinds). For a ``PopulationRank``, or a histogram.
  /// - Throws: `SCRMError` with `invalidValue` when the measure does not fit the catalogue's event fields or zones.
  public func values(
    of measure: Measure, in population: Population, at now: Instant
  ) throws(SCRMError) -> [Double?] {
    let compiled: BatchMeasure
    do {
      var checker = SegmentChecker(facts: catalogue.facts, events: catalogue.events)
      let zones = catalogue.zones
      _ = try checker.check(measure) { zones[$0] }
      compiled = BatchMeasure(
        function: measure.function, pattern: try BatchPattern(measure.events, population.events, catalogue.events),
        window: BatchWindow(measure.window, now: now.millisecondsSinceEpoch, zones: zones),
        field: measure.field.flatMap { catalogue.events.index(of: $0) } ?? 0)
    } catch {
      throw SCRMError(.invalidValue, subject: "measure", error.reason)
    }
    return (0..<population.count).map { person in
      compiled.value(population.events.range(of: person), population.events)?.doubleValue
    }
  }
}

extension PopulationRank {
  /// Who is in the part of the ranking, by the numbers of a population: what batch evaluation takes as a snapshot.
  ///
  /// O(n log n). Equal values are together in or out, as in ``snapshot(_:asOf:)``.
  public func members(_ values: [Double?]) -> MembershipSet {
    let ranked = values.enumerated().compactMap { number, value in
      value.map { (person: PersonID(high: 0, low: UInt64(number)), value: $0) }
    }
    return MembershipSet(
      snapshot(ranked, asOf: .epoch).members.map { UInt32(truncatingIfNeeded: $0.low) })
  }
}

extension RankDefinition {
  /// Who is in the part of the ranking at a moment, as conditions and the live engine take it.
  ///
  /// O(events of the measure's kinds + n log n).
  /// - Parameters:
  ///   - population: everybody.
  ///   - ids: the ids of the people by number.
  ///   - engine: evaluates the measure; its catalogue gives the fields of events and the zones.
  ///   - now: the moment.
  /// - Throws: `SCRMError` with `invalidValue` when the measure does not fit the catalogue or there is not an id for
  ///   everybody.
  public func snapshot(
    in population: Population, ids: [PersonID], by engine: BatchSegments, at now: Instant
  ) throws(SCRMError) -> RankSnapshot {
    guard ids.count == population.count else {
      throw SCRMError(.invalidValue, subject: "ids", "expected \(population.count) ids, found \(ids.count)")
    }
    let values: [Double?]
    do { values = try engine.values(of: measure, in: population, at: now) } catch {
      throw SCRMError(.invalidValue, subject: rank.name.rawValue, error.reason)
    }
    return rank.snapshot(
      zip(ids, values).compactMap { id, value in value.map { (person: id, value: $0) } }, asOf: now)
  }
}
