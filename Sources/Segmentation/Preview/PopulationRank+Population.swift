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
