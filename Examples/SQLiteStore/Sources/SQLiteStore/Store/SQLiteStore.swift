public import SocialCRM

/// A handle on one workspace of a ``SQLiteDatabase``: every storage protocol of the SDK on SQLite.
///
/// Keys are stored and ordered as bytes, times exactly. A batch of reads is one query in a few blocks of keys; a commit is
/// one transaction. Open a handle with ``SQLiteDatabase/open(_:)`` or ``init(path:workspace:options:)``.
public struct SQLiteStore: SCRMStore {
  /// The workspace the handle is opened for.
  public let workspace: WorkspaceID
  /// The file the workspace is in.
  public let database: SQLiteDatabase
  /// The number by which the tables know the workspace.
  let number: Int64

  init(workspace: WorkspaceID, number: Int64, database: SQLiteDatabase) {
    self.workspace = workspace
    self.database = database
    self.number = number
  }

  /// Opens a workspace of a file; both are created when they are opened first.
  /// - Throws: `StorageError` with `unsupportedSchema` for a file of a newer version or of another program;
  ///   `DatabaseError` for what SQLite refuses.
  public init(
    path: String, workspace: WorkspaceID = "default", options: SQLiteDatabase.Options = SQLiteDatabase.Options()
  ) async throws {
    self = try await SQLiteDatabase(path: path, options: options).open(workspace)
  }
}
