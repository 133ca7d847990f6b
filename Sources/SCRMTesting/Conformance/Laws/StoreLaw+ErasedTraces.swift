import SocialCRM

extension StoreLaw {
  /// Every byte that can be read from a store under the keys.
  private static func readable(_ store: any SCRMStore) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    for table in try await StoreView(store, ErasureCase.known).tables {
      for row in table.rows { bytes += row + [0x0A] }
    }
    return bytes
  }

  static let erasedTraces: [StoreLaw] = [
    StoreLaw("traces.readable", "No read gives a byte of them any more: not as text, not within a state.") { run in
      let store = try await run.fresh(holding: ErasureCase.changes)
      try require(
        !ErasureCase.traces(in: try await readable(store)).isEmpty, "the marker cannot be read before the erasure")
      _ = try await store.erase(ErasureCase.request)
      let traces = ErasureCase.traces(in: try await readable(store))
      try require(traces.isEmpty, "the marker can still be read: \(traces.joined(separator: ", "))")
    },
    StoreLaw(
      "traces.stored", "No stored byte of them is left: not in tables, indexes, journals, free pages.",
      needs: [.storedBytes]
    ) { run in
      try await requireNoStoredTrace(run) { _ in }
    },
    StoreLaw(
      "traces.stored-after-changes", "Nor of earlier versions of their records and of rows removed before.",
      needs: [.storedBytes]
    ) { run in
      try await requireNoStoredTrace(run) { store in
        let marker = ErasureCase.marker
        var changes = ChangeSet("later", on: try await store.head())
        changes.add(Sample.interaction(Sample.event(marker + "3"), from: marker), actor: Sample.account(1))
        changes.people = [
          Change(Sample.fullPerson(1, marker + "-new", by: ErasureCase.own, version: 2), replaces: LogPosition(1))
        ]
        let long = (0..<2_000).flatMap { _ in Array(marker.utf8) }
        changes.states = [
          Change(Sample.state(.person(Sample.person(1)), version: 2, bytes: long), replaces: LogPosition(1)),
          Change(Sample.state(.event(ErasureCase.own)), replaces: LogPosition(1), isRemoval: true),
        ]
        changes.memberships = [MembershipChange(Sample.membership("vip", 1), isEntry: false)]
        _ = try await store.commit(changes)
        let claims = try await store.claim(limit: 1, worker: "w", at: Sample.now, lease: .seconds(9))
        for claim in claims { try await store.retry(claim, at: Sample.now, reason: marker) }
      }
    },
    StoreLaw(
      "traces.stored-after-compaction", "Nor in the baseline of a compaction, nor in the digest of what was compacted.",
      needs: [.storedBytes]
    ) { run in
      try await requireNoStoredTrace(run) { store in _ = try await store.compact(before: .distantFuture) }
    },
  ]

  private static func requireNoStoredTrace(
    _ run: LawRun, after change: (any SCRMStore) async throws -> Void
  ) async throws {
    guard let stored = run.conformance.capabilities.storedBytes else { return }
    let store = try await run.fresh(holding: ErasureCase.changes)
    try await change(store)
    try require(
      !ErasureCase.traces(in: try await stored(store)).isEmpty,
      "storedBytes does not show the marker before the erasure, so it cannot show that it is gone")
    _ = try await store.erase(ErasureCase.request)
    let traces = ErasureCase.traces(in: try await stored(store))
    try require(traces.isEmpty, "the marker is still stored: \(traces.joined(separator: ", "))")
  }
}
