import SCRMModel

/// A batch with what was read for it, perhaps before the batch ahead of it was committed.
struct BatchAhead: Sendable {
  /// The batch without what the log was found to hold.
  var batch: PreparedBatch
  var loaded: LoadedBatch
}

/// The decisions about the steps of a batch, of which no change set was made yet.
struct DecidedSteps: Sendable {
  /// The batch without what the log was found to hold, with the outcomes so far.
  var batch: PreparedBatch
  /// What has to be decided once this is committed.
  let rest: PreparedBatch?
  var fold: BatchFold
  /// What each shard decided; outcomes are taken out of it.
  var parts: [ShardFold.Result]
  let loaded: LoadedBatch
}

/// A batch that was decided and is to be committed.
struct DecidedBatch: Sendable {
  /// What it was prepared from, to begin again with; the prepared items themselves are let go of with the workings.
  let given: PreparedBatch.Given
  /// What is to be written; `nil` for nothing.
  let changes: ChangeSet?
  /// One for each interaction that is decided.
  private(set) var outcomes: [InteractionOutcome?]
  /// What has to be decided once this is committed, because accounts go from one person to another in it.
  let rest: PreparedBatch?
  let metrics: BatchMetrics
  /// The end of the log once it is committed.
  let head: LogPosition
  /// The state of the loop once it is committed.
  let loopRecord: StateRecord?
  /// What it was decided with, which nobody needs any more: to let go of it takes so long that it is left to whoever
  /// has time.
  private(set) var workings: DecidedSteps?

  /// Takes out the outcomes.
  mutating func takeOutcomes() -> [InteractionOutcome?] {
    var taken: [InteractionOutcome?] = []
    swap(&taken, &outcomes)
    return taken
  }

  /// Takes out what it was decided with.
  mutating func takeWorkings() -> DecidedSteps? {
    var taken: DecidedSteps?
    swap(&taken, &workings)
    return taken
  }
}
