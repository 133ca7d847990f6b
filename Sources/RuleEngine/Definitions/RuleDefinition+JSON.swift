import SCRMExpressions
import SCRMModel
public import StrictJSON

/// The JSON form of a rule. Only `name` is required; a member that is not listed is refused.
///
/// | member | form |
/// |---|---|
/// | `name`, `owner`, `for`, `group`, `campaign` | texts; `for` says what the rule is for |
/// | `version`, `priority` | whole numbers |
/// | `on` | list of triggers, see ``RuleTrigger``; absent for every interaction |
/// | `by` | list of `customer`, `staff`, `automation`, `brand`; absent for all but automation |
/// | `keywords` | words that the text must hold, see ``KeywordTrigger`` |
/// | `when` | a text of the condition language, a condition tree, or `{"closure":"name"}`, see ``RuleCondition`` |
/// | `pattern` | a pattern over time, see ``EventPattern`` |
/// | `tally` | in place of a pattern, how many events or how much must be reached, see ``EventTally`` |
/// | `timeouts` | truth value: whether a partial match of the pattern that ran out of time makes it look, not a match |
/// | `then` | list of actions, see ``RuleAction`` |
/// | `stop`, `transactional` | truth values |
/// | `from`, `until` | times such as `2024-05-01T08:30:00Z` |
/// | `once` | `person`, `session` or `thread` |
/// | `cooldown` | a span such as `86400s` |
/// | `missing` | `skip`, `match` or `report` |
/// | `tags` | list of texts |
/// | `purpose` | such as `service` or `marketing` |
/// | `control` | see ``ControlGroup`` |
extension RuleDefinition: JSONCodable {
  static let members = [
    "name", "version", "owner", "for", "on", "by", "keywords", "when", "pattern", "tally", "timeouts", "then",
    "priority",
    "group", "stop",
    "from", "until", "once",
    "cooldown", "missing", "tags", "purpose", "transactional", "control", "campaign",
  ]

  /// Reads the form.
  /// - Throws: `JSONError` with the path to what was wrong.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    try object.expect(Self.members)
    self.init(
      try object.name("name"), version: try object.number("version", in: 1...Int(Int32.max)) ?? 1,
      owner: try object.optionalString("owner"), purposeText: try object.optionalString("for"),
      on: try object.array("on"), by: try Self.causes(object))
    keywords = try object.optional("keywords")
    condition = try object.optional("when") ?? .always
    pattern = try object.optional("pattern")
    tally = try object.optional("tally")
    looksAtTimeouts = try object.optionalBool("timeouts") ?? false
    actions = try object.array("then")
    priority = try object.number("priority", in: -1_000_000...1_000_000) ?? 0
    group = try object.optionalString("group")
    stops = try object.optionalBool("stop") ?? false
    starts = try object.optional("from")
    ends = try object.optional("until")
    once = try object.optionalCase("once")
    cooldown = try object.span("cooldown")
    missing = try object.optionalCase("missing") ?? .skip
    tags = try object.strings("tags")
    purpose = try object.optional("purpose") ?? .service
    isTransactional = try object.optionalBool("transactional") ?? false
    control = try object.optional("control")
    campaign = try object.optionalString("campaign")
    if let starts, let ends, ends <= starts {
      throw JSONError(.invalidValue, "expected a time after from", path: [.key("until")])
    }
  }

  private static func causes(_ object: JSONObject) throws(JSONError) -> Set<ActorRole> {
    guard object["by"] != nil else { return standardCauses }
    var roles: Set<ActorRole> = []
    for (place, text) in try object.strings("by").enumerated() {
      guard let role = ActorRole(rawValue: text) else {
        let expected = ActorRole.allCases.map(\.rawValue).joined(separator: ", ")
        throw JSONError(.invalidValue, "expected one of \(expected)", path: [.key("by"), .index(place)])
      }
      roles.insert(role)
    }
    return roles
  }

  /// Writes the members that differ from their defaults.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("name", name)
    writer.field("version", version)
    writer.field("owner", owner)
    writer.field("for", purposeText)
    writer.field("on", triggers)
    if causes != Self.standardCauses {
      writer.key("by")
      writer.beginArray()
      for role in ActorRole.allCases where causes.contains(role) { writer.string(role.rawValue) }
      writer.endArray()
    }
    writer.field("keywords", keywords)
    if condition != .always { writer.field("when", condition) }
    writer.field("pattern", pattern)
    writer.field("tally", tally)
    if looksAtTimeouts { writer.field("timeouts", true) }
    writer.field("then", actions)
    if priority != 0 { writer.field("priority", priority) }
    writer.field("group", group)
    if stops { writer.field("stop", true) }
    writer.field("from", starts)
    writer.field("until", ends)
    writer.field("once", once?.rawValue)
    writer.field("cooldown", cooldown?.secondsText)
    if missing != .skip { writer.field("missing", missing.rawValue) }
    writer.field("tags", tags)
    if purpose != .service { writer.field("purpose", purpose) }
    if isTransactional { writer.field("transactional", true) }
    writer.field("control", control)
    writer.field("campaign", campaign)
    writer.endObject()
  }
}
