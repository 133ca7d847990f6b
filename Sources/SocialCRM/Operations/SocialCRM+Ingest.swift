public import SCRMModel
import StateCoding

extension SocialCRM {
  /// Takes interactions in, in the order given, which is the order of receipt.
  ///
  /// Of many interactions, one batch is committed while the next is decided and the one after that is prepared and
  /// loaded; three batches are in memory at most.
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
      var rest = UnpreparedInteractions(interactions, mode: mode, configuration: configuration)
      var batch = rest.nextBatch()
      while !batch.outcomes.isEmpty {
        try Task.checkCancellation()
        if rest.isEmpty || batch.items.count < configuration.leastOverlapping {
          outcomes += try await decide(batch)
          batch = rest.nextBatch()
        } else {
          batch = try await ingestOverlapping(batch, &rest, &outcomes)
        }
      }
      await gate.leave()
      return outcomes
    } catch {
      await gate.leave()
      throw error
    }
  }

  /// Loads, decides and commits a batch.
  func decide(_ prepared: PreparedBatch) async throws -> [InteractionOutcome] {
    let loader = BatchLoader(store: store, configuration: configuration)
    var outcomes = prepared.outcomes
    var next: PreparedBatch? = prepared
    while let batch = next {
      let decided = try await committing { loaded throws in
        try await self.settleAdvance(before: loaded)
        var ahead = try await loader.load(batch, into: loaded)
        let decided = try await self.decide(&ahead, with: loader)
        return (decided.changes, decided)
      }
      report(decided)
      for (place, outcome) in decided.outcomes.enumerated() where outcomes[place] == nil { outcomes[place] = outcome }
      next = decided.rest
    }
    return outcomes.compactMap { $0 }
  }

  // MARK: Overlapping

  /// Takes in `first` and what follows, each batch decided while the one before it is committed.
  ///
  /// What a batch reads is read before the one ahead of it is committed; the rows that one writes take the place of what
  /// was read. When a commit meets a conflict, what was decided on top of it is dropped, and its batch decided again on
  /// what is stored then.
  /// - Returns: the batch to go on with after a conflict; an empty one at the end.
  private func ingestOverlapping(
    _ first: PreparedBatch, _ rest: inout UnpreparedInteractions, _ outcomes: inout [InteractionOutcome]
  ) async throws -> PreparedBatch {
    let loader = BatchLoader(store: store, configuration: configuration)
    let start = try await loader.begin()
    try await settleAdvance(before: start)
    var ahead = try await loader.load(first, into: start)
    var pending: DecidedBatch?
    while true {
      try Task.checkCancellation()
      // Before the commit begins, so that what is read here does not wait for it.
      let seeing = loader.seeing(pending?.changes)
      try await seeing.reconcile(&ahead)
      let (decidedBefore, following) = (pending, rest)
      async let lane = Self.commit(decidedBefore?.changes, thenLoad: following, with: loader)
      let decided = try await decide(&ahead, with: seeing)
      let next: (ahead: BatchAhead, rest: UnpreparedInteractions)?
      do { next = try await lane } catch let error as StorageError where error.meansMovedOn {
        configuration.observer?.observe(.conflict(attempt: 1))
        if let pending { outcomes += try await decide(pending.prepared) }
        return ahead.prepared
      }
      if let pending { finish(pending, &outcomes) }
      if decided.rest != nil {
        // Accounts go from one person to another, and what came before must be in the log first.
        outcomes += try await decide(decided.prepared)
        return rest.nextBatch()
      }
      guard let next else {
        try await commitLast(decided, &outcomes)
        return PreparedBatch()
      }
      (ahead, rest) = next
      ahead.loaded.base = decided.head
      ahead.loaded.loopRecord = decided.loopRecord
      pending = decided
    }
  }

  /// Commits what was decided, then prepares and loads the next batch; `nil` when there is none.
  @concurrent
  private static func commit(
    _ changes: ChangeSet?, thenLoad rest: UnpreparedInteractions, with loader: BatchLoader
  ) async throws -> (ahead: BatchAhead, rest: UnpreparedInteractions)? {
    if let changes { _ = try await loader.store.commit(changes) }
    var rest = rest
    let batch = rest.nextBatch()
    if batch.outcomes.isEmpty { return nil }
    return (try await loader.load(batch, into: LoadedBatch()), rest)
  }

  private func finish(_ decided: DecidedBatch, _ outcomes: inout [InteractionOutcome]) {
    report(decided)
    outcomes += decided.outcomes.compactMap { $0 }
  }

  private func commitLast(_ last: DecidedBatch, _ outcomes: inout [InteractionOutcome]) async throws {
    do {
      if let changes = last.changes { _ = try await store.commit(changes) }
      finish(last, &outcomes)
    } catch let error as StorageError where error.meansMovedOn {
      configuration.observer?.observe(.conflict(attempt: 1))
      outcomes += try await decide(last.prepared)
    }
  }

  // MARK: Deciding

  /// Decides a loaded batch that is where the one ahead of it leaves the store.
  ///
  /// What was read is taken out of `ahead`, since a second owner would make the first change copy it.
  private func decide(_ ahead: inout BatchAhead, with loader: BatchLoader) async throws -> DecidedBatch {
    var batch = ahead.batch
    var loaded = LoadedBatch()
    swap(&loaded, &ahead.loaded)
    let mayBeCut = !loaded.groups.isEmpty || batch.items.contains { $0.interaction.isRevision }
    let start = mayBeCut ? loaded : LoadedBatch()
    var fold = try BatchFold(&loaded, configuration: configuration, expecting: batch.items.count)
    var count = 0
    for item in batch.items {
      if let outcome = fold.fold(item) { batch.outcomes[item.outcome] = outcome }
      if fold.movesBeyondBatch { break }
      count += 1
    }
    var rest: PreparedBatch?
    if count < batch.items.count {
      // What the accounts did before is read from the log, so a batch begins here.
      rest = batch.cut(at: count)
      loaded = start
      fold = try BatchFold(&loaded, configuration: configuration, expecting: count)
      for item in batch.items { _ = fold.fold(item) }
    }
    try await loader.load(fold.steps, fold.tieCounts, into: &loaded)
    let parts = try await decideShards(fold, try await reckonings(fold, with: loader), &loaded, with: loader)
    var changes = fold.changeSet(key: Self.commitKey(batch.items, base: loaded.base), parts)
    Self.collect(parts, into: &changes, &batch.outcomes)
    var metrics = BatchMetrics()
    metrics.rowsRead = loaded.rowsRead
    metrics.rowsWritten = changes.rowCount
    metrics.head = changes.head
    return DecidedBatch(
      prepared: ahead.prepared, changes: changes.entries.isEmpty ? nil : changes,
      outcomes: batch.outcomes, rest: rest, metrics: metrics, head: changes.head,
      loopRecord: fold.currentLoopRecord)
  }

  /// What people did whom accounts leave or reach, by the log and by what the batch holds before.
  func reckonings(_ fold: BatchFold, with loader: BatchLoader) async throws -> [LogPosition: Reckoning] {
    var reckonings: [LogPosition: Reckoning] = [:]
    for passage in fold.passages {
      var histories = try await loader.loadHistories(of: passage.people)
      for step in fold.steps(of: Set(histories.map(\.account)), before: passage.position) {
        for place in histories.indices where histories[place].account == step.resolution.account {
          histories[place].interactions.append((step.interaction, step.sign))
        }
      }
      reckonings[passage.position] = Reckoning(passage, histories)
    }
    return reckonings
  }

  /// Decides the steps of a batch, shard by shard at the same time.
  private func decideShards(
    _ fold: BatchFold, _ reckonings: [LogPosition: Reckoning], _ loaded: inout LoadedBatch, with loader: BatchLoader
  ) async throws -> [ShardFold.Result] {
    let inputs = ShardPlan(fold.steps, isWhole: configuration.rules.sharesState).inputs(
      fold.steps, fold.tieCounts, loaded, reckonings)
    let configuration = configuration
    let earlier = loaded.earlier
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

  private func report(_ decided: DecidedBatch) {
    guard let observer = configuration.observer else { return }
    var metrics = decided.metrics
    for case let outcome? in decided.outcomes {
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
}
