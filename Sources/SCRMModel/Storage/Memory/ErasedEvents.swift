import SCRMExpressions

/// The events an erasure removed, and how records that stay name them from then on.
///
/// An event id may be personal itself, and records of other people name events: the interaction that addressed them
/// first, that they answered, that showed a merge.
struct ErasedEvents: Sendable {
  private(set) var names: [EventKey: EventKey] = [:]

  mutating func insert(_ key: EventKey) { names[key] = EventKey(key.source, Tombstone.erasedID(key)) }

  /// The key, or what stands for it.
  func name(_ key: EventKey) -> EventKey { names[key] ?? key }

  /// The interaction with other names; `nil` when it names no erased event.
  func renamed(_ interaction: Interaction) -> Interaction? {
    let answered = interaction.context.inReplyTo.flatMap { names[$0] }
    let revised = interaction.revision.flatMap { names[EventKey(interaction.key.source, $0.id)] }
    if answered == nil, revised == nil { return nil }
    var copy = interaction
    if let answered { copy.context.inReplyTo = answered }
    if let revised {
      switch interaction.revision {
      case .retracts?: copy.revision = .retracts(revised.id)
      case .replaces?: copy.revision = .replaces(revised.id)
      case nil: break
      }
    }
    return copy
  }

  /// The person with other names.
  func renamed(_ person: PersonRecord) -> PersonRecord {
    var copy = person
    if person.accounts.contains(where: { names[$0.firstEvent] != nil }) {
      copy.accounts = person.accounts.map { link in
        var link = link
        link.firstEvent = name(link.firstEvent)
        return link
      }
    }
    if person.traits.traits.contains(where: { $0.values.contains { names[$0.event] != nil } }) {
      copy.traits = TraitLedger()
      for trait in person.traits.traits {
        for var value in trait.values {
          value.event = name(value.event)
          copy.traits.record(trait.name, value)
        }
      }
    }
    if person.consents.records.contains(where: { names[$0.event] != nil }) {
      copy.consents = ConsentLedger()
      for var record in person.consents.records {
        record.event = name(record.event)
        copy.consents.add(record)
      }
    }
    return copy
  }

  /// The action with other names.
  func renamed(_ action: ProposedAction) -> ProposedAction {
    var copy = action
    copy.trigger = name(action.trigger)
    for index in action.explanation.evidence.indices {
      copy.explanation.evidence[index].event = action.explanation.evidence[index].event.map(name)
    }
    return copy
  }
}
