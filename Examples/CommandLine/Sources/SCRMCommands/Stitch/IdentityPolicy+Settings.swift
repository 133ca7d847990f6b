import SocialCRM

extension IdentityPolicy {
  /// Reads what differs from the defaults.
  init(settings json: JSON) throws(JSONError) {
    self.init()
    let object = try json.objectValue()
    try object.expect(
      "namespaces", "others", "minimumStrength", "maximumIdentifiers", "protectsVerified", "separating",
      "maximumGroups")
    if let strength = try object.optionalDouble("minimumStrength") {
      guard (0...1).contains(strength) else {
        throw JSONError(.invalidValue, "expected a number from 0 to 1", path: [.key("minimumStrength")])
      }
      minimumStrength = strength
    }
    maximumIdentifiers = try object.optionalInt("maximumIdentifiers", in: 1...1_000_000) ?? maximumIdentifiers
    maximumGroups = try object.optionalInt("maximumGroups", in: 0...1_000) ?? maximumGroups
    protectsVerified = try object.optionalBool("protectsVerified") ?? protectsVerified
    separating = try object.optionalKinds("separating") ?? separating
    if let settings = try object.optionalObject("others") {
      do throws(JSONError) { others = try NamespacePolicy(settings: settings, instead: others) } catch {
        throw error.prefixed(by: .key("others"))
      }
    }
    for member in try object.optionalObject("namespaces") ?? JSONObject() {
      do throws(JSONError) {
        let known = namespaces[member.key] ?? others
        namespaces[member.key] = try NamespacePolicy(settings: try member.value.objectValue(), instead: known)
      } catch { throw error.prefixed(by: .key(member.key)).prefixed(by: .key("namespaces")) }
    }
  }
}

extension NamespacePolicy {
  fileprivate init(settings object: JSONObject, instead known: NamespacePolicy) throws(JSONError) {
    self = known
    try object.expect(
      "role", "priority", "maximumPerPerson", "countsVerifiedOnly", "maximumPerWindow", "windowSeconds", "blocked",
      "blockedPrefixes", "blockedSuffixes", "blockedRepeats", "maximumNeighbours", "dividing", "predominance")
    if let text = try object.optionalString("role") {
      guard let role = Role(rawValue: text) else {
        throw JSONError(.invalidValue, "expected account, contact, organisation or group", path: [.key("role")])
      }
      // Another role has another number of neighbours, unless the settings say one.
      if role != self.role { maximumNeighbours = NamespacePolicy(role, priority: 0).maximumNeighbours }
      self.role = role
    }
    let many = 1...1_000_000_000
    priority = try object.optionalInt("priority", in: 0...1_000) ?? priority
    maximumPerPerson = try object.optionalInt("maximumPerPerson", in: many) ?? maximumPerPerson
    countsVerifiedOnly = try object.optionalBool("countsVerifiedOnly") ?? countsVerifiedOnly
    maximumPerWindow = try object.optionalInt("maximumPerWindow", in: many) ?? maximumPerWindow
    windowSeconds = try object.optionalInt("windowSeconds", in: many) ?? windowSeconds
    dividing = try object.optionalKinds("dividing") ?? dividing
    // 0 takes the default away.
    if let factor = try object.optionalInt("predominance", in: 0...1_000_000) {
      predominance = factor == 0 ? nil : factor
    }
    maximumNeighbours = try object.optionalInt("maximumNeighbours", in: many) ?? maximumNeighbours
    blocked += try object.list("blocked") { (json) throws(JSONError) in ValuePattern.exact(try json.stringValue()) }
    blocked += try object.list("blockedPrefixes") { (json) throws(JSONError) in
      ValuePattern.prefix(try json.stringValue())
    }
    blocked += try object.list("blockedSuffixes") { (json) throws(JSONError) in
      ValuePattern.suffix(try json.stringValue())
    }
    if let count = try object.optionalInt("blockedRepeats", in: 2...1_000) { blocked.append(.repeated(count: count)) }
  }
}

extension JSONObject {
  fileprivate func optionalKinds(_ key: String) throws(JSONError) -> Set<IdentityDescriptor.Kind>? {
    guard let json = self[key], !json.isNull else { return nil }
    return Set(
      try list(key) { (json) throws(JSONError) in
        guard let kind = IdentityDescriptor.Kind(rawValue: try json.stringValue()) else {
          let names = IdentityDescriptor.Kind.allCases.map(\.rawValue).joined(separator: ", ")
          throw JSONError(.invalidValue, "expected one of \(names)")
        }
        return kind
      })
  }
}
