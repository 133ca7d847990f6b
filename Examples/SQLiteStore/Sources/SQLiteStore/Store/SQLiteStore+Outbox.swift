public import SocialCRM

extension SQLiteStore {
  /// Claims actions, oldest decision first.
  ///
  /// O(actions that wait or are claimed).
  public func claim(limit: Int, worker: String, at now: Instant, lease: Duration) async throws -> [ActionClaim] {
    try Task.checkCancellation()
    if limit <= 0 { return [] }
    return try await database.write { [number] in
      try OutboxTable.claim($0, number, limit: limit, worker: worker, at: now, lease: lease)
    }
  }

  /// Marks a claimed action as done.
  /// - Throws: `StorageError` with `claimLost`.
  public func acknowledge(_ claim: ActionClaim) async throws { try await settle(claim, .done) }

  /// Gives a claimed action back, with the reason.
  /// - Throws: `StorageError` with `claimLost`.
  public func retry(_ claim: ActionClaim, at time: Instant, reason: String) async throws {
    try await settle(claim, .pending, time: time, retryReason: reason)
  }

  /// Gives a claimed action up.
  /// - Throws: `StorageError` with `claimLost`.
  public func deadLetter(_ claim: ActionClaim, reason: String) async throws {
    try await settle(claim, .dead, note: reason)
  }

  private func settle(
    _ claim: ActionClaim, _ status: OutboxTable.Status, note: String? = nil, time: Instant? = nil,
    retryReason: String? = nil
  ) async throws {
    try await database.write { [number] in
      try OutboxTable.settle(claim, status, note: note, time: time, retryReason: retryReason, $0, number)
    }
  }

  /// The actions with these ids.
  public func actions(_ ids: [ActionID]) async throws -> [OutboxItem?] {
    if ids.isEmpty { return [] }
    return try await database.read { [number] in try OutboxTable.items($0, number, ids) }
  }

  /// Actions in the order of decision.
  /// - Throws: `StorageError` with `notFound` when there is no action with the id.
  public func actions(after id: ActionID?, limit: Int) async throws -> [OutboxItem] {
    try await database.read { [number] in try OutboxTable.page($0, number, after: id, limit: limit) }
  }
}
