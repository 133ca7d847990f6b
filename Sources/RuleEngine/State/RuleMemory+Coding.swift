import SCRMExpressions
public import SCRMModel
import StateCoding

// The stored form: every list with its length first, numbers and instants as all module state writes them.
extension RuleMemory {
  /// The memory as bytes; equal memories have equal bytes.
  public var bytes: [UInt8] {
    var writer = ByteWriter(reservingCapacity: 256)
    writer.list(acted) {
      $0.fixed($1.rule)
      $0.instant($1.time)
      $0.id($1.action)
    }
    writer.list(scopes) {
      $0.fixed($1.rule)
      $0.fixed($1.place)
      $0.id($1.action)
    }
    writer.list(contacts) {
      $0.fixed($1.cap)
      $0.list($1.list) {
        $0.instant($1.time)
        $0.id($1.action)
      }
    }
    writer.list(spendings) {
      $0.fixed($1.budget)
      $1.spending.write(to: &$0)
    }
    writer.list(links) {
      $0.id($1.action)
      $0.list($1.rules) { $0.fixed($1) }
    }
    writer.list(open) {
      $0.id($1.action)
      $0.fixed($1.rule)
      $0.event($1.trigger)
      $0.instant($1.triggered)
      $0.instant($1.expires)
      $0.list($1.spent) {
        $0.fixed($1.budget)
        $0.bool($1.isShared)
        $0.signed(Int64($1.day))
        $0.signed($1.units)
      }
    }
    writer.list(scores) {
      $0.string($1.name)
      $0.number($1.before)
      $0.number($1.after)
    }
    writer.instant(scheduled)
    writer.list(patterns) {
      $0.fixed($1.rule)
      $0.count($1.version)
      $0.blob($1.bytes)
      $0.instant($1.deadline)
    }
    writer.list(waits) {
      $0.fixed($1.rule)
      $0.fixed($1.key)
      $0.fixed($1.token)
      $0.instant($1.due)
    }
    writer.list(journeys) { $1.write(to: &$0) }
    writer.list(orders) {
      $0.id($1.action)
      $0.fixed($1.journey)
      $0.bool($1.isStop)
      $0.instant($1.due)
      $0.instant($1.expires)
    }
    return writer.bytes
  }

  /// Reads a memory.
  /// - Throws: `SCRMError` with `corruptState` for bytes that are no memory.
  public init(bytes: [UInt8]) throws(SCRMError) {
    self = try decodeState(bytes, subject: "rule memory") { reader throws(StateDecodingError) in
      try RuleMemory(from: &reader)
    }
  }

  /// Reads the state of a person.
  /// - Throws: `SCRMError` with `unsupportedSchema` or `corruptState`.
  init(_ record: StateRecord) throws(SCRMError) {
    self = try record.decoded(schema: Self.schema) { reader throws(StateDecodingError) in try RuleMemory(from: &reader)
    }
  }

  private init(from reader: inout ByteReader) throws(StateDecodingError) {
    acted = try reader.list { reader throws(StateDecodingError) in
      Acted(rule: try reader.fixed(), time: try reader.requiredInstant(), action: try reader.id())
    }
    scopes = try reader.list { reader throws(StateDecodingError) in
      Scope(rule: try reader.fixed(), place: try reader.fixed(), action: try reader.id())
    }
    contacts = try reader.list { reader throws(StateDecodingError) in
      Contacts(
        cap: try reader.fixed(),
        list: try reader.list { reader throws(StateDecodingError) in
          Contact(time: try reader.requiredInstant(), action: try reader.id())
        })
    }
    spendings = try reader.list { reader throws(StateDecodingError) in
      Spending(budget: try reader.fixed(), spending: try BudgetSpending(from: &reader))
    }
    links = try reader.list { reader throws(StateDecodingError) in
      Link(
        action: try reader.id(), rules: try reader.list { reader throws(StateDecodingError) in try reader.fixed() })
    }
    open = try reader.list { reader throws(StateDecodingError) in
      Open(
        action: try reader.id(), rule: try reader.fixed(), trigger: try reader.event(),
        triggered: try reader.requiredInstant(), expires: try reader.instant(),
        spent: try reader.list { reader throws(StateDecodingError) in
          Spent(
            budget: try reader.fixed(), isShared: try reader.bool(), day: try reader.signed32(),
            units: try reader.signed())
        })
    }
    scores = try reader.list { reader throws(StateDecodingError) in
      NotedScore(name: try reader.string(), before: try reader.number(), after: try reader.number())
    }
    scheduled = try reader.instant()
    patterns = try reader.list { reader throws(StateDecodingError) in
      Pattern(
        rule: try reader.fixed(), version: try reader.integer(), bytes: try reader.blob(),
        deadline: try reader.instant())
    }
    waits = try reader.list { reader throws(StateDecodingError) in
      Wait(
        rule: try reader.fixed(), key: try reader.fixed(), token: try reader.fixed(), due: try reader.requiredInstant())
    }
    journeys = try reader.list { reader throws(StateDecodingError) in try JourneyState(from: &reader) }
    orders = try reader.list { reader throws(StateDecodingError) in
      JourneyOrder(
        action: try reader.id(), journey: try reader.fixed(), isStop: try reader.bool(),
        due: try reader.requiredInstant(), expires: try reader.instant())
    }
  }
}

extension ByteWriter {
  mutating func list<Element>(_ elements: [Element], _ body: (inout ByteWriter, Element) -> Void) {
    count(elements.count)
    for element in elements { body(&self, element) }
  }

  mutating func number(_ value: Double?) {
    bool(value != nil)
    if let value { double(value) }
  }
}

extension ByteReader {
  mutating func list<Element>(
    _ body: (inout ByteReader) throws(StateDecodingError) -> Element
  ) throws(StateDecodingError) -> [Element] {
    var elements: [Element] = []
    for _ in 0..<(try count()) { elements.append(try body(&self)) }
    return elements
  }

  mutating func number() throws(StateDecodingError) -> Double? { try bool() ? try double() : nil }
}
