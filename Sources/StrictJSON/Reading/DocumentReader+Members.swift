extension DocumentReader {
  /// The members of an object that is being read.
  struct OpenObject {
    /// Where its fingerprints begin.
    let bottom: Int
    var members: [JSONObject.Element] = []
    /// The positions by name, once there are too many members to look at each.
    var positions: [JSONObject.Name: Int]?

    init(bottom: Int) {
      self.bottom = bottom
      members.reserveCapacity(4)
    }
  }

  /// A name, and the position of the member that has the same one.
  struct MemberName {
    let name: Text
    let earlier: Int?
  }

  /// Reads a name and the colon.
  mutating func name(in object: borrowing OpenObject) throws(JSONError) -> MemberName {
    guard index < bytes.count else { throw end("expected a member name") }
    guard bytes[index] == 0x22 else { throw failure("expected a member name in quotes") }
    let start = index
    let name = try string()
    let earlier = position(of: name, in: object)
    if earlier != nil, limits.duplicateKeys == .refused {
      throw JSONError(.duplicateKey, "an object names a member twice", offset: start)
    }
    skipWhitespace()
    guard index < bytes.count else { throw end("expected a colon") }
    guard bytes[index] == 0x3A else { throw failure("expected a colon") }
    index += 1
    skipWhitespace()
    return MemberName(name: name, earlier: earlier)
  }

  /// Adds a member, as the policy for repeated names wants it.
  mutating func add(_ value: consuming JSON, under member: consuming MemberName, to object: inout OpenObject) {
    if let earlier = member.earlier {
      if limits.duplicateKeys == .lastWins { object.members[earlier].value = value }
      return
    }
    if object.positions != nil {
      object.positions?[JSONObject.Name(text: member.name.text)] = object.members.count
    } else {
      fingerprints.append(member.name.fingerprint)
    }
    object.members.append((key: member.name.text, value: value))
    if object.positions == nil, object.members.count > JSONObject.scannedUpTo {
      object.positions = JSONObject.positions(object.members)
    }
  }

  mutating func close(_ object: OpenObject) -> JSON {
    fingerprints.removeLast(fingerprints.count - object.bottom)
    return .object(JSONObject(unique: object.members, index: object.positions))
  }

  // Few members are told apart by fingerprints; bytes decide between equal ones.
  private func position(of name: Text, in object: borrowing OpenObject) -> Int? {
    if let positions = object.positions { return positions[JSONObject.Name(text: name.text)] }
    for position in 0..<object.members.count where fingerprints[object.bottom + position] == name.fingerprint {
      if UTF8Text.same(object.members[position].key, name.text) { return position }
    }
    return nil
  }
}
