public import SCRMModel
import StateCoding

extension SocialCRM {
  /// Takes interactions in, in the order given, which is the order of receipt.
  ///
  /// Of many interactions, one batch is committed while the next is decided, the one after that loaded and a further
  /// one prepared; four batches are in memory at most.
  /// - Parameters:
  ///   - interactions: any number; they are loaded, decided and committed in batches of ``Configuration/batchSize``.
  ///   - mode: `.backfill` for an import from the past: state changes, proposals are recorded as suppressed.
  /// - Returns: one outcome per interaction, in order.
  /// - Throws: what the store throws. Batches committed before stay; nothing of the failed batch is applied, and
  ///   ingesting the same interactions again finishes the work.
  public func ingest(_ interactions: [Interaction], mode: IngestMode = .live) async throws -> [InteractionOutcome] {
    var outcomes = CollectedOutcomes(expecting: interactions.count)
    try await take(interactions, mode, &outcomes)
    return outcomes.all
  }

  /// Takes interactions in as ``ingest(_:mode:)`` does, and hands over the outcomes of each batch as soon as it is
  /// committed.
  ///
  /// For imports of any length: the batches of the whole call overlap, and no more than a few batches of outcomes are in
  /// memory.
  ///
  /// ```swift
  /// try await crm.ingest(interactions) { outcomes in
  ///   for outcome in outcomes where !outcome.actions.isEmpty { print(outcome.key, outcome.actions.map(\.kind)) }
  /// }
  /// ```
  /// - Parameters:
  ///   - interactions: any number.
  ///   - mode: `.backfill` for an import from the past.
  ///   - receive: gets the outcomes of one batch after the other, one per interaction, in order. The next batches wait
  ///     for it, and it must not wait for this loop to take in, merge or advance something else, which has its turn when
  ///     the call is over.
  /// - Throws: what the store and `receive` throw. Batches committed before stay, the one whose outcomes were handed over
  ///   included; nothing of a later one is applied.
  public func ingest(
    _ interactions: [Interaction], mode: IngestMode = .live,
    receiving receive: @escaping @Sendable ([InteractionOutcome]) async throws -> Void
  ) async throws {
    var outcomes = HandedOutcomes(hand: receive)
    try await take(interactions, mode, &outcomes)
  }

  private func take(
    _ interactions: [Interaction], _ mode: IngestMode, _ outcomes: inout some OutcomeSink
  ) async throws {
    try await gate.enter()
    do {
      var rest = UnpreparedInteractions(interactions, mode: mode, configuration: configuration)
      var batch = rest.nextBatch()
      while !batch.outcomes.isEmpty {
        try Task.checkCancellation()
        if rest.isEmpty || batch.items.count < configuration.leastOverlapping {
          try await outcomes.take(try await decide(batch))
          batch = rest.nextBatch()
        } else {
          batch = try await ingestOverlapping(batch, &rest, &outcomes)
        }
      }
      await gate.leave()
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

  // MARK: Deciding

  /// Decides a loaded batch that is where the one ahead of it leaves the store.
  private func decide(_ ahead: inout BatchAhead, with loader: BatchLoader) async throws -> DecidedBatch {
    conclude(try await decideSteps(&ahead, with: loader))
  }

  /// Decides the steps of a loaded batch.
  ///
  /// The batch and what was read are taken out of `ahead`, since a second owner would make the first change copy them.
  /// - Parameter started: is called once all that can be done by several cores waits for one or runs.
  func decideSteps(
    _ ahead: inout BatchAhead, with loader: BatchLoader, started: () -> Void = {}
  ) async throws -> DecidedSteps {
    var (batch, loaded) = (PreparedBatch(), LoadedBatch())
    swap(&batch, &ahead.batch)
    swap(&loaded, &ahead.loaded)
    let mayBeCut = !loaded.groups.isEmpty || batch.items.contains(where: \.isRevision)
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
    let parts = try await decideShards(
      fold, try await reckonings(fold, with: loader), &loaded, with: loader, started: started)
    return DecidedSteps(batch: batch, rest: rest, fold: fold, parts: parts, loaded: loaded)
  }

  /// Puts together what is to be written, and the outcomes.
  func conclude(_ steps: consuming DecidedSteps) -> DecidedBatch {
    var changes = steps.fold.changeSet(
      key: commitKey(steps.batch.items, base: steps.loaded.base), steps.parts)
    var outcomes: [InteractionOutcome?] = []
    swap(&outcomes, &steps.batch.outcomes)
    Self.collect(&steps.parts, into: &changes, &outcomes)
    var metrics = BatchMetrics()
    metrics.accepted = steps.fold.steps.count
    metrics.rowsRead = steps.loaded.rowsRead
    metrics.rowsWritten = changes.rowCount
    metrics.head = changes.head
    return DecidedBatch(
      given: steps.batch.given, changes: changes.entries.isEmpty ? nil : changes, outcomes: outcomes,
      rest: steps.rest, metrics: metrics, head: changes.head, loopRecord: steps.fold.currentLoopRecord, workings: steps)
  }

  /// What people did whom accounts leave or reach, by the log and by what the batch holds before.
  func reckonings(_ fold: BatchFold, with loader: BatchLoader) async throws -> [LogPosition: Reckoning] {
    var reckonings: [LogPosition: Reckoning] = [:]
    for passage in fold.passages {
      var histories = try await loader.loadHistories(of: passage.people)
      for step in fold.steps(of: Set(histories.map(\.account)), before: passage.position) {
        for place in histories.indices where histories[place].account == step.account {
          histories[place].interactions.append((step.interaction, step.sign))
        }
      }
      reckonings[passage.position] = Reckoning(passage, histories)
    }
    return reckonings
  }

  /// Decides the steps of a batch, shard by shard at the same time.
  private func decideShards(
    _ fold: BatchFold, _ reckonings: [LogPosition: Reckoning], _ loaded: inout LoadedBatch, with loader: BatchLoader,
    started: () -> Void
  ) async throws -> [ShardFold.Result] {
    let inputs = ShardPlan(fold.steps, isWhole: configuration.rules.sharesState).inputs(
      fold.steps, fold.tieCounts, &loaded, reckonings)
    let configuration = configuration
    let earlier = loaded.earlier
    let parts = try await inParallel(inputs, started: started) { input in
      var shard = try ShardFold(input, configuration: configuration)
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
    _ parts: inout [ShardFold.Result], into changes: inout ChangeSet, _ outcomes: inout [InteractionOutcome?]
  ) {
    for part in parts.indices {
      let places = parts[part].places
      for (index, place) in places.enumerated() {
        // Exchanged for the `nil` that stands there, so that no reference is counted.
        swap(&outcomes[Int(place)], &parts[part].outcomes[index])
      }
    }
    changes.memberships.reserveCapacity(parts.reduce(0) { $0 + $1.memberships.count })
    for part in parts.indices { changes.memberships += parts[part].memberships }
    // Those of one log entry come from one shard and stay in their order.
    if parts.count > 1 { changes.memberships.sort { $0.membership.version < $1.membership.version } }
    for place in parts.flatMap(\.acting).sorted() {
      guard let outcome = outcomes[place] else { continue }
      changes.actions += outcome.actions
      changes.cancellations += outcome.cancellations
    }
  }

  private func commitKey(_ items: [PreparedBatch.Item], base: LogPosition) -> String {
    var hash = StableHash()
    if !configuration.writer.isEmpty { hash.text(configuration.writer) }
    for item in items {
      item.interaction.hashKey(into: &hash)
    }
    return "ingest-\(base)-\(String(hash.value, radix: 16))"
  }

  func report(_ decided: DecidedBatch) {
    guard let observer = configuration.observer else { return }
    var metrics = decided.metrics
    // Usually every one was accepted, and none need be looked at.
    for case let outcome? in metrics.accepted == decided.outcomes.count ? [] : decided.outcomes {
      switch outcome.disposition {
      case .accepted: continue
      case .duplicate: metrics.duplicates += 1
      case .refused(let error):
        metrics.refused += 1
        observer.observe(.refused(outcome.key, error))
      }
    }
    observer.observe(.committed(metrics))
  }
}
