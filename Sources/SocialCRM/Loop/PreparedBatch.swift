import DenseData
import SCRMModel

/// A batch after everything that needs no store: checked, filtered by the collection policy, normalised.
struct PreparedBatch: Sendable {
  /// An interaction that may be accepted.
  ///
  /// A class, since items are looked at many times on their way through a batch.
  final class Item: Sendable {
    let interaction: Interaction
    let mode: IngestMode
    let actor: NormalisedParty
    let target: NormalisedParty?
    /// The place among the outcomes.
    let outcome: Int
    /// Whether an earlier item of the batch has the same key; only when that one is refused does this one count.
    let isRepeated: Bool
    // Found out while the interaction is at hand: later, looking at it means waiting for memory.
    let occurred: Instant
    let isRevision: Bool
    let isFromCustomer: Bool
    let isToCustomer: Bool

    init(
      _ interaction: Interaction, _ mode: IngestMode, actor: NormalisedParty, target: NormalisedParty?, outcome: Int,
      isRepeated: Bool
    ) {
      self.interaction = interaction
      self.mode = mode
      self.actor = actor
      self.target = target
      self.outcome = outcome
      self.isRepeated = isRepeated
      occurred = interaction.occurred
      isRevision = interaction.isRevision
      isFromCustomer = interaction.actorRole == .customer
      isToCustomer = interaction.targetRole == .customer
    }

    /// Why identifiers of either party cannot be used, without their values.
    var unusableIdentifiers: [String] {
      guard let target, !target.refused.isEmpty else { return actor.refused }
      return actor.refused + target.refused
    }
  }

  /// What a batch is prepared from, to begin again with.
  struct Given: Sendable {
    var interactions: ArraySlice<Interaction> = []
    var mode = IngestMode.live

    /// The batch anew.
    func prepared(_ configuration: SocialCRM.Configuration) -> PreparedBatch {
      PreparedBatch(interactions, mode: mode, configuration: configuration)
    }
  }

  /// What it was prepared from; nothing for interactions from the log.
  private(set) var given = Given()
  /// One outcome per interaction given, in order; `nil` while it is not decided.
  var outcomes: [InteractionOutcome?] = []
  var items: [Item] = []
  /// The identifiers that the items name, once each: what comes after looks them up by their numbers.
  private(set) var keys = NumberedKeys()
  /// What was read ahead, which means nothing.
  private var warmth: UInt = 0

  /// A batch of nothing.
  init() {}

  init(_ interactions: ArraySlice<Interaction>, mode: IngestMode, configuration: SocialCRM.Configuration) {
    given = Given(interactions: interactions, mode: mode)
    let check = InteractionCheck(limits: configuration.limits)
    // Held here, since a stage that stands in the configuration would be copied for every party.
    let identity = configuration.identity
    outcomes.reserveCapacity(interactions.count)
    items.reserveCapacity(interactions.count)
    keys = NumberedKeys(expecting: interactions.count * 2)
    warmth = Interaction.warm(interactions)
    var seen = HashIndex(capacity: interactions.count)
    var addressed = AddressedParties()
    for given in interactions {
      let interaction = configuration.collection?.apply(to: given).interaction ?? given
      if let refusal = check.refusal(of: interaction) {
        outcomes.append(InteractionOutcome(interaction.key, .refused(refusal)))
        continue
      }
      let actor = identity.keys(of: interaction.actor)
      if actor.entries.isEmpty {
        let reasons = actor.refused.joined(separator: "; ")
        outcomes.append(
          InteractionOutcome(
            interaction.key,
            .refused(
              SCRMError(
                .invalidValue, subject: "\(interaction.key) actor", "no identifier can be used: \(reasons)"))))
        continue
      }
      let known = addressed.find(interaction)
      let target = known ?? interaction.target.map { identity.keys(of: $0) }
      let numbered = add(interaction, mode, actor, target, &seen)
      if known == nil, let numbered { addressed.note(numbered, of: interaction) }
    }
  }

  /// Items from the log, which were checked when they were accepted first.
  init(replaying entries: [(interaction: Interaction, mode: IngestMode)], identity: any IdentityStage) {
    keys = NumberedKeys(expecting: entries.count * 2)
    var seen = HashIndex(capacity: entries.count)
    for (interaction, mode) in entries {
      add(
        interaction, mode, identity.keys(of: interaction.actor), interaction.target.map { identity.keys(of: $0) }, &seen
      )
    }
  }

  /// - Parameter target: its identifiers are numbered, unless they are already.
  /// - Returns: the target with its identifiers numbered.
  @discardableResult
  private mutating func add(
    _ interaction: Interaction, _ mode: IngestMode, _ actor: consuming NormalisedParty,
    _ target: consuming NormalisedParty?, _ seen: inout HashIndex
  ) -> NormalisedParty? {
    let key = interaction.key
    let isRepeated = seen.find(key.indexHash) { items[$0].interaction.isEvent(key) } != nil
    if !isRepeated { seen.insert(key.indexHash, row: items.count) }
    keys.number(&actor, isCustomer: interaction.actorRole == .customer)
    if var party = target, party.entries.first?.number ?? 0 < 0 {
      target = nil
      keys.number(&party, isCustomer: interaction.targetRole == .customer)
      target = party
    }
    items.append(
      Item(interaction, mode, actor: actor, target: target, outcome: outcomes.count, isRepeated: isRepeated))
    outcomes.append(nil)
    return items[items.count - 1].target
  }

  /// Takes out the items from a place on; they are to be decided as a batch of their own.
  mutating func cut(at place: Int) -> PreparedBatch {
    var rest = PreparedBatch()
    rest.outcomes = [InteractionOutcome?](repeating: nil, count: outcomes.count)
    rest.items = Array(items[place...])
    rest.keys = keys
    for item in rest.items { outcomes[item.outcome] = nil }
    items.removeLast(items.count - place)
    return rest
  }

  /// The outcome of an interaction whose key was seen before.
  static func repeated(_ interaction: Interaction, of first: Interaction) -> InteractionOutcome {
    interaction.isSameFact(as: first)
      ? InteractionOutcome(interaction.key, .duplicate) : conflict(interaction.key)
  }

  static func conflict(_ key: EventKey) -> InteractionOutcome {
    InteractionOutcome(
      key,
      .refused(
        SCRMError(
          .conflictingBody, subject: key.description, "the same event key was accepted before with another body")))
  }

  /// Drops the items that the log already holds; `entries` is aligned with `items`.
  mutating func dropKnown(_ entries: [LogEntry?]) {
    if entries.allSatisfy({ $0 == nil }) { return }
    var fresh: [Item] = []
    fresh.reserveCapacity(items.count)
    for (item, entry) in zip(items, entries) {
      switch entry?.body {
      case .interaction(let known, _)?:
        outcomes[item.outcome] = Self.repeated(item.interaction, of: known)
      case .tombstone(let tombstone)?:
        let isSame = tombstone.digest.isEmpty || tombstone.digest == item.interaction.contentDigest
        outcomes[item.outcome] =
          isSame ? InteractionOutcome(item.interaction.key, .duplicate) : Self.conflict(item.interaction.key)
      default: fresh.append(item)
      }
    }
    items = fresh
  }
}
