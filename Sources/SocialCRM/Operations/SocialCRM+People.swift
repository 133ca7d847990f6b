public import SCRMModel

extension SocialCRM {
  /// The person an identifier leads to; `nil` when it is unknown or cannot be normalised.
  public func person(with identifier: Identifier) async throws -> PersonRecord? {
    guard let entry = configuration.identity.keys(of: Party([identifier])).entries.first,
      let identity = try await store.identities(for: [entry.key])[0]
    else { return nil }
    return try await person(identity.person)
  }

  /// The person with an id, or the one they were merged into; `nil` when there is none.
  public func person(_ id: PersonID) async throws -> PersonRecord? {
    var id = id
    var seen = Set<PersonID>()
    while seen.insert(id).inserted, let record = try await store.people([id])[0] {
      guard let survivor = record.mergedInto else { return record }
      id = survivor
    }
    return nil
  }

  /// Everything conditions may ask about a person, at the loop's time; `nil` when there is none.
  public func facts(of id: PersonID) async throws -> PersonFacts? {
    guard let record = try await person(id) else { return nil }
    let loader = BatchLoader(store: store, configuration: configuration)
    var loaded = try await loader.begin()
    try await loader.load(statesOf: [record.id], into: &loaded)
    let clock = try loaded.loopRecord.map { try LoopState($0) }?.clock ?? .distantPast
    var session = try configuration.segments.begin(loaded.activity.compactMap { $0 })
    return session.evaluate(
      record, scores: try ScoreBook(loaded.scoreRecords).scores(of: record.id), now: clock, at: loaded.base
    ).facts
  }

  /// The members of a segment whose data may be used for a purpose, and those whose may not, with the reason.
  ///
  /// This is the gate for data that leaves: an export, an audience for a campaign.
  public func audience(
    of segment: String, purpose: Purpose, channel: String? = nil, policy: ConsentPolicy = ConsentPolicy()
  ) async throws -> Audience {
    let clock = try await store.states(LoopState.kind, [LoopState.key])[0].map { try LoopState($0) }?.clock
    var audience = Audience()
    var last: PersonID?
    while true {
      let page = try await store.members(of: segment, after: last, limit: 1_000)
      guard let final = page.last else { return audience }
      last = final.person
      for record in try await store.people(page.map(\.person)).compactMap({ $0 }) {
        let decision = record.consents.decide(
          purpose, channel: channel, at: clock ?? .distantFuture, policy: policy)
        if decision.isAllowed {
          audience.members.append(record.id)
        } else {
          audience.refused.append((person: record.id, decision: decision))
        }
      }
    }
  }

  /// Erases a person: log, identities, profile, ties, scores, memberships, rule state and outbox.
  ///
  /// When another host commits between looking the person up and erasing, such as a merge that brings an account, both are
  /// done again. What a host decided before the erasure and commits after it is a conflict, and decided again without the
  /// person.
  /// Evidence that names the person's accounts is removed first, as a step of its own: what it did to other people is
  /// settled anew. An erasure interrupted between the two leaves the person whole, and can be done again.
  /// - Parameters:
  ///   - id: the person, also by an id that redirects to them.
  ///   - leavingTombstones: whether keyed hashes stay by which the identifiers are refused from now on; only with an
  ///     identity stage that keeps evidence.
  /// - Returns: what was removed; `nil` when there is no such person.
  /// - Throws: what the store throws; its `conflict` after ``Configuration/conflictRetries`` further attempts.
  public func erase(_ id: PersonID, leavingTombstones: Bool = false) async throws -> ErasureReceipt? {
    try await gate.enter()
    do {
      try await finishAdvance()
      let receipt = try await retrying {
        guard let record = try await person(id) else { return nil as ErasureReceipt? }
        let base = try await forget(record, leavingTombstones: leavingTombstones)
        var request = Self.request(record)
        request.base = base
        return try await store.erase(request)
      }
      await gate.leave()
      return receipt
    } catch {
      await gate.leave()
      throw error
    }
  }

  /// Removes the evidence at a person's accounts.
  /// - Returns: the end of the log at which the person was looked up, or that this wrote.
  private func forget(_ record: PersonRecord, leavingTombstones: Bool) async throws -> LogPosition {
    var base = try await store.head()
    guard try await person(record.id) == record else { throw StorageError(.conflict, "the person was changed") }
    guard let kind = configuration.identity.stateKind else { return base }
    let accounts = record.accounts.map(\.account)
    let states = try await store.states(kind, accounts.map { .person($0.person) })
    if !leavingTombstones, states.allSatisfy({ $0 == nil }) { return base }
    let loaded = try await BatchLoader(store: store, configuration: configuration).begin()
    guard loaded.base == base else { throw StorageError(.conflict, "the log does not end at \(base)") }
    let ruling = IdentityRuling(
      .forget(accounts, leavingTombstones: leavingTombstones), reason: "erasure", time: try loaded.time)
    let decided = try await decide(ruling, loaded)
    if var changes = decided.changes {
      changes.states += try await notes(aboutMergesOf: Set(accounts.map(\.person)), kind)
      base = try await store.commit(changes).head
    }
    return base
  }

  /// The removal of what was noted about the merges of people; O(merge log).
  private func notes(aboutMergesOf people: Set<PersonID>, _ kind: StateKind) async throws -> [Change<StateRecord>] {
    var keys: [StateKey] = []
    var last = LogPosition.start
    while true {
      let page = try await store.merges(after: last, limit: 1_000)
      for merge in page where people.contains(merge.absorbed) || people.contains(merge.survivor) {
        keys.append(EvidenceResolver.noteKey(of: merge))
      }
      guard let end = page.last else { break }
      last = end.position
    }
    return try await store.states(kind, keys).compactMap { record in
      record.map { Change($0, replaces: $0.version, isRemoval: true) }
    }
  }

  /// Everything stored about a person, for access and portability; `nil` when there is no such person.
  public func export(_ id: PersonID) async throws -> PersonExport? {
    guard let record = try await person(id) else { return nil }
    return try await store.export(Self.request(record))
  }

  // Every id that ever redirected to a person is that of one of the person's accounts.
  private static func request(_ record: PersonRecord) -> ErasureRequest {
    let ids = Set(record.accounts.map(\.account.person)).union([record.id])
    return ErasureRequest(
      people: ids.sorted(), accounts: record.accounts.map(\.account), keys: record.accounts.map(\.key))
  }
}

/// The members of a segment, parted by whether their data may be used.
public struct Audience: Sendable {
  /// The people whose data may be used, in id order.
  public var members: [PersonID] = []
  /// The people whose data may not be used, with the reason.
  public var refused: [(person: PersonID, decision: ConsentDecision)] = []

  init() {}
}
