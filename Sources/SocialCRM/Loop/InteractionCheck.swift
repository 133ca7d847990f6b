import SCRMModel

/// What an interaction must fulfil before anything is loaded for it.
struct InteractionCheck: Sendable {
  let limits: Limits

  /// The first reason to refuse the interaction.
  func refusal(of interaction: Interaction) -> SCRMError? {
    let key = interaction.key
    if let error = text(key.id, "id", limits.identifierBytes) ?? text(
      key.source.rawValue, "source", limits.identifierBytes)
      ?? text(interaction.kind.rawValue, "kind", limits.identifierBytes)
    {
      return error
    }
    if interaction.isRevision, let id = interaction.revision?.id {
      if let error = text(id, "revision", limits.identifierBytes) { return error }
      if id.utf8.elementsEqual(key.id.utf8) {
        return SCRMError(.invalidValue, subject: "\(key) revision", "an interaction cannot revise itself")
      }
    }
    if interaction.actorIdentifierCount == 0 {
      return SCRMError(.missing, subject: "\(key) actor", "expected at least one identifier")
    }
    let identifiers = max(interaction.actorIdentifierCount, interaction.targetIdentifierCount)
    if identifiers > limits.identifiersPerParty {
      return tooMany(key, "identifiers", identifiers, limits.identifiersPerParty)
    }
    if interaction.attachments.count > limits.attachments {
      return tooMany(key, "attachments", interaction.attachments.count, limits.attachments)
    }
    if let bytes = interaction.text?.text.utf8.count, bytes > limits.textBytes {
      return tooMany(key, "text bytes", bytes, limits.textBytes)
    }
    if let bytes = interaction.raw?.bytes.count, bytes > limits.rawBytes {
      return tooMany(key, "raw bytes", bytes, limits.rawBytes)
    }
    return values(interaction.properties, key) ?? values(interaction.traits, key) ?? values(interaction.extra, key)
      ?? time(interaction)
  }

  private func values(_ map: ValueMap, _ key: EventKey) -> SCRMError? {
    var count = 0
    if map.isEmpty || fits(.map(map), depth: 0, count: &count) { return nil }
    return SCRMError(
      .limitExceeded, subject: "\(key) properties",
      "expected at most \(limits.properties) values in \(limits.nesting) levels")
  }

  private func time(_ interaction: Interaction) -> SCRMError? {
    let latest = interaction.received.advanced(by: .seconds(Int64(clamping: limits.clockSkewSeconds)))
    guard interaction.occurred > latest else { return nil }
    return SCRMError(
      .timeOutOfRange, subject: "\(interaction.key) at",
      "the event time lies more than \(limits.clockSkewSeconds) s after the receive time")
  }

  private func text(_ value: String, _ name: String, _ limit: Int) -> SCRMError? {
    // The value itself may be what is wrong, so it is not part of the message.
    if value.isEmpty { return SCRMError(.missing, subject: name, "expected a text that is not empty") }
    if value.utf8.count > limit {
      return SCRMError(.limitExceeded, subject: name, "expected at most \(limit) bytes, found \(value.utf8.count)")
    }
    if value.holdsNUL { return SCRMError(.invalidValue, subject: name, "NUL is not allowed") }
    return nil
  }

  private func tooMany(_ key: EventKey, _ what: String, _ found: Int, _ limit: Int) -> SCRMError {
    SCRMError(.limitExceeded, subject: "\(key) \(what)", "expected at most \(limit), found \(found)")
  }

  private func fits(_ value: Value, depth: Int, count: inout Int) -> Bool {
    count += 1
    guard depth <= limits.nesting, count <= limits.properties + 1 else { return false }
    switch value {
    case .list(let values):
      for element in values where !fits(element, depth: depth + 1, count: &count) { return false }
      return true
    case .map(let map):
      for entry in map.entries where !fits(entry.value, depth: depth + 1, count: &count) { return false }
      return true
    default: return true
    }
  }
}
