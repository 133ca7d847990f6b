import SocialCRM

extension StoreLaw {
  /// A row that a store must refuse, put at a place among good ones.
  private struct BadRow: Sendable {
    let name: String
    let code: StorageError.Code
    let insert: @Sendable (inout ChangeSet, Int) -> Void
  }

  private static let badRows: [BadRow] = [
    BadRow(name: "a known event", code: .duplicateEvent) { changes, place in
      guard place < changes.entries.count else { return }
      let position = changes.entries[place].position
      changes.entries[place] = Sample.entry(position, Sample.interaction(Sample.event(UInt64(1))))
    },
    BadRow(name: "a position with a gap", code: .malformed) { changes, place in
      guard place < changes.entries.count else { return }
      changes.entries[place].position = LogPosition(changes.entries[place].position.rawValue + 1_000)
    },
    BadRow(name: "a stale identity", code: .conflict) { changes, place in
      changes.identities.insert(
        Change(Sample.identity("k1", 1), replaces: nil), at: min(place, changes.identities.count))
    },
    BadRow(name: "a stale person", code: .conflict) { changes, place in
      let change = Change(Sample.personRecord(1, version: 9), replaces: LogPosition(7))
      changes.people.insert(change, at: min(place, changes.people.count))
    },
    BadRow(name: "a stale tie", code: .conflict) { changes, place in
      let change = Change(Sample.tie(1, 2), replaces: LogPosition(7), isRemoval: true)
      changes.ties.insert(change, at: min(place, changes.ties.count))
    },
    BadRow(name: "a stale state", code: .conflict) { changes, place in
      let change = Change(Sample.state(.name("absent")), replaces: LogPosition(7))
      changes.states.insert(change, at: min(place, changes.states.count))
    },
    BadRow(name: "a known action", code: .malformed) { changes, place in
      changes.actions.insert(Sample.action(1), at: min(place, changes.actions.count))
    },
  ]

  static let atomicity: [StoreLaw] =
    badRows.enumerated().map { number, row in
      let subject = ["event", "gap", "identity", "person", "tie", "state", "action"][number]
      return StoreLaw("atomic.\(subject)", "A change set with \(row.name) at any place writes nothing at all.") { run in
        let content = ChangeSet.full()
        let store = try await run.fresh(holding: content)
        let good = ChangeSet.full("big", count: 8, first: 100, on: content.head)
        let known = KnownKeys(content, good)
        let view = try await StoreView(store, known)
        for place in [0, 1, 4, 7, 8] {
          var bad = good
          row.insert(&bad, place)
          if bad == good { continue }
          try await requireRefusal(row.code, "\(row.name) at place \(place)") { _ = try await store.commit(bad) }
          try await requireUnchanged(store, since: view, known, "a commit with \(row.name) at place \(place)")
        }
        _ = try await store.commit(good)
        let reference = InMemoryStore(workspace: "kit")
        for changes in [content, good] { _ = try await reference.commit(changes) }
        try await requireSameContent(store, as: reference, known, "the same change set without the bad row")
      }
    } + [
      StoreLaw(
        "atomic.fault", "A commit that fails after any number of rows has written nothing, and can be repeated.",
        needs: [.failNextCommit]
      ) { run in
        let content = ChangeSet.full()
        let store = try await run.fresh(holding: content)
        var base = content.head
        var known = KnownKeys(content)
        let reference = InMemoryStore(workspace: "kit")
        _ = try await reference.commit(content)
        let rows = ChangeSet.full("size", count: 2, first: 100, on: base).rowCount
        for row in 0..<rows {
          let first = 100 + UInt64(row) * 10
          let changes = ChangeSet.full("fault \(row)", count: 2, first: first, on: base)
          known.add(changes)
          let view = try await StoreView(store, known)
          try await run.conformance.capabilities.failNextCommit?(store, row)
          do {
            _ = try await store.commit(changes)
            throw LawFailure("a commit of \(rows) rows went through with a fault after row \(row)")
          } catch let failure as LawFailure { throw failure } catch {
            try await requireUnchanged(store, since: view, known, "a commit that failed after row \(row) (\(error))")
          }
          _ = try await store.commit(changes)
          _ = try await reference.commit(changes)
          base = changes.head
        }
        try await requireSameContent(store, as: reference, known, "after all faults")
      }
    ]
}
