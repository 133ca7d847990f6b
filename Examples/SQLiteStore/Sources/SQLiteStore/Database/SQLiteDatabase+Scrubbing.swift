import GRDB

extension SQLiteDatabase {
  /// Whether content was removed and traces of it may still be in the file.
  static func mustScrub(_ db: Database) throws -> Bool {
    try Bool.fetchOne(db, sql: "SELECT must_scrub FROM upkeep") ?? false
  }

  /// Notes, in the transaction that removes content, that its traces are to be removed from the file.
  static func demandScrub(_ db: Database) throws { try db.execute(sql: "UPDATE upkeep SET must_scrub = 1") }

  /// Removes the traces of deleted content from the file and its write-ahead log.
  ///
  /// `secure_delete` overwrites what is deleted, but not the copies that stay in the free space of a page when its rows
  /// are moved to another. So the file is written anew, and the write-ahead log is emptied into it. O(file). When it is
  /// cut off, the next erasure or opening does it again.
  /// - Throws: `DatabaseError` with `SQLITE_BUSY` when another process reads an old state for longer than the busy
  ///   timeout; what is in the database is erased by then, and calling again finishes the work.
  func scrub() async throws {
    try await exclusively(isCancellable: false) { db in
      try db.execute(sql: "VACUUM")
      try Self.emptyJournal(db)
      try db.execute(sql: "UPDATE upkeep SET must_scrub = 0")
    }
  }

  private static func emptyJournal(_ db: Database) throws {
    let isBusy = try Bool.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)") ?? true
    guard !isBusy else {
      throw DatabaseError(
        resultCode: .SQLITE_BUSY, message: "another reader keeps the write-ahead log from being emptied")
    }
  }
}
