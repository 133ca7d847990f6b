import SCRMExpressions
public import StrictJSON

/// How many, how much or how many different ones within a rolling window, and when it is enough: three complaints within an
/// hour, purchases of 1,000 in a day, ten different authors in a thread within ten minutes.
///
/// ```swift
/// let storm = EventTally(
///   "storm", key: .thread, where: "event.kind == 'comment'", .distinct("event.author"), atLeast: 10,
///   within: .minutes(10))
/// ```
///
/// An event counts from its time until the window has passed, both ends included. The tally says once that the number is
/// reached and again only after it has fallen below. A ``TallyMatcher`` runs it.
///
/// JSON form: `{"name":"storm","key":"thread","where":"event.kind == 'comment'","distinct":"event.author","atLeast":10,
/// "within":"600s"}`, with `"sum":…` or `"count":true` in place of `"distinct"`, and `"lateness"` and `"limits"` as in
/// ``EventPattern``.
public struct EventTally: Sendable, Hashable {
  /// What is counted.
  public enum Measure: Sendable, Hashable {
    /// The events.
    case count
    /// The sum of a number, by an expression of the condition language; exact in millionths. An event whose number is missing,
    /// not finite or beyond ±9.2 billion does not count.
    case sum(String)
    /// The different texts or whole numbers that an expression gives; an event without one does not count.
    case distinct(String)
  }

  /// The name, by which rules refer to it.
  public var name: String
  /// What has a number of its own.
  public var key: EventPattern.Key
  /// Which events count.
  public var condition: RuleCondition
  /// What is counted.
  public var measure: Measure
  /// When it is enough.
  public var threshold: Double
  /// The length of the rolling window.
  public var window: Duration
  /// How far behind the latest event of a key an event may be; zero for events in order.
  public var lateness: Duration
  /// How much is kept for one key: of the limits `events` says how many events count at most (the oldest leave early, which is
  /// reported), `waiting` how many wait for stragglers.
  public var limits: EventPattern.Limits

  /// Creates a tally.
  public init(
    _ name: String, key: EventPattern.Key = .person, where condition: RuleCondition = .always, _ measure: Measure,
    atLeast threshold: Double, within window: Duration, lateness: Duration = .zero,
    limits: EventPattern.Limits = EventPattern.Limits(events: 1_024)
  ) {
    self.name = name
    self.key = key
    self.condition = condition
    self.measure = measure
    self.threshold = threshold
    self.window = window
    self.lateness = max(lateness, .zero)
    self.limits = limits
  }
}

extension EventTally: JSONCodable {
  /// Reads the form.
  /// - Throws: `JSONError` with the path to what was wrong.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    try object.expect([
      "name", "key", "where", "count", "sum", "distinct", "atLeast", "within", "lateness", "limits",
    ])
    guard let window = try object.span("within") else {
      throw JSONError(.missing, "expected the length of the window, such as 600s", path: [.key("within")])
    }
    let measures = ["count", "sum", "distinct"].filter { object[$0] != nil }
    guard measures.count == 1, let only = measures.first else {
      throw JSONError(.invalidValue, "expected one of count, sum, distinct")
    }
    let measure: Measure
    switch only {
    case "sum": measure = .sum(try object.name("sum"))
    case "distinct": measure = .distinct(try object.name("distinct"))
    default:
      guard try object.bool("count") else {
        throw JSONError(.invalidValue, "expected true", path: [.key("count")])
      }
      measure = .count
    }
    self.init(
      try object.name("name"), key: try object.optional("key") ?? .person,
      where: try object.optional("where") ?? .always, measure, atLeast: try object.double("atLeast"), within: window,
      lateness: try object.span("lateness") ?? .zero,
      limits: try object.optional("limits") ?? EventPattern.Limits(events: 1_024))
  }

  /// Writes the members that differ from their defaults.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("name", name)
    if key != .person { writer.field("key", key) }
    if condition != .always { writer.field("where", condition) }
    switch measure {
    case .count: writer.field("count", true)
    case .sum(let expression): writer.field("sum", expression)
    case .distinct(let expression): writer.field("distinct", expression)
    }
    writer.field("atLeast", threshold)
    writer.field("within", window.secondsText)
    if lateness > .zero { writer.field("lateness", lateness.secondsText) }
    if limits != EventPattern.Limits(events: 1_024) { writer.field("limits", limits) }
    writer.endObject()
  }
}
