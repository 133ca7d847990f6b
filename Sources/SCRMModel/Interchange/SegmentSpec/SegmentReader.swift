import SCRMExpressions
import StrictJSON

/// Reads one message: every member is either taken into a field, exactly, or left over and kept as it is.
struct SegmentReader {
  let defaults: SegmentDefaults
  let line: Int
  let original: JSONObject
  // What is not taken yet.
  var rest: JSONObject
  var plain = PlainJSONReader()
  var context = InteractionContext()
  var traits = ValueMap()
  var identifiers: [Identifier] = []
  var place: Place?
  var record = SegmentRecord(.track)

  init(message: JSONObject, defaults: SegmentDefaults, line: Int) {
    self.defaults = defaults
    self.line = line
    original = message
    rest = message
  }

  mutating func interaction() throws(JSONError) -> Interaction {
    try readCall()
    try readIdentifiers()
    if record.call == .group { try readGroup() }
    try readContext()
    let properties = try readProperties()
    let (kind, object) = try readSubject(properties)
    let time = try readTimes()
    let key = try readKey()
    let event = object?.type == "event" ? object?.id : nil
    addPage(properties)
    for member in rest { record.message[member.key] = try plain.value(member.value, at: member.key) }
    record.lexemes = plain.lexemes
    context.extra[SegmentRecord.name] = record.value
    return Interaction(
      key: key, kind: kind, actor: Party(identifiers), object: object,
      text: event.flatMap { SegmentEvents.textProperty(of: $0) }.flatMap { properties[$0]?.stringValue }
        .map { LocalizedText($0) },
      amount: event == nil ? nil : amount(kind), place: place, properties: properties, traits: traits,
      context: context, at: time.occurred, received: time.received)
  }

  // MARK: Taking members

  /// A text that is not empty; absent, null and empty ones are left over.
  mutating func takeText(_ name: String) throws(JSONError) -> String? {
    guard let json = rest[name], !json.isNull else { return nil }
    do throws(JSONError) {
      let text = try json.stringValue()
      if text.isEmpty { return nil }
      rest[name] = nil
      return text
    } catch { throw error.prefixed(by: .key(name)) }
  }

  /// An id under its name, or under the name with underscores that some libraries and warehouses write.
  private mutating func takeID(_ name: String, _ underscored: String) throws(JSONError) -> (id: String, name: String)? {
    if let id = try takeText(name) { return (id, name) }
    if let id = try takeText(underscored) { return (id, underscored) }
    return nil
  }

  /// An object; absent and null ones are left over.
  mutating func takeObject(_ name: String) throws(JSONError) -> JSONObject? {
    guard let json = rest[name], !json.isNull else { return nil }
    do throws(JSONError) {
      let object = try json.objectValue()
      rest[name] = nil
      if object.count == 0 { record.empty.append(name) }
      return object
    } catch { throw error.prefixed(by: .key(name)) }
  }

  // MARK: The parts of a message

  private mutating func readCall() throws(JSONError) {
    if let name = try takeText("type") {
      guard let call = SegmentCall(rawValue: name) else {
        throw JSONError(.invalidValue, "unknown call, expected one of \(SegmentCall.names)", path: [.key("type")])
      }
      record.call = call
      return
    }
    for member in ["action", "event"] {
      if case .string(let name)? = rest[member], let call = SegmentCall(rawValue: name) {
        record.call = call
        record.derived.append("type")
        return
      }
    }
    throw JSONError(
      .missing, "no type and neither action nor event name a call, expected one of \(SegmentCall.names)",
      path: [.key("type")])
  }

  private mutating func readIdentifiers() throws(JSONError) {
    let user = IdentifierNamespace.user(defaults.system)
    if let (id, name) = try takeID("userId", "user_id") {
      identifiers.append(Identifier(user, id, defaults.userAssertion))
      record.ids.append(name)
    }
    if let (id, name) = try takeID("anonymousId", "anonymous_id") {
      identifiers.append(Identifier(.anonymous(defaults.system), id))
      record.ids.append(name)
    }
    guard record.call == .alias else { return }
    let before = rest
    if let (id, name) = try takeID("previousId", "previous_id") {
      // An id the message names already says nothing new and is left over.
      if identifiers.contains(where: { $0.value.sameBytes(as: id) }) {
        rest = before
      } else {
        identifiers.append(Identifier(defaults.previousNamespace ?? user, id))
        record.ids.append(name)
      }
    }
  }

  private mutating func readGroup() throws(JSONError) {
    guard let (id, name) = try takeID("groupId", "group_id") else {
      throw JSONError(.missing, "a group call needs the id of the group", path: [.key("groupId")])
    }
    context.group = id
    if name != "groupId" { record.groupName = name }
  }

  private mutating func readProperties() throws(JSONError) -> ValueMap {
    switch record.call {
    case .track, .page, .screen:
      guard let object = try takeObject("properties") else { return [:] }
      return try plain.map(object, at: "properties")
    case .group:
      // The traits of a group are not those of the actor.
      guard let object = try takeObject("traits") else { return [:] }
      return try plain.map(object, at: "traits")
    case .identify:
      guard let object = try takeObject("traits") else { return [:] }
      traits = try plain.map(object, at: "traits")
      add(.email, traits["email"]?.stringValue)
      add(.phone, traits["phone"]?.stringValue)
      return [:]
    case .alias: return [:]
    }
  }

  mutating func add(_ namespace: IdentifierNamespace, _ value: String?) {
    guard let value, !value.isEmpty,
      !identifiers.contains(where: { $0.namespace == namespace && $0.value.sameBytes(as: value) })
    else { return }
    identifiers.append(Identifier(namespace, value))
  }

  private mutating func readSubject(
    _ properties: ValueMap
  ) throws(JSONError) -> (InteractionKind, ObjectReference?) {
    switch record.call {
    case .identify: return (.identify, nil)
    case .alias: return (.alias, nil)
    case .page: return (.view, try takeText("name").map { ObjectReference(type: "page", id: $0) })
    case .screen: return (.screen, try takeText("name").map { ObjectReference(type: "screen", id: $0) })
    case .group:
      let name = properties["name"]?.stringValue
      return (.group, context.group.map { ObjectReference(type: "group", id: $0, name: name) })
    case .track:
      guard let event = try takeText("event") else {
        throw JSONError(.missing, "a track call needs the name of the event", path: [.key("event")])
      }
      if event.holdsNUL {
        throw JSONError(.invalidValue, "an event name must not hold NUL", path: [.key("event")])
      }
      return (SegmentEvents.kind(of: event), ObjectReference(type: "event", id: event))
    }
  }

  private mutating func readKey() throws(JSONError) -> EventKey {
    if let id = try takeText("messageId") { return EventKey(defaults.source, id) }
    record.supplied.append("messageId")
    var content = original
    content["sentAt"] = nil
    content["receivedAt"] = nil
    return EventKey(defaults.source, defaults.messageID(line, JSON.object(content).canonical.bytes))
  }
}
