import SCRMExpressions
public import StrictJSON

/// The JSON form of a pattern; a member that is not listed is refused.
///
/// | member | form |
/// |---|---|
/// | `name` | text |
/// | `key` | `"person"`, `"thread"` or `{"fact":"event.order"}`; absent for `"person"` |
/// | `steps` | list of steps, see ``EventPattern/Step`` |
/// | `within`, `lateness` | spans such as `1800s` |
/// | `skip` | `"noSkip"`, `"skipToNext"`, `"skipPastLastEvent"`, `{"skipToFirst":"step"}` or `{"skipToLast":"step"}` |
/// | `limits` | `{"partialMatches":256,"events":256,"waiting":1024}`, each may be left out |
extension EventPattern: JSONCodable {
  /// Reads the form.
  /// - Throws: `JSONError` with the path to what was wrong.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    try object.expect(["name", "key", "steps", "within", "lateness", "skip", "limits"])
    self.init(
      try object.name("name"), key: try object.optional("key") ?? .person,
      lateness: try object.span("lateness") ?? .zero,
      limits: try object.optional("limits") ?? Limits())
    steps = try object.array("steps")
    if steps.isEmpty { throw JSONError(.invalidValue, "expected at least one step", path: [.key("steps")]) }
    window = try object.span("within")
    skip = try object.optional("skip") ?? .noSkip
  }

  /// Writes the members that differ from their defaults.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("name", name)
    if key != .person { writer.field("key", key) }
    writer.key("steps")
    writer.beginArray()
    for (index, step) in steps.enumerated() { step.write(to: &writer, isFirst: index == 0) }
    writer.endArray()
    writer.field("within", window?.secondsText)
    if lateness > .zero { writer.field("lateness", lateness.secondsText) }
    if skip != .noSkip { writer.field("skip", skip) }
    if limits != Limits() { writer.field("limits", limits) }
    writer.endObject()
  }
}

extension EventPattern.Key: JSONCodable {
  /// Reads the form.
  /// - Throws: `JSONError` with the path to what was wrong.
  public init(json: JSON) throws(JSONError) {
    switch json {
    case .string("person"): self = .person
    case .string("thread"): self = .thread
    case .object(let object):
      try object.expect(["fact"])
      self = .fact(try object.name("fact"))
    default: throw JSONError(.invalidValue, #"expected "person", "thread" or {"fact":…}"#)
    }
  }

  /// Writes the form.
  public func write(to writer: inout JSONWriter) {
    switch self {
    case .person: writer.string("person")
    case .thread: writer.string("thread")
    case .fact(let path):
      writer.beginObject()
      writer.field("fact", path)
      writer.endObject()
    }
  }
}

extension EventPattern.Skip: JSONCodable {
  /// Reads the form.
  /// - Throws: `JSONError` with the path to what was wrong.
  public init(json: JSON) throws(JSONError) {
    switch json {
    case .string("noSkip"): self = .noSkip
    case .string("skipToNext"): self = .skipToNext
    case .string("skipPastLastEvent"): self = .skipPastLastEvent
    case .object(let object) where object["skipToFirst"] != nil:
      try object.expect(["skipToFirst"])
      self = .skipToFirst(try object.name("skipToFirst"))
    case .object(let object):
      try object.expect(["skipToLast"])
      self = .skipToLast(try object.name("skipToLast"))
    default:
      throw JSONError(
        .invalidValue,
        #"expected "noSkip", "skipToNext", "skipPastLastEvent", {"skipToFirst":…} or {"skipToLast":…}"#)
    }
  }

  /// Writes the form.
  public func write(to writer: inout JSONWriter) {
    func object(_ name: String, _ step: String) {
      writer.beginObject()
      writer.field(name, step)
      writer.endObject()
    }
    switch self {
    case .noSkip: writer.string("noSkip")
    case .skipToNext: writer.string("skipToNext")
    case .skipPastLastEvent: writer.string("skipPastLastEvent")
    case .skipToFirst(let step): object("skipToFirst", step)
    case .skipToLast(let step): object("skipToLast", step)
    }
  }
}

extension EventPattern.Limits: JSONCodable {
  /// Reads the form.
  /// - Throws: `JSONError` with the path to what was wrong.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    try object.expect(["partialMatches", "events", "waiting"])
    let range = 1...1_000_000
    let standard = EventPattern.Limits()
    self.init(
      partialMatches: try object.number("partialMatches", in: range) ?? standard.partialMatches,
      events: try object.number("events", in: range) ?? standard.events,
      waiting: try object.number("waiting", in: range) ?? standard.waiting)
  }

  /// Writes the form.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("partialMatches", partialMatches)
    writer.field("events", events)
    writer.field("waiting", waiting)
    writer.endObject()
  }
}
