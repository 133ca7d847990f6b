import SocialCRM

/// A rule as it is written in `scrm.json`.
struct RuleDescription: Sendable {
  let name: String
  let version: Int
  let kinds: Set<InteractionKind>
  let keywords: KeywordTrigger?
  let entering: Set<String>
  let purpose: Purpose
  let channel: String?
  let cooldown: Duration?
  let condition: Condition?
  let proposal: Proposal

  init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    try object.expect(
      "name", "version", "on", "keywords", "entering", "purpose", "channel", "cooldown", "when", "propose")
    name = try object.name("name")
    version = try object.optionalInt("version", in: 0...Int(Int32.max)) ?? 1
    kinds = Set(try object.array("on", of: InteractionKind.self))
    keywords = try object.optional("keywords") { (json) throws(JSONError) in
      let words = try json.objectValue()
      try words.expect("any", "all", "none")
      let trigger = KeywordTrigger(
        any: try words.strings("any"), all: try words.strings("all"), none: try words.strings("none"))
      if trigger.any.isEmpty, trigger.all.isEmpty, trigger.none.isEmpty {
        throw JSONError(.missing, "expected words in any, all or none")
      }
      return trigger
    }
    entering = Set(try object.strings("entering"))
    purpose = try object.optional("purpose") ?? .service
    channel = try object.optionalString("channel")
    cooldown = try object.optionalDuration("cooldown")
    condition = try object.optional("when") { (json) throws(JSONError) in try Condition(json: json) }
    guard let proposal = try object.optional("propose", Self.proposal) else {
      throw JSONError(.missing, "required member is missing", path: [.key("propose")])
    }
    self.proposal = proposal
  }

  private static func proposal(_ json: JSON) throws(JSONError) -> Proposal {
    let object = try json.objectValue()
    try object.expect("kind", "parameters", "validity")
    let parameters = try object.optional("parameters") { (json) throws(JSONError) -> ValueMap in
      guard case .map(let map) = try Value(json: json) else {
        throw JSONError(.typeMismatch, "expected an object, found \(json.kindName)")
      }
      return map
    }
    return Proposal(
      try object.name("kind"), parameters: parameters ?? [:], validity: try object.optionalDuration("validity"))
  }

  /// The rule for the loop.
  var rule: Rule {
    let (condition, proposal) = (condition, proposal)
    return Rule(
      name, version: version, on: kinds, keywords: keywords, entering: entering, purpose: purpose, channel: channel,
      cooldown: cooldown, judging: { condition?.judge($0.person) ?? Judgement(true) }, propose: { _ in proposal })
  }
}
