import SocialCRM

extension StoreLaw {
  /// Interactions that were received on four days, with everything else there can be in a log.
  private static let history: ChangeSet = {
    var changes = ChangeSet.full("history", count: 4)
    for (index, entry) in changes.entries.enumerated() {
      guard case .interaction(var interaction, let mode) = entry.body else { continue }
      interaction.received = Sample.now.advanced(by: .days(index))
      changes.entries[index].body = .interaction(interaction, mode)
    }
    changes.add(.tombstone(Tombstone(key: Sample.event("gone"), digest: "00", reason: .compacted)))
    return changes
  }()

  private static var thirdDay: Instant { Sample.now.advanced(by: .days(2)) }

  /// The tables that a replay gives again; how actions stand is not decided by the log.
  private static let delivery: Set<String> = ["outbox", "actions by id"]

  static let compaction: [StoreLaw] = [
    StoreLaw(
      "compact.content", "Interactions received before the time become tombstones with the digest of their content."
    ) {
      run in
      let store = try await run.fresh(holding: history)
      try requireSame(try await store.compact(before: thirdDay), 2, "the number of entries")
      let entries = try await store.everyEntry()
      try requireSame(entries.count, history.entries.count, "the entries")
      for (entry, before) in zip(entries, history.entries) {
        guard case .interaction(let interaction, _) = before.body, interaction.received < thirdDay else {
          try requireSame(entry.jsonText, before.jsonText, "entry \(before.position), which is to stay")
          continue
        }
        let tombstone = Tombstone(key: interaction.key, digest: interaction.contentDigest, reason: .compacted)
        try require(entry.body == .tombstone(tombstone), "entry \(entry.position) is not the tombstone of its content")
        try requireSame(entry.actor, before.actor, "the actor of entry \(entry.position)")
        try requireSame(entry.addressee, before.addressee, "the addressee of entry \(entry.position)")
      }
    },
    StoreLaw("compact.tables", "Compaction changes no table but the log.") { run in
      let store = try await run.fresh(holding: history)
      let known = KnownKeys(history)
      let view = try await StoreView(store, known)
      _ = try await store.compact(before: thirdDay)
      let after = try await StoreView(store, known)
      if let difference = after.difference(from: view, except: ["log", "entries by key"]) {
        throw LawFailure(difference)
      }
    },
    StoreLaw("compact.again", "A second compaction with the same time finds nothing, a later one the rest.") { run in
      let store = try await run.fresh(holding: history)
      try requireSame(try await store.compact(before: .distantPast), 0, "before the first")
      try requireSame(try await store.compact(before: thirdDay), 2, "the first")
      try requireSame(try await store.compact(before: thirdDay), 0, "the second")
      try requireSame(try await store.compact(before: .distantFuture), 2, "a later one")
    },
    StoreLaw("compact.redelivery", "A compacted event is found by its key and refused as a duplicate.") { run in
      let store = try await run.fresh(holding: history)
      _ = try await store.compact(before: .distantFuture)
      let found = try await store.entries(for: [Sample.event(UInt64(2))])
      try requireSame(found.map { $0?.position.rawValue }, [2], "the position")
      try await requireRefusal(.duplicateEvent, "the delivery") {
        _ = try await store.commit(ChangeSet("again", on: try await store.head(), events: ["e2"]))
      }
    },
    StoreLaw(
      "compact.redacted",
      "An interaction whose target was erased has an empty digest, as its content is not what was delivered."
    ) {
      run in
      let store = try await ErasureCase.erased(run)
      try requireSame(try await store.compact(before: .distantFuture), 2, "the number of entries")
      guard case .tombstone(let tombstone)? = try await store.entries(for: [ErasureCase.answer]).first??.body else {
        throw LawFailure("the answer is no tombstone")
      }
      try requireSame(tombstone, Tombstone(key: ErasureCase.answer, digest: "", reason: .compacted), "the tombstone")
    },
    StoreLaw("compact.then-erase", "An erasure after a compaction reaches the tombstones of both sides.") { run in
      let store = try await run.fresh(holding: ErasureCase.changes)
      try requireSame(try await store.compact(before: .distantFuture), 4, "the number of entries")
      let receipt = try await store.erase(ErasureCase.request)
      try requireSame(receipt.interactions, 2, "the interactions in the receipt")
      try requireSame(receipt.redactedInteractions, 1, "the redacted ones in the receipt")
      let entries = try await store.everyEntry()
      let own = Tombstone(key: ErasureCase.erasedID, digest: "", reason: .erased)
      try require(entries.first?.body == .tombstone(own), "their own entry is not the tombstone of an erasure")
      let answer = Tombstone(key: ErasureCase.answer, digest: "", reason: .compacted)
      try require(
        entries.dropFirst(2).first?.body == .tombstone(answer), "the digest of what was written to them is left")
      try requireSame(entries.dropFirst(2).first?.addressee, nil, "the addressee of what was written to them")
    },
    StoreLaw(
      "compact.baseline", "A replay from the baseline over what remains of the log gives the same tables.",
      needs: [.replayStart]
    ) { run in
      let store = try await run.fresh(holding: history)
      _ = try await store.compact(before: thirdDay)
      let position = try await store.head()
      let later = ChangeSet.full("later", count: 2, first: 50, on: position)
      _ = try await store.commit(later)
      guard let start = try await run.conformance.capabilities.replayStart?(store) else { return }
      try requireSame(try await start.head(), position, "the end of the log of the baseline")
      _ = try await start.commit(later)
      let known = KnownKeys(history, later)
      let replayed = try await StoreView(start, known)
      if let difference = replayed.difference(from: try await StoreView(store, known), except: delivery) {
        throw LawFailure("the replayed store: \(difference)")
      }
    },
    StoreLaw(
      "compact.baseline-erased", "An erasure reaches the baseline of an earlier compaction.", needs: [.replayStart]
    ) { run in
      let store = try await run.fresh(holding: ErasureCase.changes)
      _ = try await store.compact(before: .distantFuture)
      _ = try await store.erase(ErasureCase.request)
      guard let start = try await run.conformance.capabilities.replayStart?(store) else { return }
      var rest = ChangeSet("rest", on: try await start.head())
      rest.entries = try await store.log(after: rest.base, limit: 9)
      _ = try await start.commit(rest)
      let replayed = try await StoreView(start, ErasureCase.known)
      let expected = try await StoreView(store, ErasureCase.known)
      if let difference = replayed.difference(from: expected, except: delivery) {
        throw LawFailure("the baseline: \(difference)")
      }
    },
  ]
}
