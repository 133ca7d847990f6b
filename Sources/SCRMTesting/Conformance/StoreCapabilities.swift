public import SocialCRM

/// What a host hands to the kit beside an empty store, so that more laws can be tried.
///
/// Each part is optional; the laws that need a missing one are skipped and say so. All of them speak of stores that
/// `make` (or one of these functions) returned.
public struct StoreCapabilities: Sendable {
  /// Closes the store and opens the same data again, as after a restart of the process.
  ///
  /// The kit does not use the old handle any more.
  public var reopen: (@Sendable (any SCRMStore) async throws -> any SCRMStore)?
  /// Opens a second handle on the same workspace of the same data while the first stays in use.
  public var secondHandle: (@Sendable (any SCRMStore) async throws -> any SCRMStore)?
  /// Opens empty stores for several workspaces in one database, in the order of the ids.
  public var severalWorkspaces: (@Sendable ([WorkspaceID]) async throws -> [any SCRMStore])?
  /// Lets the next commit on the store fail once, after that number of rows was written (0 for before the first).
  ///
  /// When the change set has fewer rows, the fault may come before the commit is made durable or not at all.
  public var failNextCommit: (@Sendable (any SCRMStore, _ afterRows: Int) async throws -> Void)?
  /// Every byte the store keeps for its data: all files with journals, or all keys and values.
  public var storedBytes: (@Sendable (any SCRMStore) async throws -> [UInt8])?
  /// Opens data that was written in a format of a later version, which must be refused.
  public var openUnknownSchema: (@Sendable () async throws -> any SCRMStore)?
  /// The store that a replay starts from after a compaction: the log and the tables of the baseline.
  public var replayStart: (@Sendable (any SCRMStore) async throws -> any SCRMStore)?
  /// Releases what a handle took, such as a temporary file, when a law is done with it.
  ///
  /// Called once for each handle, the latest first; also for those that `reopen` has closed.
  public var discard: (@Sendable (any SCRMStore) async -> Void)?
  /// Whether several tasks may call a handle at once, as the loop does.
  ///
  /// Default true.
  public var allowsConcurrentCalls: Bool

  /// Declares capabilities.
  public init(
    reopen: (@Sendable (any SCRMStore) async throws -> any SCRMStore)? = nil,
    secondHandle: (@Sendable (any SCRMStore) async throws -> any SCRMStore)? = nil,
    severalWorkspaces: (@Sendable ([WorkspaceID]) async throws -> [any SCRMStore])? = nil,
    failNextCommit: (@Sendable (any SCRMStore, _ afterRows: Int) async throws -> Void)? = nil,
    storedBytes: (@Sendable (any SCRMStore) async throws -> [UInt8])? = nil,
    openUnknownSchema: (@Sendable () async throws -> any SCRMStore)? = nil,
    replayStart: (@Sendable (any SCRMStore) async throws -> any SCRMStore)? = nil,
    discard: (@Sendable (any SCRMStore) async -> Void)? = nil, allowsConcurrentCalls: Bool = true
  ) {
    self.reopen = reopen
    self.secondHandle = secondHandle
    self.severalWorkspaces = severalWorkspaces
    self.failNextCommit = failNextCommit
    self.storedBytes = storedBytes
    self.openUnknownSchema = openUnknownSchema
    self.replayStart = replayStart
    self.discard = discard
    self.allowsConcurrentCalls = allowsConcurrentCalls
  }

  /// Why a law that needs these cannot be tried; `nil` when it can.
  func missing(of needs: [Need]) -> String? {
    let missing = needs.filter { !has($0) }.map(\.rawValue)
    return missing.isEmpty ? nil : "StoreCapabilities does not declare " + missing.joined(separator: ", ")
  }

  private func has(_ need: Need) -> Bool {
    switch need {
    case .reopen: reopen != nil
    case .severalWorkspaces: severalWorkspaces != nil
    case .failNextCommit: failNextCommit != nil
    case .storedBytes: storedBytes != nil
    case .openUnknownSchema: openUnknownSchema != nil
    case .replayStart: replayStart != nil
    case .secondHandle: secondHandle != nil
    case .concurrentCalls: allowsConcurrentCalls
    }
  }

  /// What a law may need.
  enum Need: String, Sendable {
    case reopen, secondHandle, severalWorkspaces, failNextCommit, storedBytes, openUnknownSchema, replayStart
    case concurrentCalls = "allowsConcurrentCalls"
  }
}
