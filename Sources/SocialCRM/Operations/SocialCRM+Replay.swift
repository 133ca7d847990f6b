public import SCRMModel

extension SocialCRM {
  /// Decides the log of one store again into another, in the order of receipt.
  ///
  /// Into an empty store, or one that holds the baseline of a compaction, this gives the same state byte for byte as the
  /// one that wrote the log, whatever the batch size.
  /// - Parameters:
  ///   - source: where the log is read.
  ///   - target: where it is decided again; its log must be a beginning of the source's.
  ///   - configuration: the configuration under which the log was written, or its latest.
  ///   - earlier: the configurations that were in force before, in any order; each takes over where the log says so.
  ///   - batchSize: how many entries are decided together.
  /// - Throws: `SCRMError` with `configurationMismatch` when the log was written under another configuration; what the
  ///   stores throw.
  public static func replay(
    _ source: any SCRMStore, into target: any SCRMStore, configuration: Configuration,
    earlier: [Configuration] = [], batchSize: Int = 250
  ) async throws {
    var known: [String: Configuration] = [:]
    for one in earlier + [configuration] { known[one.fingerprint] = one }
    let state = try await target.states(LoopState.kind, [LoopState.key])[0].map { try LoopState($0) }
    var crm = SocialCRM(
      replayingInto: target, configuration: state.flatMap { known[$0.configuration] } ?? configuration)
    while true {
      let page = try await source.log(after: try await target.head(), limit: max(batchSize, 1))
      if page.isEmpty { return }
      var rest = page[...]
      while let first = rest.first {
        if case .configuration(let hash) = first.body, let next = known[hash] {
          crm = SocialCRM(replayingInto: target, configuration: next)
        }
        let end = rest.dropFirst().firstIndex { $0.isConfiguration } ?? rest.endIndex
        try await crm.replay(Array(rest[..<end]))
        rest = rest[end...]
      }
    }
  }

  private func replay(_ entries: [LogEntry]) async throws {
    var index = 0
    while index < entries.count {
      var run: [(interaction: Interaction, mode: IngestMode)] = []
      while index < entries.count, case .interaction(let interaction, let mode) = entries[index].body {
        run.append((interaction, mode))
        index += 1
      }
      if !run.isEmpty { try await replay(run) }
      guard index < entries.count else { return }
      try await replay(entries[index])
      index += 1
    }
  }

  private func replay(_ run: [(interaction: Interaction, mode: IngestMode)]) async throws {
    let outcomes = try await decide(PreparedBatch(replaying: run, identity: configuration.identity))
    if let refused = outcomes.first(where: { !$0.isAccepted }) {
      throw refused.refusal
        ?? SCRMError(.conflictingBody, subject: refused.key.description, "the log holds the interaction twice")
    }
  }

  private func replay(_ entry: LogEntry) async throws {
    let expected = configuration.fingerprint
    let known: [StateRecord]
    if case .snapshot(let snapshot) = entry.body {
      known = try await BatchLoader(store: store, configuration: configuration).scores(named: snapshot.name)
    } else {
      known = []
    }
    if case .identity(let ruling) = entry.body {
      _ = try await committing { loaded throws in try await self.decide(ruling, loaded) }
      return
    }
    _ = try await committing { loaded throws in
      var loaded = loaded
      var fold = try BatchFold(&loaded, configuration: self.configuration)
      switch entry.body {
      case .clock(let time): fold.fold(clock: time)
      case .snapshot(let snapshot):
        let notes = try await self.notes(of: snapshot, replacing: known, before: loaded)
        fold.fold(snapshot, replacing: known, noting: notes)
      case .tombstone(let tombstone): fold.fold(tombstone, actor: entry.actor, addressee: entry.addressee)
      case .erasure(let receipt): fold.fold(erasure: receipt)
      case .configuration(let hash):
        guard hash == expected else {
          throw SCRMError(
            .configurationMismatch, subject: "log entry \(entry.position)",
            "expected configuration \(expected), the log was written under \(hash)")
        }
        fold.fold(configuration: hash)
      case .interaction, .identity: break
      }
      return (fold.changeSet(key: "replay-\(loaded.base)"), ())
    }
    switch entry.body {
    case .clock, .snapshot: _ = try await evaluateDue()
    default: break
    }
  }
}

extension LogEntry {
  fileprivate var isConfiguration: Bool { if case .configuration = body { true } else { false } }
}
