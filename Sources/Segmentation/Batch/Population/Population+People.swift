public import SCRMModel

extension Population {
  /// The facts of a person by number, in the order of the schema; none for a number nobody has.
  public func facts(of person: Int) -> [Value?] {
    (0..<count).contains(person) ? columns.map { $0.value(of: person) } : []
  }

  /// The events of a person by number in the order of time; none for a number nobody has.
  ///
  /// O(events of the person).
  public func events(of person: Int) -> [SegmentEvent] {
    guard (0..<count).contains(person) else { return [] }
    return events.range(of: person).map { row in
      let event = events.rows[row]
      return SegmentEvent(
        events.kinds[event.key.kind], at: event.key.time, amount: event.amount,
        further: events.further.isEmpty ? [] : events.further[row])
    }
  }

  /// Some of the people with their facts and events, in the order given; they are numbered from 0 again.
  ///
  /// O(people given + their events).
  /// - Throws: `SCRMError` with `missing` for a number nobody has.
  public func people(_ numbers: [UInt32]) throws(SCRMError) -> Population {
    var builder = PopulationBuilder(facts: facts)
    for number in numbers {
      guard number < count else {
        throw SCRMError(.missing, subject: "person \(number)", "expected a number below \(count)")
      }
      let person = try builder.add(facts(of: Int(number)))
      for event in events(of: Int(number)) { try builder.add(event, of: person) }
    }
    return try builder.finish()
  }
}
