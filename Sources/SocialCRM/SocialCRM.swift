public import SCRMModel
import StateCoding

/// The loop: interactions become known people, live segments and proposed actions, on the host's own store.
///
/// For every batch it does three steps: *load* what the batch touches in bulk reads, *decide* in pure code, *commit*
/// everything at once or not at all. A repeated interaction changes nothing; a conflict with another writer is decided
/// again on what is stored then. Time comes from outside: the loop's time is the latest receive time it was given or the
/// time it was advanced to.
///
/// ```swift
/// let crm = try await SocialCRM(store: InMemoryStore(), configuration: try .init(segments: segments, rules: rules))
/// let outcomes = try await crm.ingest([interaction])
/// print(outcomes[0].actions.map(\.kind))
/// ```
///
/// One `SocialCRM` writes a workspace at a time; callers that come together wait for their turn in order.
public actor SocialCRM {
  /// The store.
  public nonisolated let store: any SCRMStore
  /// How it decides.
  public nonisolated let configuration: Configuration
  let gate = SerialGate()

  /// Opens a workspace.
  ///
  /// Notes the configuration in the log when it differs from the one in force, and finishes an advance of time that was
  /// interrupted.
  /// - Throws: whatever the store throws; `SCRMError` when stored state cannot be read.
  public init(store: any SCRMStore, configuration: Configuration) async throws {
    self.store = store
    self.configuration = configuration
    try await noteConfiguration()
    try await finishAdvance()
  }

  /// Opens a workspace for a replay, which brings its own configuration entries.
  init(replayingInto store: any SCRMStore, configuration: Configuration) {
    self.store = store
    self.configuration = configuration
  }

  /// Notes the configuration in the log, when it differs from the one in force.
  private func noteConfiguration() async throws {
    let fingerprint = configuration.fingerprint
    _ = try await committing { loaded throws in
      var loaded = loaded
      var fold = try BatchFold(&loaded, configuration: self.configuration)
      if fold.loop.configuration == fingerprint { return (nil, ()) }
      fold.fold(configuration: fingerprint)
      return (fold.changeSet(key: "configuration-\(loaded.base)-\(fingerprint)"), ())
    }
  }
}

extension SocialCRM {
  /// Loads, decides and commits; after a conflict all three are done again on what is stored then.
  func committing<Result>(
    _ decide: (LoadedBatch) async throws -> (changes: ChangeSet?, result: Result)
  ) async throws -> Result {
    let loader = BatchLoader(store: store, configuration: configuration)
    return try await retrying {
      let (changes, result) = try await decide(try await loader.begin())
      if let changes { _ = try await store.commit(changes) }
      return result
    }
  }

  /// Does it again when the store has moved on meanwhile, as often as the configuration allows.
  func retrying<Result>(_ body: () async throws -> Result) async throws -> Result {
    var attempt = 0
    while true {
      do { return try await body() } catch let error as StorageError where error.meansMovedOn {
        attempt += 1
        guard attempt <= configuration.conflictRetries else { throw error }
        configuration.observer?.observe(.conflict(attempt: attempt))
      }
    }
  }
}

extension StorageError {
  /// Whether the store has moved on since it was read, so that the decision has to be made again.
  ///
  /// A commit key names the base: when another host used it for another body, the log has moved on from there.
  var meansMovedOn: Bool { code == .conflict || code == .duplicateEvent || code == .keyReused }
}
