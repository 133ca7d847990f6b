import Foundation
import GRDB
import SocialCRM

extension SQLiteDatabase {
  static func configuration(_ options: Options) -> Configuration {
    let seconds = options.busyTimeout / .seconds(1)
    var configuration = Configuration()
    configuration.maximumReaderCount = max(options.readers, 1)
    configuration.busyMode = .timeout(seconds)
    configuration.label = "SocialCRM"
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA cache_size = -\(max(options.cacheBytes, 0) >> 10)")
      // What is deleted is overwritten with zeros at once; `scrub` does the rest.
      try db.execute(sql: "PRAGMA secure_delete = ON")
    }
    return configuration
  }

  /// Sets what the writing connection must have and reads it back.
  ///
  /// A pool sets `synchronous` to NORMAL when it is created, after it has prepared the connection: a power cut could then
  /// take back commits that were acknowledged.
  static func settle(_ db: Database) throws {
    try db.execute(sql: "PRAGMA synchronous = FULL")
    // Pages are moved from the log to the file when it has grown to 64 MiB, not with every large batch: a page that many
    // batches write is then moved once.
    try db.execute(sql: "PRAGMA wal_autocheckpoint = 16384")
    try db.execute(sql: "PRAGMA journal_size_limit = \(64 << 20)")
    let settings = try ConnectionSettings(db)
    guard settings.isDurable else {
      throw DatabaseError(
        message: "the connection has \(settings), expected journal wal, synchronous 2, secure_delete 1")
    }
  }

  /// Refuses a file that another program, or a newer version of this store, has written.
  static func refuseForeignFile(_ path: String) throws {
    guard FileManager.default.fileExists(atPath: path) else { return }
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(10)
    let tables = try DatabaseQueue(path: path, configuration: configuration).read { db in
      if try Int64.fetchOne(db, sql: "PRAGMA application_id") == Schema.applicationID {
        guard try !Schema.migrator.hasBeenSuperseded(db) else {
          throw StorageError(.unsupportedSchema, "a newer version of the store has written the file")
        }
        return 0
      }
      // The list of migrations comes first when a file is made, and another process may be at it.
      return try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master WHERE tbl_name <> 'grdb_migrations'") ?? 0
    }
    guard tables == 0 else {
      throw StorageError(.unsupportedSchema, "the file is a database of another program")
    }
  }

  /// Brings the tables up to date; of several processes that do it at once, one does.
  static func migrate(_ pool: DatabasePool) throws {
    let migrator = Schema.migrator
    if try pool.read(migrator.hasCompletedMigrations) { return }
    do {
      try migrator.migrate(pool)
    } catch {
      guard try pool.read(migrator.hasCompletedMigrations) else { throw error }
    }
  }

  /// Opens, and tries again while another process has the file for itself: it creates it, or mends it after a crash.
  static func patiently<Result>(_ options: Options, _ open: () throws -> Result) async throws -> Result {
    let clock = ContinuousClock()
    let deadline = clock.now + options.busyTimeout
    while true {
      do { return try open() } catch let error as DatabaseError
        where error.resultCode == .SQLITE_BUSY && clock.now < deadline
      {
        try await Task.sleep(for: .milliseconds(10))
      }
    }
  }
}
