import SCRMExpressions
import StateCoding

extension ChangeSet {
  /// A 64-bit fingerprint of the body, the same in every process: how a store tells a repeated commit from another one
  /// under the same key. O(bytes).
  public var fingerprint: UInt64 {
    var hash = StableHash()
    hash.word(base.rawValue)
    for entry in entries { Self.absorb(entry, into: &hash) }
    for change in identities {
      hash.text(change.record.key.key)
      hash.word(change.record.person.high)
      hash.word(change.record.person.low)
    }
    for change in people { Self.absorb(change.record, into: &hash) }
    for change in ties {
      hash.word(change.record.key.from.low)
      hash.word(change.record.key.to.low)
      hash.bytes(change.record.bytes)
    }
    for change in states {
      switch change.record.key {
      case .person(let id):
        hash.word(id.high)
        hash.word(id.low)
      case .event(let key): hash.text(key.id)
      case .name(let name): hash.text(name)
      }
      hash.text(change.record.kind.rawValue)
      hash.word(change.isRemoval ? 1 : 0)
      hash.bytes(change.record.bytes)
    }
    for change in memberships {
      hash.text(change.membership.segment)
      hash.word(change.membership.person.low)
      hash.word(change.isEntry ? 1 : 0)
    }
    for action in actions {
      hash.word(action.id.low)
      hash.word(action.person.low)
      hash.word(action.isProposed ? 1 : 0)
      if !action.parameters.isEmpty { hash.bytes(Value.map(action.parameters).jsonBytes) }
    }
    for cancellation in cancellations { hash.word(cancellation.action.low) }
    hash.word(UInt64(merges.count))
    return hash.value
  }

  private static func absorb(_ entry: LogEntry, into hash: inout StableHash) {
    hash.word(entry.position.rawValue)
    guard case .interaction(let interaction, let mode) = entry.body else {
      hash.bytes(entry.jsonBytes)
      return
    }
    hash.word(mode == .live ? 1 : 2)
    hash.text(interaction.key.id)
    hash.text(interaction.key.source.rawValue)
    hash.text(interaction.kind.rawValue)
    hash.word(UInt64(bitPattern: interaction.occurred.secondsSinceEpoch))
    hash.word(UInt64(bitPattern: interaction.received.secondsSinceEpoch))
    for identifier in interaction.actor.identifiers { hash.text(identifier.value) }
    for identifier in interaction.target?.identifiers ?? [] { hash.text(identifier.value) }
    hash.text(interaction.text?.text ?? "")
    hash.word(UInt64(bitPattern: interaction.amount?.units ?? 0))
    if !interaction.properties.isEmpty { hash.bytes(Value.map(interaction.properties).jsonBytes) }
    if !interaction.traits.isEmpty { hash.bytes(Value.map(interaction.traits).jsonBytes) }
  }

  private static func absorb(_ person: PersonRecord, into hash: inout StableHash) {
    hash.word(person.id.high)
    hash.word(person.id.low)
    hash.word(person.version.rawValue)
    hash.word(person.mergedInto?.low ?? 0)
    for link in person.accounts {
      hash.word(link.account.low)
      hash.text(link.rawValue)
      hash.word(UInt64(bitPattern: link.firstSeen.secondsSinceEpoch))
    }
    for trait in person.traits.traits {
      hash.text(trait.name)
      for value in trait.values { hash.text(value.event.id) }
    }
    hash.word(UInt64(person.consents.records.count))
  }
}
