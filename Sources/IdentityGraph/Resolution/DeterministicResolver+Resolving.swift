public import SCRMModel

extension DeterministicResolver {
  /// The people behind a number of interactions, without a store: for batch work, tests and exploration.
  ///
  /// ```swift
  /// let result = DeterministicResolver().resolve(interactions)
  /// print(result.people.count, result.merges.count)
  /// ```
  ///
  /// O(interactions × identifiers) expected; everything is held in memory.
  public func resolve(_ interactions: some Sequence<Interaction>) -> ResolvedPeople {
    var draft = PeopleDraft(identities: [], people: [])
    var result = ResolvedPeople()
    var position = LogPosition.start
    var accounts = Set<IdentifierKey>()
    for interaction in interactions {
      let actor = keys(of: interaction.actor)
      let target = interaction.target.map { keys(of: $0) }
      do throws(SCRMError) {
        _ = try resolve(
          interaction, actor: actor, target: target, at: position.next, now: interaction.received, in: &draft)
        position = position.next
      } catch {
        result.refused.append((interaction.key, error))
        continue
      }
      if interaction.actor.role == .customer { accounts.formUnion(actor.entries.map(\.key)) }
      if interaction.target?.role == .customer { accounts.formUnion(target?.entries.map(\.key) ?? []) }
    }
    result.merges = draft.merges
    let ids = Set(accounts.compactMap { draft.identity($0)?.person })
    result.people = ids.compactMap { draft.person($0) }.sorted { $0.id < $1.id }
    return result
  }
}

/// The people behind a number of interactions.
public struct ResolvedPeople: Sendable {
  /// The people, ordered by id; without those who were merged into another.
  public var people: [PersonRecord] = []
  /// The merges in the order in which they were decided.
  public var merges: [MergeRecord] = []
  /// The interactions that cannot be resolved, with the reason.
  public var refused: [(key: EventKey, error: SCRMError)] = []

  init() {}
}
