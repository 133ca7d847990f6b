public import SCRMModel
import StateCoding

extension SocialCRM {
  /// What an unmerge would do; nothing is written.
  /// - Throws: as ``unmerge(_:reason:)``.
  public func preview(_ order: UnmergeOrder) async throws -> UnmergeOutcome {
    try await rule(reason: "", isPreview: true) { try await self.decision(of: order) }
  }

  /// Takes apart what was joined.
  ///
  /// Interactions, traits, ties and consents go back where their evidence says, also those that arrived after the merge:
  /// they are kept by account, and go with their accounts. What was parted stays parted when the same evidence comes
  /// again. Cooldowns and published scores stay with whoever keeps the id. The decision is in the log and replayed with it.
  ///
  /// O(identifiers and interactions of the people concerned, and of those who share a value with them).
  /// - Parameters:
  ///   - order: what is taken apart.
  ///   - reason: why, without personal data.
  /// - Throws: what the store throws; `SCRMError` with `missing` for an interaction, identifier or merge that is not
  ///   known, with `invalidValue` for sides that have an account in common, with `unsupported` when the identity stage
  ///   keeps no evidence.
  @discardableResult
  public func unmerge(_ order: UnmergeOrder, reason: String) async throws -> UnmergeOutcome {
    try await rule(reason: reason) { try await self.decision(of: order) }
  }

  /// Gives an identifier to an organisation or a group: from now on it joins nobody, but tells who its users are.
  /// - Throws: as ``unmerge(_:reason:)``.
  @discardableResult
  public func give(
    _ identifier: Identifier, to whole: GroupMembership.Whole, reason: String
  ) async throws -> UnmergeOutcome {
    try await rule(reason: reason) { .give(try await self.account(of: identifier), to: whole) }
  }

  /// Takes an identifier back from its organisation or group.
  /// - Throws: as ``unmerge(_:reason:)``.
  @discardableResult
  public func takeBack(_ identifier: Identifier, reason: String) async throws -> UnmergeOutcome {
    try await rule(reason: reason) { .takeBack(try await self.account(of: identifier)) }
  }

  // MARK: Deciding

  private func rule(
    reason: String, isPreview: Bool = false, _ decision: () async throws -> IdentityRuling.Decision
  ) async throws -> UnmergeOutcome {
    try await gate.enter()
    do {
      guard configuration.identity.stateKind != nil else {
        throw SCRMError(.unsupported, subject: "identity stage", "expected one that keeps evidence")
      }
      let outcome = try await committing { loaded throws in
        if !isPreview { try await self.settleAdvance(before: loaded) }
        let ruling = IdentityRuling(try await decision(), reason: reason, time: try loaded.time)
        let decided = try await self.decide(ruling, loaded)
        return (isPreview ? nil : decided.changes, decided.result)
      }
      await gate.leave()
      return outcome
    } catch {
      await gate.leave()
      throw error
    }
  }

  private func account(of identifier: Identifier) async throws -> AccountID {
    guard let entry = configuration.identity.keys(of: Party([identifier])).entries.first,
      let identity = try await store.identities(for: [entry.key])[0]
    else { throw SCRMError(.missing, subject: "\(identifier)", "expected an identifier that is known") }
    return identity.account
  }

  private func decision(of order: UnmergeOrder) async throws -> IdentityRuling.Decision {
    switch order {
    case .withdraw(let event):
      guard let entry = try await store.entries(for: [event])[0], case .interaction = entry.body else {
        throw SCRMError(.missing, subject: "\(event)", "expected an interaction of the log")
      }
      return .withdraw(entry.position)
    case .detach(let identifier):
      let account = try await account(of: identifier)
      let person = try await person(with: identifier)
      let others = (person?.accounts ?? []).map(\.account).filter { $0 != account }
      guard !others.isEmpty else {
        throw SCRMError(.missing, subject: "\(identifier)", "expected an identifier in a person with others")
      }
      return .part([account], from: others)
    case .revert(let merge):
      guard let kept = try await keptAccounts(of: merge) else {
        throw SCRMError(.missing, subject: "merge at \(merge.position)", "expected a merge that evidence showed")
      }
      return try Self.part(merge.accounts, from: kept)
    case .part(let first, let second): return try Self.part(first, from: second)
    case .lift(let position):
      guard position > .start,
        let entry = try await store.log(after: LogPosition(position.rawValue - 1), limit: 1).first,
        case .identity(let ruling) = entry.body, case .part(let first, let second) = ruling.decision
      else { throw SCRMError(.missing, subject: "log entry \(position)", "expected a decision that parted accounts") }
      return .lift(position, of: first + second)
    }
  }

  private static func part(
    _ first: [AccountID], from second: [AccountID]
  ) throws(SCRMError) -> IdentityRuling.Decision {
    guard !first.isEmpty, !second.isEmpty, Set(first).isDisjoint(with: second) else {
      throw SCRMError(.invalidValue, subject: "parting", "expected two sides without a common account")
    }
    return .part(Set(first).sorted(), from: Set(second).sorted())
  }

  /// What the survivor of a merge had before; `nil` when it was not noted.
  private func keptAccounts(of merge: MergeRecord) async throws -> [AccountID]? {
    guard let kind = configuration.identity.stateKind else { return nil }
    let key = EvidenceResolver.noteKey(of: merge)
    guard let record = try await store.states(kind, [key])[0] else { return nil }
    return try EvidenceResolver.keptAccounts(record, of: merge)
  }

  /// Carries out a ruling on what was loaded, with rows in place of stored ones where there are any.
  func decide(
    _ ruling: IdentityRuling, _ start: LoadedBatch, seeing rows: PendingRows? = nil
  ) async throws -> (changes: ChangeSet?, result: UnmergeOutcome) {
    var loader = BatchLoader(store: store, configuration: configuration)
    if let rows { loader = loader.seeing(rows) }
    var loaded = start
    var withdrawn: Interaction?
    if case .withdraw(let place) = ruling.decision, place > .start,
      case .interaction(let interaction, _)? =
        try await store.log(after: LogPosition(place.rawValue - 1), limit: 1).first?.body
    {
      withdrawn = interaction
    }
    try await loader.loadDemand(of: ruling, withdrawing: withdrawn, into: &loaded)
    let before = loaded.draft
    var fold = try BatchFold(&loaded, configuration: configuration)
    let outcome = try fold.fold(ruling, withdrawing: withdrawn)
    var concerned = Set(outcome.people)
    for merge in outcome.merges { concerned.formUnion([merge.survivor, merge.absorbed]) }
    for move in outcome.moves { concerned.formUnion([move.from, move.to]) }
    let people = concerned.sorted().compactMap { fold.known($0) }
    try await loader.load(statesOf: concerned.sorted(), into: &loaded)
    let shard = try ShardFold(
      .init(
        activity: loaded.activity.compactMap { $0 }, rules: loaded.ruleRecords,
        scores: loaded.scoreRecords, reckonings: try await reckonings(fold, with: loader)),
      configuration: configuration)
    try await loader.loadTriggers(shard.triggers(of: people), into: &loaded)
    let following = shard.follow(
      outcome, people, earlier: loaded.earlier, now: ruling.time, at: fold.head)
    var changes = fold.changeSet(key: "identity-\(fold.base)-\(Self.fingerprint(ruling))", [following.result])
    changes.memberships = following.memberships
    changes.cancellations = following.cancellations
    var result = UnmergeOutcome()
    result.position = fold.head
    result.before = concerned.sorted().compactMap { id in before.person(id).flatMap { $0.mergedInto == nil ? $0 : nil }
    }
    result.after = people
    (result.merges, result.moves) = (outcome.merges, outcome.moves)
    (result.segments, result.cancellations) = (following.segments, following.cancellations)
    return (changes, result)
  }

  private static func fingerprint(_ ruling: IdentityRuling) -> String {
    var hash = StableHash()
    hash.bytes(LogEntry(position: .start, body: .identity(ruling)).jsonBytes)
    return String(hash.value, radix: 16)
  }
}
