import SCRMTesting

/// Everything that changed a store, in the order in which it did.
actor Journal {
  enum Operation: Sendable {
    case commit([LogEntry])
    case claim(limit: Int, worker: String, now: Instant, lease: Duration, answer: [ActionClaim])
    case acknowledge(ActionClaim)
    case retry(ActionClaim, Instant)
    case deadLetter(ActionClaim)
    case erase(ErasureRequest)
  }

  private(set) var operations: [Operation] = []
  private var heads: Set<LogPosition> = [.start]

  func note(_ operation: Operation) { operations.append(operation) }

  /// Notes a commit, unless it was a repeated one that changed nothing.
  func note(_ changes: ChangeSet) {
    guard !changes.entries.isEmpty, heads.insert(changes.head).inserted else { return }
    operations.append(.commit(changes.entries))
  }
}

/// A store that notes what changes it.
struct JournalStore: StoreWrapper {
  let wrapped: any SCRMStore
  let journal: Journal

  func commit(_ changes: ChangeSet) async throws -> CommitReceipt {
    let receipt = try await wrapped.commit(changes)
    await journal.note(changes)
    return receipt
  }

  func claim(limit: Int, worker: String, at now: Instant, lease: Duration) async throws -> [ActionClaim] {
    let answer = try await wrapped.claim(limit: limit, worker: worker, at: now, lease: lease)
    await journal.note(.claim(limit: limit, worker: worker, now: now, lease: lease, answer: answer))
    return answer
  }

  func acknowledge(_ claim: ActionClaim) async throws {
    try await wrapped.acknowledge(claim)
    await journal.note(.acknowledge(claim))
  }

  func retry(_ claim: ActionClaim, at time: Instant, reason: String) async throws {
    try await wrapped.retry(claim, at: time, reason: reason)
    await journal.note(.retry(claim, time))
  }

  func deadLetter(_ claim: ActionClaim, reason: String) async throws {
    try await wrapped.deadLetter(claim, reason: reason)
    await journal.note(.deadLetter(claim))
  }

  func erase(_ request: ErasureRequest) async throws -> ErasureReceipt {
    let receipt = try await wrapped.erase(request)
    await journal.note(.erase(request))
    return receipt
  }
}
