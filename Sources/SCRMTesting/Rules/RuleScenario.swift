public import SocialCRM
public import StrictJSON

/// A scenario as a JSON document, which runs with any configuration: what rules are to be tested without writing Swift.
///
/// A document is `{"name":…,"steps":[…]}`; a file may hold a list of them. A step is an object with one of these members:
///
/// | step | further members |
/// |---|---|
/// | `"at":"2024-05-01T08:00:00Z"`, `"after":"3600s"` | |
/// | `"given":NAME` | `ids` (list of `{"ns":…,"value":…}`), `traits` (object of values), `grants`, `denies` (lists of purposes) |
/// | `"when":NAME` with `does`, a kind of interaction | `text`, `to`, `id`, `channel`, `thread`, `session`, `brand`, `role`, `properties` |
/// | `"when":NAME` with `takesBack` (an `id`), `isAlso` (a name), `grants` or `denies` (a purpose) | `channel` for the last two |
/// | `"publish":SCORE` | `scores` (object of numbers by name) |
/// | `"expect":"action"` or `"noAction"` | `kind`, `by` (a rule) |
/// | `"expect":"suppressed"` | `reason`, `by` |
/// | `"expect":"cancelled"` | `by` |
/// | `"expect":"member"` or `"notMember"` | `of` (a segment), `person` |
public struct RuleScenario: Sendable {
  /// The name.
  public let name: String
  private let steps: [Step]

  private typealias Step = @Sendable (Scenario) -> Scenario

  /// The scenario with a configuration.
  public func scenario(_ configuration: SocialCRM.Configuration) -> Scenario {
    steps.reduce(Scenario(configuration)) { $1($0) }
  }

  /// Runs it with a book of rules, without segments.
  /// - Throws: as ``Scenario/run()``.
  public func run(_ book: RuleBook) async throws -> ScenarioReport {
    try await scenario(SocialCRM.Configuration(segments: try SegmentSet([]), rules: book)).run()
  }

  /// Reads the scenarios of a file: one, or a list.
  /// - Throws: `JSONError` with the path to what was wrong.
  public static func all(_ json: JSON) throws(JSONError) -> [RuleScenario] {
    guard case .array(let documents) = json else { return [try RuleScenario(json: json)] }
    var scenarios: [RuleScenario] = []
    for (place, document) in documents.enumerated() {
      do throws(JSONError) { scenarios.append(try RuleScenario(json: document)) } catch {
        throw error.prefixed(by: .index(place))
      }
    }
    return scenarios
  }

  /// Reads a scenario.
  /// - Throws: `JSONError` with the path to what was wrong.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    try Self.expect(object, ["name", "steps"])
    name = try object.string("name")
    var steps: [Step] = []
    guard let list = object["steps"] else { throw JSONError(.missing, "expected a list", path: [.key("steps")]) }
    for (place, step) in try list.arrayValue().enumerated() {
      do throws(JSONError) { steps.append(try Self.step(try step.objectValue(), name, place)) } catch {
        throw error.prefixed(by: .index(place)).prefixed(by: .key("steps"))
      }
    }
    self.steps = steps
  }

  // MARK: Steps

  private static func step(_ object: JSONObject, _ name: String, _ place: Int) throws(JSONError) -> Step {
    if object["at"] != nil {
      try expect(object, ["at"])
      let time: Instant = try object.required("at")
      return { $0.at(time) }
    }
    if object["after"] != nil {
      try expect(object, ["after"])
      guard let span = Duration(secondsText: try object.string("after")), span >= .zero else {
        throw JSONError(.invalidValue, "expected a span in seconds such as 3600s", path: [.key("after")])
      }
      return { $0.after(span) }
    }
    if object["given"] != nil { return try given(object) }
    if object["when"] != nil { return try when(object) }
    if object["publish"] != nil { return try publish(object) }
    if object["expect"] != nil {
      let expectation = try expectation(object)
      return { $0.expect(expectation, fileID: name, line: place + 1) }
    }
    throw JSONError(.missing, "expected one of at, after, given, when, publish, expect")
  }

  private static func given(_ object: JSONObject) throws(JSONError) -> Step {
    try expect(object, ["given", "ids", "traits", "grants", "denies"])
    let name = try object.string("given")
    var person = ScenarioPerson.person(name, .handle("scenario"), name)
    if object["ids"] != nil {
      let party = try Party(json: .object(JSONObject([(key: "ids", value: object["ids"] ?? .null)])))
      guard let first = party.identifiers.first else {
        throw JSONError(.invalidValue, "expected at least one identifier", path: [.key("ids")])
      }
      person = .person(name, first.namespace, first.value)
      for other in party.identifiers.dropFirst() { person = person.alsoKnown(as: other.namespace, other.value) }
    }
    for entry in try object.values("traits").entries {
      if let name = entry.key.text { person = person.with(name, entry.value) }
    }
    for purpose in try object.strings("grants") { person = person.granting(Purpose(purpose)) }
    for purpose in try object.strings("denies") { person = person.denying(Purpose(purpose)) }
    let known = person
    return { $0.given(known) }
  }

  private static func when(_ object: JSONObject) throws(JSONError) -> Step {
    let name = try object.string("when")
    if let kind = try object.optionalString("does") {
      try expect(
        object,
        ["when", "does", "text", "to", "id", "channel", "thread", "session", "brand", "role", "properties"])
      let (text, to, id) = (
        try object.optionalString("text"), try object.optionalString("to"), try object.optionalString("id")
      )
      let (channel, thread) = (try object.optionalString("channel"), try object.optionalString("thread"))
      let (session, brand) = (try object.optionalString("session"), try object.optionalString("brand"))
      let (role, properties) = (try object.optionalCase("role", as: ActorRole.self), try object.values("properties"))
      return { scenario in
        scenario.when(name, InteractionKind(kind), text, to: to, id: id) { interaction in
          interaction.context.channel = channel
          interaction.context.thread = thread
          interaction.context.session = session
          interaction.context.brand = brand
          interaction.properties = properties
          if let role { interaction.actor = Party(interaction.actor.identifiers, role: role) }
        }
      }
    }
    if let id = try object.optionalString("takesBack") {
      try expect(object, ["when", "takesBack"])
      return { $0.when(name, takesBack: id) }
    }
    if let other = try object.optionalString("isAlso") {
      try expect(object, ["when", "isAlso"])
      return { $0.when(name, turnsOutToBe: other) }
    }
    for (member, decision) in [("grants", ConsentStatement.Decision.granted), ("denies", .denied)] {
      if let purpose = try object.optionalString(member) {
        try expect(object, ["when", member, "channel"])
        let channel = try object.optionalString("channel")
        return { $0.when(name, decision, Purpose(purpose), channel: channel) }
      }
    }
    throw JSONError(.missing, "expected one of does, takesBack, isAlso, grants, denies")
  }

  private static func publish(_ object: JSONObject) throws(JSONError) -> Step {
    try expect(object, ["publish", "scores"])
    let name = try object.string("publish")
    var scores: [(person: String, value: Double)] = []
    for member in try object.optionalObject("scores") ?? JSONObject() {
      do throws(JSONError) { scores.append((member.key, try member.value.doubleValue())) } catch {
        throw error.prefixed(by: .key(member.key)).prefixed(by: .key("scores"))
      }
    }
    let published = scores
    return { $0.published(name, published) }
  }

  private static func expectation(_ object: JSONObject) throws(JSONError) -> ScenarioExpectation {
    let by = try object.optionalString("by")
    switch try object.string("expect") {
    case "action":
      try expect(object, ["expect", "kind", "by"])
      return .action(try object.string("kind"), by: by)
    case "noAction":
      try expect(object, ["expect", "kind", "by"])
      return .noAction(try object.optionalString("kind"), by: by)
    case "suppressed":
      try expect(object, ["expect", "reason", "by"])
      return .suppressed(try object.requiredCase("reason"), by: by)
    case "cancelled":
      try expect(object, ["expect", "by"])
      return .cancellation(of: by)
    case "member", "notMember":
      try expect(object, ["expect", "of", "person"])
      let (segment, person) = (try object.string("of"), try object.optionalString("person"))
      return try object.string("expect") == "member" ? .member(person, of: segment) : .notMember(person, of: segment)
    default:
      throw JSONError(
        .invalidValue, "expected one of action, noAction, suppressed, cancelled, member, notMember",
        path: [.key("expect")])
    }
  }

  private static func expect(_ object: JSONObject, _ names: [String]) throws(JSONError) {
    for member in object where !names.contains(where: { $0.sameBytes(as: member.key) }) {
      throw JSONError(
        .invalidValue, "unknown member, expected one of \(names.joined(separator: ", "))", path: [.key(member.key)])
    }
  }
}
