import GRDB
public import SocialCRM

extension SQLiteStore {
  /// Erases people in one transaction, and then writes the file anew, so that no trace of them is left in it.
  ///
  /// O(file): erase many people with one call rather than each with a call of its own.
  /// - Throws: `DatabaseError` with `SQLITE_BUSY` when another process keeps the write-ahead log from being emptied. The
  ///   people are erased by then; the next erasure or opening removes the traces.
  public func erase(_ request: ErasureRequest) async throws -> ErasureReceipt {
    try Task.checkCancellation()
    return try await removing { [number] db in
      var erasure = Erasure(db, number, request)
      try erasure.run()
      return erasure.receipt
    }
  }

  /// Replaces the content of interactions received before a time by tombstones, keeps the present state as the baseline
  /// of the next replay, and writes the file anew.
  ///
  /// O(file).
  public func compact(before time: Instant) async throws -> Int {
    try Task.checkCancellation()
    return try await removing { [number] db in
      let count = try Compaction.removeContent(before: time, db, number)
      try Compaction.keepBaseline(db, number)
      return count
    }
  }

  /// Everything stored under the accounts and people named.
  ///
  /// O(rows found), but for identities none is searched without an index.
  public func export(_ request: ErasureRequest) async throws -> PersonExport {
    try await database.read { [number] db in try PersonExport(request, db, number) }
  }

  /// Writes, and removes the traces of what was removed from the file.
  private func removing<Result: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Result
  ) async throws -> Result {
    let (result, mustScrub) = try await database.write { db in
      let before = db.totalChangesCount
      let result = try body(db)
      if db.totalChangesCount != before { try SQLiteDatabase.demandScrub(db) }
      return (result, try SQLiteDatabase.mustScrub(db))
    }
    if mustScrub { try await database.scrub() }
    return result
  }
}
