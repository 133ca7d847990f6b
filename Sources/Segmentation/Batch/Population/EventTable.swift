public import SCRMModel

/// The events of a population grouped by person and in the order of time.
///
/// An event takes 16 bytes, a person 4, further fields come on top.
public struct EventTable: Sendable {
  /// An event without its person and further fields.
  struct Row: Sendable {
    var key: EventKeyCode
    var amount: Double
  }

  /// The kinds by code.
  let kinds: [InteractionKind]
  /// The events of person `n` are rows `starts[n] ..< starts[n + 1]`.
  let starts: [UInt32]
  let rows: [Row]
  /// The fields from number 1 on, for each row; empty when no event has any.
  let further: [[Value?]]

  /// Groups events; O(events) when those of each person come in the order of time, else O(events log events).
  /// - Parameters:
  ///   - columns: the events.
  ///   - people: the number of people.
  /// - Throws: `SCRMError`: `invalidValue` when an event is of a person beyond the last, `limitExceeded` for 2³² events.
  public init(grouping columns: EventColumns, people: Int) throws(SCRMError) {
    guard columns.count < Int(UInt32.max) else {
      throw SCRMError(.limitExceeded, subject: "events", "expected fewer than 2^32 events")
    }
    guard columns.people.allSatisfy({ $0 < people }) else {
      throw SCRMError(.invalidValue, subject: "events.people", "expected numbers of people below \(people)")
    }
    kinds = columns.kinds
    var starts = [UInt32](repeating: 0, count: people + 1)
    for person in columns.people { starts[Int(person) + 1] &+= 1 }
    for person in 0..<people { starts[person + 1] &+= starts[person] }
    var next = starts
    let empty = Row(key: EventKeyCode(from: .min), amount: .nan)
    var rows = [Row](repeating: empty, count: columns.count)
    var places = [UInt32](repeating: 0, count: columns.further.isEmpty ? 0 : columns.count)
    for event in 0..<columns.count {
      let person = Int(columns.people[event])
      let place = Int(next[person])
      next[person] &+= 1
      rows[place] = Row(key: columns.keys[event], amount: columns.amounts[event])
      if !places.isEmpty { places[place] = UInt32(event) }
    }
    for person in 0..<people {
      let range = Int(starts[person])..<Int(starts[person + 1])
      var isSorted = true
      for place in range.dropFirst() where rows[place].key < rows[place - 1].key { isSorted = false }
      if isSorted { continue }
      let order = range.sorted { rows[$0].key != rows[$1].key ? rows[$0].key < rows[$1].key : $0 < $1 }
      let sorted = order.map { rows[$0] }
      if !places.isEmpty {
        let sources = order.map { places[$0] }
        for (offset, source) in sources.enumerated() { places[range.lowerBound + offset] = source }
      }
      for (offset, row) in sorted.enumerated() { rows[range.lowerBound + offset] = row }
    }
    further = places.map { columns.further[Int($0)] }
    self.starts = starts
    self.rows = rows
  }

  /// The number of events.
  public var count: Int { rows.count }

  /// The rows of a person, in the order of time.
  func range(of person: Int) -> Range<Int> { Int(starts[person])..<Int(starts[person + 1]) }

  /// A field of an event by its number; `nil` when there is none.
  func value(_ field: Int, of row: Int) -> Value? {
    if field == 0 { return rows[row].amount.isNaN ? nil : .double(rows[row].amount) }
    guard !further.isEmpty, field - 1 < further[row].count else { return nil }
    return further[row][field - 1]
  }
}
