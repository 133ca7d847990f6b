import SCRMExpressions
import StrictJSON

extension Limits {
  /// What a JSON document of one line may be at most.
  var document: JSONLimits { JSONLimits(maximumDepth: nesting, maximumBytes: max(lineBytes, 1)) }
}

extension Interaction {
  /// Checks what every reader checks: ids that are present, without NUL and within the limits, and sizes.
  ///
  /// NUL is refused in ids because databases cannot keep it in text; elsewhere it is data. O(n).
  func check(_ limits: Limits) throws(JSONError) {
    try Self.check(id: key.id, limits, at: "id")
    try Self.check(actor, limits, at: "actor")
    if let target { try Self.check(target, limits, at: "target") }
    if let text, text.text.utf8.count > limits.textBytes { throw Self.exceeded(limits.textBytes, "bytes", at: "text") }
    if attachments.count > limits.attachments {
      throw Self.exceeded(limits.attachments, "attachments", at: "attachments")
    }
    if let raw, raw.bytes.count > limits.rawBytes { throw Self.exceeded(limits.rawBytes, "bytes", at: "raw") }
    var room = limits.properties
    for (name, map) in [("properties", properties), ("traits", traits), ("context", context.extra)] {
      guard Self.fits(map, &room, limits.nesting) else {
        throw JSONError(
          .size, "expected at most \(limits.properties) properties on \(limits.nesting) levels", path: [.key(name)])
      }
    }
  }

  private static func exceeded(_ limit: Int, _ unit: String, at member: String) -> JSONError {
    JSONError(.size, "expected at most \(limit) \(unit)", path: [.key(member)])
  }

  private static func check(id: String, _ limits: Limits, at member: String) throws(JSONError) {
    if id.isEmpty { throw JSONError(.invalidValue, "the id is empty", path: [.key(member)]) }
    if id.utf8.count > limits.identifierBytes { throw exceeded(limits.identifierBytes, "bytes", at: member) }
    if id.holdsNUL { throw JSONError(.invalidValue, "an id must not hold NUL", path: [.key(member)]) }
  }

  private static func check(_ party: Party, _ limits: Limits, at member: String) throws(JSONError) {
    guard party.identifiers.count <= limits.identifiersPerParty else {
      throw exceeded(limits.identifiersPerParty, "identifiers", at: member)
    }
    for identifier in party.identifiers { try check(id: identifier.value, limits, at: member) }
  }

  private static func fits(_ map: ValueMap, _ room: inout Int, _ levels: Int) -> Bool {
    guard levels > 0, map.count <= room else { return false }
    room -= map.count
    for entry in map.entries where !fits(entry.value, &room, levels - 1) { return false }
    return true
  }

  private static func fits(_ value: Value, _ room: inout Int, _ levels: Int) -> Bool {
    switch value {
    case .map(let map): return fits(map, &room, levels)
    case .list(let values):
      guard levels > 0, values.count <= room else { return false }
      room -= values.count
      for value in values where !fits(value, &room, levels - 1) { return false }
      return true
    default: return true
    }
  }
}
