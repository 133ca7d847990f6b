/// Where the outcomes of a call go: batch by batch, in the order of the interactions, each batch once it is committed.
protocol OutcomeSink {
  /// Takes the outcomes of a batch; `nil` where there is none.
  mutating func take(_ outcomes: consuming [InteractionOutcome?]) async throws
}

/// Keeps all outcomes until the call returns.
struct CollectedOutcomes: OutcomeSink {
  private(set) var all: [InteractionOutcome] = []

  init(expecting count: Int) { all.reserveCapacity(count) }

  mutating func take(_ outcomes: consuming [InteractionOutcome?]) {
    for place in outcomes.indices { all.append(taking: &outcomes[place]) }
  }
}

/// Hands the outcomes of each batch to the caller, so that no more than a few batches of them are in memory.
struct HandedOutcomes: OutcomeSink {
  let hand: @Sendable ([InteractionOutcome]) async throws -> Void

  mutating func take(_ outcomes: consuming [InteractionOutcome?]) async throws {
    var handed: [InteractionOutcome] = []
    handed.reserveCapacity(outcomes.count)
    for place in outcomes.indices { handed.append(taking: &outcomes[place]) }
    try await hand(handed)
  }
}
