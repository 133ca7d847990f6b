import DenseData
import SCRMModel

/// A batch after everything that needs no store: checked, filtered by the collection policy, normalised.
struct PreparedBatch: Sendable {
  /// An interaction that may be accepted.
  struct Item: Sendable {
    var interaction: Interaction
    var mode: IngestMode
    var actor: NormalisedParty
    var target: NormalisedParty?
    /// The place among the outcomes.
    var outcome: Int
    /// Whether an earlier item of the batch has the same key; only when that one is refused does this one count.
    var isRepeated = false
  }

  /// One outcome per interaction given, in order; `nil` while it is not decided.
  var outcomes: [InteractionOutcome?] = []
  var items: [Item] = []

  /// A batch of nothing.
  init() {}

  init(_ interactions: ArraySlice<Interaction>, mode: IngestMode, configuration: SocialCRM.Configuration) {
    let check = InteractionCheck(limits: configuration.limits)
    outcomes.reserveCapacity(interactions.count)
    items.reserveCapacity(interactions.count)
    for given in interactions {
      let interaction = configuration.collection?.apply(to: given).interaction ?? given
      if let refusal = check.refusal(of: interaction) {
        outcomes.append(InteractionOutcome(interaction.key, .refused(refusal)))
        continue
      }
      let actor = configuration.identity.keys(of: interaction.actor)
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
      let target = interaction.target.map { configuration.identity.keys(of: $0) }
      items.append(Item(interaction: interaction, mode: mode, actor: actor, target: target, outcome: outcomes.count))
      outcomes.append(nil)
    }
    markRepeated()
  }

  /// Items from the log, which were checked when they were accepted first.
  init(replaying entries: [(interaction: Interaction, mode: IngestMode)], identity: any IdentityStage) {
    for (interaction, mode) in entries {
      items.append(
        Item(
          interaction: interaction, mode: mode, actor: identity.keys(of: interaction.actor),
          target: interaction.target.map { identity.keys(of: $0) }, outcome: outcomes.count))
      outcomes.append(nil)
    }
    markRepeated()
  }

  private mutating func markRepeated() {
    var seen = HashIndex(capacity: items.count)
    for place in items.indices {
      let key = items[place].interaction.key
      if seen.find(key.indexHash, { items[$0].interaction.key == key }) != nil {
        items[place].isRepeated = true
      } else {
        seen.insert(key.indexHash, row: place)
      }
    }
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
