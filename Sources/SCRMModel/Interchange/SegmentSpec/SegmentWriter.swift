import SCRMExpressions
import StrictJSON

/// Writes one interaction as a message.
struct SegmentWriter {
  let interaction: Interaction
  let includesSuppliedFields: Bool
  // What is known from reading the message; nil for an interaction from elsewhere.
  let known: SegmentRecord?
  let call: SegmentCall

  init(interaction: Interaction, includesSuppliedFields: Bool) {
    self.interaction = interaction
    self.includesSuppliedFields = includesSuppliedFields
    known = SegmentRecord(interaction.context.extra[SegmentRecord.name])
    call = known?.call ?? SegmentCall(for: interaction)
  }

  func message() -> JSON {
    var message = JSONObject()
    if !(known?.derived.contains("type") ?? false) { message["type"] = .string(call.rawValue) }
    if writes("messageId") { message["messageId"] = .string(interaction.key.id) }
    writeIdentifiers(&message)
    writeSubject(&message)
    let context = context()
    if context.count > 0 || isEmpty("context") { message["context"] = .object(context) }
    writeTime("timestamp", interaction.occurred, &message)
    writeTime("receivedAt", interaction.received, &message)
    // A member that was left over because it was null or empty gives way to one the host supplied.
    for member in JSONObject(plain: known?.message ?? [:]) where message[member.key] == nil {
      message[member.key] = member.value
    }
    var json = JSON.object(message)
    for entry in known?.lexemes.entries ?? [] {
      guard let pointer = entry.key.text, let digits = entry.value.stringValue.flatMap({ JSONNumber(text: $0) }) else {
        continue
      }
      json = json.writing(digits, at: JSONPointer.path(pointer)[...])
    }
    return json
  }

  private func writes(_ name: String) -> Bool {
    includesSuppliedFields || !(known?.supplied.contains(name) ?? false)
  }

  private func isEmpty(_ name: String) -> Bool { known?.empty.contains(name) ?? false }

  private func writeTime(_ name: String, _ instant: Instant, _ message: inout JSONObject) {
    guard writes(name) else { return }
    let written = known?.times[name]?.stringValue
    // The kept spelling counts as long as it is still the same time.
    let same = written.flatMap { try? Instant(rfc3339: $0) } == instant
    message[name] = .string(same ? written ?? instant.description : instant.description)
  }

  private func writeIdentifiers(_ message: inout JSONObject) {
    if let known {
      for (name, identifier) in zip(known.ids, interaction.actor.identifiers) {
        message[name] = .string(identifier.value)
      }
      return
    }
    let split = SegmentIdentifiers(interaction.actor, call)
    if let user = split.user { message["userId"] = .string(user.value) }
    if let anonymous = split.anonymous { message["anonymousId"] = .string(anonymous.value) }
    if let previous = split.previous { message["previousId"] = .string(previous.value) }
  }

  private func writeSubject(_ message: inout JSONObject) {
    let name = interaction.object.map { known == nil ? $0.name ?? $0.id : $0.id }
    switch call {
    case .identify: write(JSONObject(plain: interaction.traits), as: "traits", &message)
    case .alias: break
    case .page, .screen:
      if let name { message["name"] = .string(name) }
      write(properties, as: "properties", &message)
    case .group:
      if let group = interaction.groupID { message[known?.groupName ?? "groupId"] = .string(group) }
      write(properties, as: "traits", &message)
    case .track:
      let event = interaction.object?.type == "event" ? interaction.object?.id : nil
      message["event"] = .string(event ?? SegmentEvents.name(for: interaction.kind, object: interaction.object))
      write(properties, as: "properties", &message)
    }
  }

  private func write(_ object: JSONObject, as name: String, _ message: inout JSONObject) {
    if object.count > 0 || isEmpty(name) { message[name] = .object(object) }
  }

  private var properties: JSONObject {
    known == nil ? SegmentForeign.properties(of: interaction, call) : JSONObject(plain: interaction.properties)
  }

  private func context() -> JSONObject {
    let context = interaction.context
    var object = JSONObject(plain: context.extra)
    if let known {
      object[SegmentRecord.name] = nil
      for member in JSONObject(plain: known.context) { object[member.key] = member.value }
    }
    merge(
      "campaign",
      [
        ("name", context.campaign?.name), ("source", context.campaign?.source), ("medium", context.campaign?.medium),
        ("term", context.campaign?.term), ("content", context.campaign?.content),
      ], into: &object)
    if !(known?.derived.contains("page") ?? false) {
      merge(
        "page",
        [
          ("url", context.page?.url), ("path", context.page?.path), ("title", context.page?.title),
          ("referrer", context.page?.referrer), ("search", context.page?.search),
        ], into: &object)
    }
    merge(
      "device",
      [
        ("id", context.device?.id), ("advertisingId", context.device?.advertisingID), ("type", context.device?.type),
        ("manufacturer", context.device?.manufacturer), ("model", context.device?.model),
        ("name", context.device?.name),
      ], into: &object)
    if let locale = context.locale { object["locale"] = .string(locale) }
    if let zone = context.timeZone { object["timezone"] = .string(zone) }
    if call != .group, let group = context.group { object["groupId"] = .string(group) }
    if call != .identify, !interaction.traits.isEmpty || isEmpty("context.traits") {
      object["traits"] = .object(JSONObject(plain: interaction.traits))
    }
    if known == nil { SegmentForeign.add(interaction, call, to: &object) }
    return object
  }

  private func merge(_ name: String, _ texts: [(String, String?)], into object: inout JSONObject) {
    var part = JSONObject()
    if case .object(let left)? = object[name] { part = left }
    var changed = false
    for (key, text) in texts {
      guard let text else { continue }
      part[key] = .string(text)
      changed = true
    }
    if changed { object[name] = .object(part) }
  }
}
