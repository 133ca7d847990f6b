import GRDB
public import SocialCRM

/// A database file that holds any number of workspaces, each reached through its own handle and through nothing else.
///
/// Several processes may have the file open at once: one writes at a time, the others wait; readers never wait. What a
/// commit wrote is on the disk when it returns, since the write-ahead log is synchronised with each transaction.
///
/// ```swift
/// let database = try await SQLiteDatabase(path: "crm.sqlite")
/// let crm = try await SocialCRM(store: try await database.open("acme"), configuration: configuration)
/// ```
public final class SQLiteDatabase: Sendable {
  /// How a file is opened.
  public struct Options: Sendable, Hashable {
    /// How long a writer waits for another process before it gives up with SQLite's `SQLITE_BUSY`.
    ///
    /// Default 10 seconds.
    public var busyTimeout: Duration = .seconds(10)
    /// How many readers may read at once.
    ///
    /// Default 4.
    public var readers = 4
    /// Bytes of pages that each connection keeps in memory.
    ///
    /// Default 16 MiB.
    public var cacheBytes = 16 << 20

    /// The defaults.
    public init() {}
  }

  /// The path of the file.
  public var path: String { pool.path }
  let pool: DatabasePool
  let options: Options

  /// Opens a file, or creates it, and brings its tables up to date; finishes an erasure that was cut off.
  ///
  /// - Throws: `StorageError` with `unsupportedSchema` for a file that a newer version of this store wrote or that is no
  ///   file of this store; it is left as it is. `DatabaseError` for what SQLite refuses.
  public init(path: String, options: Options = Options()) async throws {
    self.options = options
    let configuration = Self.configuration(options)
    pool = try await Self.patiently(options) {
      // Whether the file is one of this store is asked before anything is written.
      try Self.refuseForeignFile(path)
      let pool = try DatabasePool(path: path, configuration: configuration)
      try pool.writeWithoutTransaction(Self.settle)
      try Self.migrate(pool)
      return pool
    }
    if try await read(Self.mustScrub) { try await scrub() }
  }

  /// The handle on a workspace; it is created when it is opened first.
  public func open(_ workspace: WorkspaceID) async throws -> SQLiteStore {
    if let number = try await read({ try WorkspaceTable.number($0, of: workspace) }) {
      return SQLiteStore(workspace: workspace, number: number, database: self)
    }
    let number = try await write { try WorkspaceTable.add(workspace, $0) }
    return SQLiteStore(workspace: workspace, number: number, database: self)
  }

  /// Closes all connections; handles cannot be used afterwards.
  ///
  /// Without it the file is closed when the last handle is released.
  public func close() throws { try pool.close() }

  /// Reads what holds at one moment.
  func read<Result: Sendable>(_ body: @escaping @Sendable (Database) throws -> Result) async throws -> Result {
    try await pool.read(body)
  }

  /// Writes everything in `body` or nothing.
  ///
  /// A caller that is cancelled before the transaction begins finds nothing done; one that is cancelled later gets the
  /// result. GRDB's own cancellation could strike between the two.
  func write<Result: Sendable>(_ body: @escaping @Sendable (Database) throws -> Result) async throws -> Result {
    try await exclusively { db in
      try db.beginTransaction(.immediate)
      do {
        let result = try body(db)
        try db.commit()
        return result
      } catch {
        if db.isInsideTransaction { try db.rollback() }
        throw error
      }
    }
  }

  /// Runs `body` on the writing connection, outside of a transaction.
  ///
  /// - Parameter isCancellable: whether a task that is cancelled before its turn comes throws `CancellationError`.
  func exclusively<Result: Sendable>(
    isCancellable: Bool = true, _ body: @escaping @Sendable (Database) throws -> Result
  ) async throws -> Result {
    let cancellation = CancellationFlag()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        pool.asyncWriteWithoutTransaction { db in
          let result = Swift.Result {
            if isCancellable, cancellation.isSet { throw CancellationError() }
            return try body(db)
          }
          continuation.resume(with: result)
        }
      }
    } onCancel: {
      cancellation.set()
    }
  }
}
