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
    for change in people { hash.bytes(change.record.jsonBytes) }
    for change in ties {
      hash.word(change.record.key.from.low)
      hash.word(change.record.key.to.low)
      hash.bytes(change.record.bytes)
    }
    for change in states {
      hash.text(change.record.kind.rawValue)
      hash.text(change.record.key.text)
      hash.word(change.isRemoval ? 1 : 0)
      hash.bytes(change.record.bytes)
    }
    for change in memberships {
      hash.text(change.membership.segment)
      hash.word(change.membership.person.low)
      hash.word(change.isEntry ? 1 : 0)
    }
    for action in actions { hash.bytes(action.jsonBytes) }
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
    let fields = interaction.fields
    hash.word(mode == .live ? 1 : 2)
    hash.text(fields.key.id)
    hash.text(fields.key.source.rawValue)
    hash.text(fields.kind.rawValue)
    hash.word(UInt64(bitPattern: fields.occurred.secondsSinceEpoch))
    hash.word(UInt64(bitPattern: fields.received.secondsSinceEpoch))
    for identifier in fields.actor.identifiers { hash.text(identifier.value) }
    for identifier in fields.target?.identifiers ?? [] { hash.text(identifier.value) }
    hash.text(fields.text?.text ?? "")
    hash.word(UInt64(bitPattern: fields.amount?.units ?? 0))
    if !fields.properties.isEmpty { hash.bytes(Value.map(fields.properties).jsonBytes) }
    if !fields.traits.isEmpty { hash.bytes(Value.map(fields.traits).jsonBytes) }
  }
}
