public import SCRMModel
import StateCoding

/// The loop: interactions become known people, live segments and proposed actions, on the host's own store.
///
/// For every batch it does three steps: *load* what the batch touches in bulk reads, *decide* in pure code, *commit*
/// everything at once or not at all. A repeated interaction changes nothing; a conflict with another writer is decided
/// again on what is stored then. Time comes from outside: the loop's time is the latest receive time it was given or the
/// time it was advanced to.
///
/// ```swift
/// let crm = try await SocialCRM(store: InMemoryStore(), configuration: try .init(segments: segments, rules: rules))
/// let outcomes = try await crm.ingest([interaction])
/// print(outcomes[0].actions.map(\.kind))
/// ```
///
/// One `SocialCRM` writes a workspace at a time; callers that come together wait for their turn in order.
public actor SocialCRM {
  /// The store.
  public nonisolated let store: any SCRMStore
  /// How it decides.
  public nonisolated let configuration: Configuration
  let gate = SerialGate()

  /// Opens a workspace.
  ///
  /// Notes the configuration in the log when it differs from the one in force, and finishes an advance of time that was
  /// interrupted.
  /// - Throws: whatever the store throws; `SCRMError` when stored state cannot be read.
  public init(store: any SCRMStore, configuration: Configuration) async throws {
    self.store = store
    self.configuration = configuration
    try await noteConfiguration()
    try await finishAdvance()
  }

  /// Opens a workspace for a replay, which brings its own configuration entries.
  init(replayingInto store: any SCRMStore, configuration: Configuration) {
    self.store = store
    self.configuration = configuration
  }

  /// Notes the configuration in the log, when it differs from the one in force.
  private func noteConfiguration() async throws {
    let fingerprint = configuration.fingerprint
    _ = try await committing { loaded throws in
      var loaded = loaded
      var fold = try BatchFold(&loaded, configuration: self.configuration)
      if fold.loop.configuration == fingerprint { return (nil, ()) }
      fold.fold(configuration: fingerprint)
      return (fold.changeSet(key: "configuration-\(loaded.base)-\(fingerprint)"), ())
    }
  }
}

extension SocialCRM {
  /// Takes interactions in, in the order given, which is the order of receipt.
  ///
  /// - Parameters:
  ///   - interactions: any number; they are loaded, decided and committed in batches of ``Configuration/batchSize``.
  ///   - mode: `.backfill` for an import from the past: state changes, proposals are recorded as suppressed.
  /// - Returns: one outcome per interaction, in order.
  /// - Throws: what the store throws. Batches committed before stay; nothing of the failed batch is applied, and
  ///   ingesting the same interactions again finishes the work.
  public func ingest(_ interactions: [Interaction], mode: IngestMode = .live) async throws -> [InteractionOutcome] {
    try await gate.enter()
    do {
      var outcomes: [InteractionOutcome] = []
      outcomes.reserveCapacity(interactions.count)
      var rest = interactions[...]
      var batch = Self.prepare(&rest, mode: mode, configuration)
      while !batch.outcomes.isEmpty {
        try Task.checkCancellation()
        // The next batch is checked and normalised while this one is loaded, decided and committed.
        let following = rest
        async let next = Self.prepared(following, mode: mode, configuration)
        outcomes += try await decide(batch)
        (batch, rest) = await next
      }
      await gate.leave()
      return outcomes
    } catch {
      await gate.leave()
      throw error
    }
  }

  /// Takes the first batch off the interactions; an empty one when there are no more.
  private static func prepare(
    _ rest: inout ArraySlice<Interaction>, mode: IngestMode, _ configuration: Configuration
  ) -> PreparedBatch {
    let head = rest.prefix(max(configuration.batchSize, 1))
    rest = rest.dropFirst(head.count)
    return PreparedBatch(head, mode: mode, configuration: configuration)
  }

  @concurrent
  private static func prepared(
    _ interactions: ArraySlice<Interaction>, mode: IngestMode, _ configuration: Configuration
  ) async -> (batch: PreparedBatch, rest: ArraySlice<Interaction>) {
    var rest = interactions
    let batch = prepare(&rest, mode: mode, configuration)
    return (batch, rest)
  }

  /// Loads, decides and commits a batch.
  func decide(_ prepared: PreparedBatch) async throws -> [InteractionOutcome] {
    let loader = BatchLoader(store: store, configuration: configuration)
    var metrics = BatchMetrics()
    let outcomes = try await committing { loaded throws in
      try await self.settleAdvance(before: loaded)
      var batch = prepared
      var loaded = loaded
      batch.dropKnown(try await loader.store.entries(for: batch.items.map(\.interaction.key)))
      loaded.rowsRead += prepared.items.count
      try await loader.load(batch.items, into: &loaded)
      var fold = try BatchFold(&loaded, configuration: self.configuration, expecting: batch.items.count)
      for item in batch.items {
        if let outcome = fold.fold(item) { batch.outcomes[item.outcome] = outcome }
      }
      try await loader.load(fold.steps, fold.tieCounts, into: &loaded)
      let parts = try await self.decideShards(fold, &loaded)
      var changes = fold.changeSet(key: Self.commitKey(batch.items, base: loaded.base), parts)
      Self.collect(parts, into: &changes, &batch.outcomes)
      metrics.rowsRead = loaded.rowsRead
      metrics.rowsWritten = changes.rowCount
      metrics.head = changes.head
      return (changes.entries.isEmpty ? nil : changes, batch.outcomes.compactMap { $0 })
    }
    report(outcomes, &metrics)
    return outcomes
  }

  /// Decides the steps of a batch, shard by shard at the same time.
  private func decideShards(_ fold: BatchFold, _ loaded: inout LoadedBatch) async throws -> [ShardFold.Result] {
    let inputs = ShardPlan(fold.steps).inputs(fold.steps, fold.tieCounts, loaded)
    let configuration = configuration
    let earlier = loaded.earlier
    let loader = BatchLoader(store: store, configuration: configuration)
    let parts = try await inParallel(inputs) { input in
      let shard = try ShardFold(input, configuration: configuration)
      let triggers = shard.triggers()
      var known = LoadedBatch()
      known.earlier = earlier
      if !triggers.isEmpty { try await loader.loadTriggers(triggers, into: &known) }
      return (shard.run(earlier: known.earlier), known.rowsRead)
    }
    loaded.rowsRead += parts.reduce(0) { $0 + $1.1 }
    return parts.map(\.0)
  }

  /// Puts what followed from the steps back into the order of the log.
  private static func collect(
    _ parts: [ShardFold.Result], into changes: inout ChangeSet, _ outcomes: inout [InteractionOutcome?]
  ) {
    var memberships: [(position: LogPosition, changes: [MembershipChange])] = []
    for part in parts {
      for step in part.steps {
        outcomes[step.place] = step.outcome
        if !step.memberships.isEmpty { memberships.append((step.position, step.memberships)) }
      }
    }
    if parts.count > 1 { memberships.sort { $0.position < $1.position } }
    changes.memberships = memberships.flatMap(\.changes)
    for case let outcome? in outcomes {
      if !outcome.actions.isEmpty { changes.actions += outcome.actions }
      if !outcome.cancellations.isEmpty { changes.cancellations += outcome.cancellations }
    }
  }

  private static func commitKey(_ items: [PreparedBatch.Item], base: LogPosition) -> String {
    var hash = StableHash()
    for item in items {
      hash.text(item.interaction.key.source.rawValue)
      hash.text(item.interaction.key.id)
    }
    return "ingest-\(base)-\(String(hash.value, radix: 16))"
  }

  private func report(_ outcomes: [InteractionOutcome], _ metrics: inout BatchMetrics) {
    guard let observer = configuration.observer else { return }
    for outcome in outcomes {
      switch outcome.disposition {
      case .accepted: metrics.accepted += 1
      case .duplicate: metrics.duplicates += 1
      case .refused(let error):
        metrics.refused += 1
        observer.observe(.refused(outcome.key, error))
      }
    }
    observer.observe(.committed(metrics))
  }

  /// Loads, decides and commits; after a conflict all three are done again on what is stored then.
  func committing<Result>(
    _ decide: (LoadedBatch) async throws -> (changes: ChangeSet?, result: Result)
  ) async throws -> Result {
    let loader = BatchLoader(store: store, configuration: configuration)
    return try await retrying {
      let (changes, result) = try await decide(try await loader.begin())
      if let changes { _ = try await store.commit(changes) }
      return result
    }
  }

  /// Does it again when the store has moved on meanwhile, as often as the configuration allows.
  func retrying<Result>(_ body: () async throws -> Result) async throws -> Result {
    var attempt = 0
    while true {
      do { return try await body() } catch let error as StorageError where error.meansMovedOn {
        attempt += 1
        guard attempt <= configuration.conflictRetries else { throw error }
        configuration.observer?.observe(.conflict(attempt: attempt))
      }
    }
  }
}

extension StorageError {
  /// Whether the store has moved on since it was read, so that the decision has to be made again.
  ///
  /// A commit key names the base: when another host used it for another body, the log has moved on from there.
  fileprivate var meansMovedOn: Bool { code == .conflict || code == .duplicateEvent || code == .keyReused }
}
