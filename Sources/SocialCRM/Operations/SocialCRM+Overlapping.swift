import SCRMModel

// Batches of one call that are decided while the one before is committed.
extension SocialCRM {
  /// Takes in `first` and what follows, each batch decided while the one before it is committed, the next one loaded and
  /// the one after that prepared.
  ///
  /// What a batch reads is read before the one ahead of it is committed; the rows that one writes take the place of what
  /// was read. When a commit meets a conflict, what was decided on top of it is dropped, and its batch decided again on
  /// what is stored then.
  /// - Parameter rest: what follows `first`; afterwards what follows the batch returned.
  /// - Returns: the batch to go on with after a conflict; an empty one at the end.
  func ingestOverlapping(
    _ first: PreparedBatch, _ rest: inout UnpreparedInteractions, _ outcomes: inout some OutcomeSink
  ) async throws -> PreparedBatch {
    try await withThrowingTaskGroup(of: NextBatch?.self) { preparing in
      defer { preparing.cancelAll() }
      return try await ingestOverlapping(first, &rest, &outcomes, &preparing)
    }
  }

  /// A prepared batch and what follows it.
  private typealias NextBatch = (batch: PreparedBatch, rest: UnpreparedInteractions)

  private func ingestOverlapping(
    _ first: PreparedBatch, _ rest: inout UnpreparedInteractions, _ outcomes: inout some OutcomeSink,
    _ preparing: inout ThrowingTaskGroup<NextBatch?, any Error>
  ) async throws -> PreparedBatch {
    Self.prepare(rest, in: &preparing)
    let loader = BatchLoader(store: store, configuration: configuration)
    let start = try await loader.begin()
    try await settleAdvance(before: start)
    var ahead = try await loader.load(first, into: start)
    var pending: DecidedBatch?
    var spent: DecidedBatch?
    while true {
      try Task.checkCancellation()
      // Before the commit begins, so that what is read here does not wait for it.
      let seeing = loader.seeing(pending?.changes)
      try await seeing.reconcile(&ahead)
      let following = try await Self.nextPrepared(of: &preparing) ?? (PreparedBatch(), rest)
      let changes = pending?.changes
      async let lane = Self.commit(changes, thenLoad: following.batch, with: loader)
      // Behind the commit and the shards, for a core that has nothing to do while the other does what one has to do.
      let steps = try await decideSteps(&ahead, with: seeing) { Self.prepare(following.rest, in: &preparing) }
      Self.letGo(of: spent, pending?.takeWorkings(), in: &preparing)
      spent = nil
      // Handed over, since a second owner would make the first change copy it.
      let decided = conclude(consume steps)
      let next: BatchAhead?
      do { next = try await lane } catch let error as StorageError where error.meansMovedOn {
        configuration.observer?.observe(.conflict(attempt: 1))
        if let pending { try await outcomes.take(try await decide(pending.given.prepared(configuration))) }
        return decided.given.prepared(configuration)
      }
      if var done = pending.take() {
        try await finish(&done, &outcomes)
        spent = done
      }
      if decided.rest != nil {
        // Accounts go from one person to another, and what came before must be in the log first.
        try await outcomes.take(try await decide(decided.given.prepared(configuration)))
        return rest.nextBatch()
      }
      guard let next else {
        try await commitLast(decided, &outcomes)
        return PreparedBatch()
      }
      ahead = next
      rest = following.rest
      ahead.loaded.base = decided.head
      ahead.loaded.loopRecord = decided.loopRecord
      pending = decided
    }
  }

  /// Begins to prepare the first batch of `rest`, if there is one.
  private static func prepare(
    _ rest: UnpreparedInteractions, in preparing: inout ThrowingTaskGroup<NextBatch?, any Error>
  ) {
    if rest.isEmpty { return }
    preparing.addTask {
      var rest = rest
      let batch = rest.nextBatch()
      return (batch, rest)
    }
  }

  /// Releases the thousands of rows of a batch that was committed, and of what the one after it was decided with,
  /// on a core that has nothing to do.
  private static func letGo(
    of spent: DecidedBatch?, _ workings: DecidedSteps?,
    in preparing: inout ThrowingTaskGroup<NextBatch?, any Error>
  ) {
    if spent == nil, workings == nil { return }
    preparing.addTask { [spent, workings] in
      _ = (spent, workings)
      return nil
    }
  }

  /// The batch that was prepared; `nil` when there is none.
  private static func nextPrepared(
    of preparing: inout ThrowingTaskGroup<NextBatch?, any Error>
  ) async throws -> NextBatch? {
    while let result = try await preparing.next() { if let result { return result } }
    return nil
  }

  /// Commits what was decided, then loads the next batch; `nil` when there is none.
  @concurrent
  private static func commit(
    _ changes: ChangeSet?, thenLoad batch: PreparedBatch, with loader: BatchLoader
  ) async throws -> BatchAhead? {
    if let changes { _ = try await loader.store.commit(changes) }
    return batch.outcomes.isEmpty ? nil : try await loader.load(batch, into: LoadedBatch())
  }

  /// Reports a committed batch and hands its outcomes over.
  private func finish(_ decided: inout DecidedBatch, _ outcomes: inout some OutcomeSink) async throws {
    report(decided)
    try await outcomes.take(decided.takeOutcomes())
  }

  private func commitLast(_ last: DecidedBatch, _ outcomes: inout some OutcomeSink) async throws {
    var last = last
    do {
      if let changes = last.changes { _ = try await store.commit(changes) }
    } catch let error as StorageError where error.meansMovedOn {
      configuration.observer?.observe(.conflict(attempt: 1))
      return try await outcomes.take(try await decide(last.given.prepared(configuration)))
    }
    try await finish(&last, &outcomes)
  }
}
