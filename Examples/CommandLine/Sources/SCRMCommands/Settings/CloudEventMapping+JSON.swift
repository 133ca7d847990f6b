import SocialCRM

extension CloudEventMapping {
  /// Reads `{"type","kind","actor","namespace","assertion","role","text"}`.
  init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    try object.expect("type", "kind", "actor", "namespace", "assertion", "role", "text")
    guard let actor = try object.optional("actor", Part.read) else {
      throw JSONError(.missing, "required member is missing", path: [.key("actor")])
    }
    self.init(
      type: try object.name("type"), kind: try object.required("kind"), actor: actor,
      namespace: try object.required("namespace"),
      assertion: try object.optionalChoice("assertion", of: Identifier.Assertion.self) ?? .claimed,
      role: try object.optionalChoice("role", of: ActorRole.self) ?? .customer,
      text: try object.optional("text", Part.read))
  }
}

extension CloudEventMapping.Part {
  // "subject", {"attribute":"visitor"} or {"data":["customer","email"]}
  fileprivate static func read(_ json: JSON) throws(JSONError) -> Self {
    if json == .string("subject") { return .subject }
    guard case .object(let object) = json else {
      throw JSONError(.invalidValue, "expected subject, {\"attribute\":…} or {\"data\":[…]}")
    }
    try object.expect("attribute", "data")
    if let name = try object.optionalString("attribute"), object["data"] == nil { return .attribute(name) }
    let path = try object.strings("data")
    guard object["attribute"] == nil, !path.isEmpty else {
      throw JSONError(.invalidValue, "expected an attribute or the path of a member of the data")
    }
    return .data(path)
  }
}
