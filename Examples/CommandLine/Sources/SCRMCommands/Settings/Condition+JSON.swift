import SocialCRM

extension Condition {
  /// Reads one of the forms, each an object with a single member.
  init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    guard object.count == 1, let member = object.first(where: { _ in true }) else {
      throw JSONError(.invalidValue, "expected one member, one of \(Self.forms)")
    }
    do { self = try Self.form(member.key, member.value) } catch { throw error.prefixed(by: .key(member.key)) }
  }

  private static let forms = "count, tier, heat, influence, spent, trait, in, all, any, not"

  private static func form(_ name: String, _ json: JSON) throws(JSONError) -> Condition {
    switch name {
    case "count":
      let object = try json.objectValue()
      try object.expect("kind", "days", "atLeast", "atMost")
      return .count(
        try object.optional("kind"), days: try object.optionalInt("days", in: 1...400), try Bounds(object))
    case "tier": return try tier(json)
    case "heat": return .heat(try bounds(json))
    case "influence": return .influence(try bounds(json))
    case "spent":
      let object = try json.objectValue()
      try object.expect("currency", "days", "atLeast", "atMost")
      return .spent(
        currency: try object.name("currency"), days: try object.optionalInt("days", in: 1...400) ?? 400,
        try Bounds(object))
    case "trait":
      let object = try json.objectValue()
      try object.expect("name", "equals")
      return .trait(try object.name("name"), try object.required("equals"))
    case "in": return .member(try json.stringValue())
    case "all": return .all(try conditions(json))
    case "any": return .any(try conditions(json))
    case "not": return .not(try Condition(json: json))
    default: throw JSONError(.invalidValue, "unknown condition, expected one of \(forms)")
    }
  }

  private static func bounds(_ json: JSON) throws(JSONError) -> Bounds {
    let object = try json.objectValue()
    try object.expect("atLeast", "atMost")
    return try Bounds(object)
  }

  private static func tier(_ json: JSON) throws(JSONError) -> Condition {
    if case .string(let text) = json {
      guard let tier = ParticipationTier(rawValue: text) else {
        throw JSONError(.invalidValue, "expected one of silent, occasional, deep")
      }
      return .tier(atLeast: tier, atMost: tier)
    }
    let object = try json.objectValue()
    try object.expect("atLeast", "atMost")
    let lowest = try object.optionalChoice("atLeast", of: ParticipationTier.self) ?? .silent
    let highest = try object.optionalChoice("atMost", of: ParticipationTier.self) ?? .deep
    guard lowest <= highest else { throw JSONError(.invalidValue, "expected atLeast not to be above atMost") }
    return .tier(atLeast: lowest, atMost: highest)
  }

  private static func conditions(_ json: JSON) throws(JSONError) -> [Condition] {
    var parts: [Condition] = []
    for (index, element) in try json.arrayValue().enumerated() {
      do { parts.append(try Condition(json: element)) } catch { throw error.prefixed(by: .index(index)) }
    }
    if parts.isEmpty { throw JSONError(.invalidValue, "expected at least one condition") }
    return parts
  }
}
