import SCRMExpressions
import StateCoding

extension ChangeSet {
  /// A 64-bit fingerprint of the body, the same in every process: how a store tells a repeated commit from another one
  /// under the same key.
  ///
  /// O(bytes).
  public var fingerprint: UInt64 {
    var hash = StableHash()
    hash.word(base.rawValue)
    for entry in entries { Self.absorb(entry, into: &hash) }
    for change in identities {
      Self.absorb(change.record.key, into: &hash)
      Self.absorb(change.record.account, into: &hash)
      Self.absorb(change.record.person, into: &hash)
      Self.absorb(change.record.version, change.replaces, change.isRemoval, into: &hash)
    }
    for change in people {
      Self.absorb(change.record, into: &hash)
      Self.absorb(change.record.version, change.replaces, change.isRemoval, into: &hash)
    }
    for merge in merges {
      Self.absorb(merge.survivor, into: &hash)
      Self.absorb(merge.absorbed, into: &hash)
      for account in merge.accounts + merge.evidence { Self.absorb(account, into: &hash) }
      hash.text(merge.cause.id)
      hash.word(UInt64(bitPattern: merge.time.secondsSinceEpoch))
      hash.word(merge.position.rawValue)
    }
    for change in ties {
      Self.absorb(change.record.key.from, into: &hash)
      Self.absorb(change.record.key.to, into: &hash)
      Self.absorb(change.record.version, change.replaces, change.isRemoval, into: &hash)
      hash.bytes(change.record.bytes)
    }
    for change in states {
      switch change.record.key {
      case .person(let id): Self.absorb(id, into: &hash)
      case .event(let key):
        hash.text(key.source.rawValue)
        hash.text(key.id)
      case .name(let name): hash.text(name)
      }
      hash.text(change.record.kind.rawValue)
      Self.absorb(change.record.version, change.replaces, change.isRemoval, into: &hash)
      hash.word(UInt64(truncatingIfNeeded: change.record.schema))
      hash.word(UInt64(bitPattern: change.record.due?.secondsSinceEpoch ?? .min))
      hash.bytes(change.record.bytes)
    }
    for change in memberships {
      hash.text(change.membership.segment)
      Self.absorb(change.membership.person, into: &hash)
      hash.word(UInt64(bitPattern: change.membership.since.secondsSinceEpoch))
      Self.absorb(change.membership.version, nil, change.isEntry, into: &hash)
    }
    for action in actions {
      Self.absorb(action.id, into: &hash)
      Self.absorb(action.person, into: &hash)
      Self.absorb(action.position, nil, action.isProposed, into: &hash)
      hash.text(action.rule)
      hash.text(action.kind)
      hash.text(action.channel ?? "")
      hash.word(UInt64(bitPattern: action.expires?.secondsSinceEpoch ?? .max))
      if !action.parameters.isEmpty { hash.bytes(Value.map(action.parameters).jsonBytes) }
    }
    for cancellation in cancellations {
      Self.absorb(cancellation.action, into: &hash)
      hash.text(cancellation.reason)
    }
    // Rows of one table must not be taken for rows of another.
    for count in [people.count, merges.count, ties.count, states.count, memberships.count, actions.count] {
      hash.word(UInt64(count))
    }
    return hash.value
  }

  private static func absorb(_ entry: LogEntry, into hash: inout StableHash) {
    hash.word(entry.position.rawValue)
    guard case .interaction(let interaction, let mode) = entry.body else {
      hash.bytes(entry.jsonBytes)
      return
    }
    hash.word(mode == .live ? 1 : 2)
    // Read in place: copying the parts of an interaction costs more than hashing them.
    let box = interaction.box
    hash.text(box.fields.key.id)
    hash.text(box.fields.key.source.rawValue)
    hash.text(box.fields.kind.rawValue)
    hash.word(UInt64(bitPattern: box.fields.occurred.secondsSinceEpoch))
    hash.word(UInt64(bitPattern: box.fields.received.secondsSinceEpoch))
    absorb(box.fields.actor, into: &hash)
    if let target = box.fields.target { absorb(target, into: &hash) }
    hash.text(box.fields.text?.text ?? "")
    if let amount = box.fields.amount {
      hash.word(UInt64(bitPattern: amount.units))
      hash.word(UInt64(amount.scale))
      hash.text(amount.currency)
    }
    if let object = box.fields.object {
      hash.text(object.type)
      hash.text(object.id)
    }
    hash.text(box.fields.revision?.id ?? "")
    hash.text(box.fields.context.channel ?? "")
    hash.text(box.fields.context.thread ?? "")
    hash.text(box.fields.context.session ?? "")
    hash.text(box.fields.context.inReplyTo?.id ?? "")
    for consent in box.fields.consents {
      hash.text(consent.purpose.rawValue)
      hash.word(consent.decision == .granted ? 1 : 2)
    }
    hash.bytes(box.fields.raw?.bytes ?? [])
    if !box.fields.properties.isEmpty { hash.bytes(Value.map(box.fields.properties).jsonBytes) }
    if !box.fields.traits.isEmpty { hash.bytes(Value.map(box.fields.traits).jsonBytes) }
  }

  private static func absorb(_ person: PersonRecord, into hash: inout StableHash) {
    hash.word(person.id.high)
    hash.word(person.id.low)
    hash.word(person.version.rawValue)
    hash.word(person.mergedInto?.low ?? 0)
    for link in person.accounts {
      absorb(link.account, into: &hash)
      hash.text(link.rawValue)
      hash.word(UInt64(bitPattern: link.firstSeen.secondsSinceEpoch))
    }
    for trait in person.traits.traits {
      hash.text(trait.name)
      for value in trait.values { hash.text(value.event.id) }
    }
    hash.word(UInt64(person.consents.records.count))
    for record in person.consents.records { hash.text(record.event.id) }
  }

  private static func absorb(_ party: Party, into hash: inout StableHash) {
    hash.word(UInt64(party.identifiers.count))
    for identifier in party.identifiers {
      hash.text(identifier.namespace.kind)
      hash.text(identifier.namespace.scope)
      hash.text(identifier.value)
    }
    hash.text(party.role.rawValue)
  }

  private static func absorb(_ key: IdentifierKey, into hash: inout StableHash) {
    hash.text(key.namespace.kind)
    hash.text(key.namespace.scope)
    hash.text(key.key)
  }

  private static func absorb(_ id: some OpaqueID, into hash: inout StableHash) {
    hash.word(id.high)
    hash.word(id.low)
  }

  private static func absorb(
    _ version: LogPosition, _ replaced: LogPosition?, _ flag: Bool, into hash: inout StableHash
  ) {
    hash.word(version.rawValue)
    hash.word(replaced?.rawValue ?? .max)
    hash.word(flag ? 1 : 0)
  }
}
