import SocialCRM

/// The events an erasure removed, and how records that stay name them from then on.
///
/// An event id may be personal itself, and records of other people name events: the interaction that addressed them
/// first, that they answered, that showed a merge.
struct ErasedEvents {
  private var names: [EventKey: EventKey] = [:]
  private var literals = Set<UInt64>()

  var isEmpty: Bool { names.isEmpty }
  /// The keys the events had.
  var keys: [EventKey] { names.keys.sorted() }

  mutating func insert(_ key: EventKey) {
    names[key] = EventKey(key.source, Tombstone.erasedID(key))
    literals.insert(Self.hash(key.id.jsonBytes.dropFirst().dropLast()))
  }

  /// The key, or what stands for it.
  func name(_ key: EventKey) -> EventKey { names[key] ?? key }

  /// Whether a JSON document holds a text that is the id of an erased event; rarely also when it holds none.
  ///
  /// O(bytes); far cheaper than reading the document.
  func mayBeNamed(in document: UnsafeRawBufferPointer) -> Bool {
    var index = 0
    while index < document.count {
      guard document[index] == 0x22 else {
        index += 1
        continue
      }
      let start = index + 1
      var end = start
      while end < document.count, document[end] != 0x22 { end += document[end] == 0x5C ? 2 : 1 }
      if literals.contains(Self.hash(document[start..<max(start, min(end, document.count))])) { return true }
      index = end + 1
    }
    return false
  }

  // FNV-1a.
  private static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
    var value: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return value
  }

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

  /// The person with other names; `nil` when nothing of them names an erased event.
  func renamed(_ person: PersonRecord) -> PersonRecord? {
    var copy = person
    copy.accounts = person.accounts.map { link in
      var link = link
      link.firstEvent = name(link.firstEvent)
      return link
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
    return copy == person ? nil : copy
  }

  /// The action with other names; `nil` when it names no erased event.
  func renamed(_ action: ProposedAction) -> ProposedAction? {
    var copy = action
    copy.trigger = name(action.trigger)
    for index in action.explanation.evidence.indices {
      copy.explanation.evidence[index].event = action.explanation.evidence[index].event.map(name)
    }
    return copy == action ? nil : copy
  }
}
