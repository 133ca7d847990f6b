public import SCRMExpressions
public import SCRMModel
public import StrictJSON

/// What makes a rule look.
///
/// | trigger | JSON form |
/// |---|---|
/// | an interaction of a kind | `"comment"` |
/// | entering or leaving a segment | `{"entered":"vip"}`, `{"left":"vip"}` |
/// | a published score of the person changed | `{"score":"influence"}` |
/// | a case of the person came to stand so | `{"case":"closed"}` |
/// | a time of a schedule came | `{"schedule":{"start":"2024-05-01T08:00:00Z","every":"86400s"}}` |
public enum RuleTrigger: Sendable, Hashable {
  /// An interaction of a kind.
  case interaction(InteractionKind)
  /// The person entered a segment.
  case entered(String)
  /// The person left a segment.
  case left(String)
  /// A published score of the person changed.
  case score(String)
  /// A case of the person came to stand so.
  case serviceCase(ServiceCase.Status)
  /// A time of the schedule came.
  case schedule(RuleSchedule)
}

/// Points in time at equal distance; they come when the host's clock passes them.
public struct RuleSchedule: Sendable, Hashable {
  /// The first time.
  public let start: Instant
  /// The distance between two times, at least a second.
  public let every: Duration

  /// Creates a schedule; a distance below a second counts as one second.
  public init(start: Instant, every: Duration) {
    self.start = start
    self.every = max(every, .seconds(1))
  }

  /// The first time after `earlier`; `nil` when none is left before the year 10000.
  public func next(after earlier: Instant) -> Instant? {
    if earlier < start { return start }
    let passed = earlier.duration(since: start) / every
    let count = passed.rounded(.down)
    var next = start.advanced(by: every * count)
    // Division of spans is in floating point, so the last step is taken exactly.
    while next <= earlier {
      let later = next.advanced(by: every)
      guard later > next else { return nil }
      next = later
    }
    return next
  }
}

extension RuleTrigger: JSONCodable {
  /// Reads the form.
  /// - Throws: `JSONError` with the path to what was wrong.
  public init(json: JSON) throws(JSONError) {
    if case .string(let kind) = json {
      guard !kind.isEmpty else { throw JSONError(.invalidValue, "expected the name of a kind of interactions") }
      self = .interaction(InteractionKind(kind))
      return
    }
    guard case .object(let object) = json, let member = object.first(where: { _ in true }), object.count == 1 else {
      throw JSONError(.typeMismatch, "expected a kind of interactions, or an object with one of \(Self.names)")
    }
    switch member.key {
    case "entered": self = .entered(try object.name("entered"))
    case "left": self = .left(try object.name("left"))
    case "score": self = .score(try object.name("score"))
    case "case": self = .serviceCase(try object.requiredCase("case"))
    case "schedule": self = .schedule(try object.required("schedule"))
    default: throw JSONError(.invalidValue, "expected one of \(Self.names)", path: [.key(member.key)])
    }
  }

  private static let names = "entered, left, score, case, schedule"

  /// Writes the form.
  public func write(to writer: inout JSONWriter) {
    if case .interaction(let kind) = self { return writer.string(kind.rawValue) }
    writer.beginObject()
    switch self {
    case .interaction: break
    case .entered(let segment): writer.field("entered", segment)
    case .left(let segment): writer.field("left", segment)
    case .score(let name): writer.field("score", name)
    case .serviceCase(let status): writer.field("case", status.rawValue)
    case .schedule(let schedule): writer.field("schedule", schedule)
    }
    writer.endObject()
  }
}

extension RuleSchedule: JSONCodable {
  /// Reads `{"start":…,"every":…}`.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    try object.expect(["start", "every"])
    guard let every = try object.span("every"), every >= .seconds(1) else {
      throw JSONError(.invalidValue, "expected a span of at least a second, such as 86400s", path: [.key("every")])
    }
    self.init(start: try object.required("start"), every: every)
  }

  /// Writes start and distance.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("start", start)
    writer.field("every", every.secondsText)
    writer.endObject()
  }
}
