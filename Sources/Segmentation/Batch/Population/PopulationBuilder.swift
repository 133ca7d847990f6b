public import SCRMModel

/// Takes people and events in one by one, as a file or a cursor gives them, and makes a ``Population`` of them.
///
/// ```swift
/// var builder = PopulationBuilder(facts: schema)
/// let ada = try builder.add([.string("上海"), .int(34)])
/// try builder.add(SegmentEvent("purchase", at: 1_750_000_000_000, amount: 30), of: ada)
/// let population = try builder.finish()
/// ```
public struct PopulationBuilder: Sendable {
  /// The facts, in the order of the values of each person.
  public let facts: FactSchema
  /// The number of people so far.
  public private(set) var count = 0
  private var columns: [GrowingColumn]
  private var events = EventColumns()

  /// Creates a builder.
  public init(facts: FactSchema) {
    self.facts = facts
    columns = facts.facts.map { GrowingColumn($0.type) }
  }

  /// Adds a person; O(facts).
  /// - Parameter values: a value for each fact, `nil` where there is none; missing ones at the end have none.
  /// - Returns: the number of the person.
  /// - Throws: `SCRMError` with `invalidValue` for a value of another type than declared, with `limitExceeded` when there
  ///   are 2³² people. Nobody is added then.
  @discardableResult
  public mutating func add(_ values: [Value?]) throws(SCRMError) -> UInt32 {
    guard values.count <= columns.count else {
      throw SCRMError(.invalidValue, subject: "person", "expected \(columns.count) values, found \(values.count)")
    }
    guard let number = UInt32(exactly: count) else {
      throw SCRMError(.limitExceeded, subject: "person", "expected at most 2^32 people")
    }
    for (place, value) in values.enumerated() where value.map({ !columns[place].accepts($0) }) ?? false {
      let fact = facts.facts[place]
      throw SCRMError(
        .invalidValue, subject: fact.name, "expected \(fact.type), found \(value?.typeName ?? "nothing")")
    }
    for place in columns.indices { columns[place].append(place < values.count ? values[place] : nil) }
    count += 1
    return number
  }

  /// Adds an event of a person who was added; O(fields).
  /// - Throws: `SCRMError` as ``EventColumns/append(_:of:)``, and `missing` when there is no such person.
  public mutating func add(_ event: SegmentEvent, of person: UInt32) throws(SCRMError) {
    guard person < count else { throw SCRMError(.missing, subject: "event", "there is no person \(person)") }
    try events.append(event, of: person)
  }

  /// Groups the events and closes the columns; O(people + events).
  /// - Throws: `SCRMError` with `limitExceeded` for 2³² events.
  public consuming func finish() throws(SCRMError) -> Population {
    try Population(
      count: count, facts: facts, columns: columns.map(\.column),
      events: EventTable(grouping: events, people: count))
  }
}

/// A column that grows by one person at a time.
private struct GrowingColumn: Sendable {
  private let type: ExpressionType
  private var bools: [Bool] = []
  private var ints: [Int64] = []
  private var doubles: [Double] = []
  private var codes: [UInt32] = []
  private var starts: [UInt32] = [0]
  private var values: [Value?] = []
  private var dictionary: [String] = []
  // Texts as array of bytes would cost more; equality of bytes is what `Value` gives.
  private var numbers: [Value: UInt32] = [:]
  private var isPresent: [Bool] = []

  init(_ type: ExpressionType) { self.type = type }

  func accepts(_ value: Value) -> Bool {
    switch (type, value) {
    case (.bool, .bool), (.int, .int), (.double, .double), (.string, .string): true
    case (.bool, _), (.int, _), (.double, _), (.string, _): false
    case (.list(.string), .list(let elements)):
      elements.allSatisfy { if case .string = $0 { true } else { false } }
    case (.list(.string), _): false
    default: true
    }
  }

  mutating func append(_ value: Value?) {
    isPresent.append(value != nil)
    switch type {
    case .bool: if case .bool(let flag)? = value { bools.append(flag) } else { bools.append(false) }
    case .int: if case .int(let number)? = value { ints.append(number) } else { ints.append(0) }
    case .double: if case .double(let number)? = value { doubles.append(number) } else { doubles.append(0) }
    case .string: codes.append(value.map { code($0) } ?? 0)
    case .list(.string):
      if case .list(let elements)? = value { for element in elements { codes.append(code(element)) } }
      starts.append(UInt32(truncatingIfNeeded: codes.count))
    default: values.append(value)
    }
  }

  private mutating func code(_ value: Value) -> UInt32 {
    if let known = numbers[value] { return known }
    guard case .string(let text) = value else { return 0 }
    let number = UInt32(truncatingIfNeeded: dictionary.count)
    numbers[value] = number
    dictionary.append(text)
    return number
  }

  var column: FactColumn {
    let present = isPresent.contains(false) ? isPresent : nil
    return switch type {
    case .bool: FactColumn(.bools(bools), isPresent: present)
    case .int: FactColumn(.ints(ints), isPresent: present)
    case .double: FactColumn(.doubles(doubles), isPresent: present)
    case .string: FactColumn(.texts(codes: codes, dictionary: dictionary), isPresent: present)
    case .list(.string):
      FactColumn(.textLists(starts: starts, codes: codes, dictionary: dictionary), isPresent: present)
    default: FactColumn(.values(values), isPresent: present)
    }
  }
}
