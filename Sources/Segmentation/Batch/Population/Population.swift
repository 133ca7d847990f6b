public import SCRMModel

/// Facts and events of everybody, by column: what ``BatchSegments`` evaluates.
///
/// People have the numbers 0, 1, 2 … in the order in which they were added; memberships consist of these numbers.
public struct Population: Sendable {
  /// The number of people, at most 2³².
  public let count: Int
  /// The facts, one column each, in the order of columns.
  public let facts: FactSchema
  let columns: [FactColumn]
  let events: EventTable

  /// Puts columns together.
  /// - Parameters:
  ///   - count: the number of people.
  ///   - facts: the facts, whose order is that of the columns.
  ///   - columns: a column for each fact.
  ///   - events: the events, grouped for the same number of people.
  /// - Throws: `SCRMError` with `invalidValue` that names the column that does not fit.
  public init(
    count: Int, facts: FactSchema, columns: [FactColumn], events: EventTable
  ) throws(SCRMError) {
    guard columns.count == facts.facts.count else {
      throw SCRMError(
        .invalidValue, subject: "population", "expected \(facts.facts.count) columns, found \(columns.count)")
    }
    for (fact, column) in zip(facts.facts, columns) {
      if let fault = column.fault(fact.type, people: count) {
        throw SCRMError(.invalidValue, subject: "population.\(fact.name)", fault)
      }
    }
    guard events.starts.count == count + 1 else {
      throw SCRMError(
        .invalidValue, subject: "population.events",
        "expected events of \(count) people, found those of \(events.starts.count - 1)")
    }
    self.count = count
    self.facts = facts
    self.columns = columns
    self.events = events
  }
}
