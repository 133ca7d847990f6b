import SocialCRM

extension StoreLaw {
  static let reopening: [StoreLaw] = [
    StoreLaw(
      "reopen.everything", "A store that is opened again holds what was acknowledged, in every table.", needs: [.reopen]
    ) {
      run in
      var store = try await run.fresh()
      let reference = InMemoryStore(workspace: "kit")
      for step in CrashScript.steps {
        try await step(store)
        try await step(reference)
      }
      store = try await run.reopened(store)
      try requireSame(store.workspace, "kit", "the workspace of the new handle")
      try await requireSameContent(store, as: reference, CrashScript.known, "after reopening", pages: [3, 100])
    },
    StoreLaw("reopen.nothing", "An empty store is empty when it is opened again.", needs: [.reopen]) { run in
      let store = try await run.reopened(try await run.fresh())
      let reference = InMemoryStore(workspace: "kit")
      try await requireSameContent(store, as: reference, KnownKeys(.full()), "after reopening")
      _ = try await store.commit(.full())
    },
    StoreLaw(
      "reopen.repeated-key", "A commit is recognised after the store was opened again; another body is refused.",
      needs: [.reopen]
    ) {
      run in
      let changes = ChangeSet.full()
      let store = try await run.reopened(try await run.fresh(holding: changes))
      let expected = CommitReceipt(key: changes.key, head: changes.head)
      try requireSame(try await store.commit(changes), expected, "the receipt")
      try requireSame(try await store.everyAction().count, 3, "the actions")
      try await requireRefusal(.keyReused, "another body") {
        _ = try await store.commit(ChangeSet(changes.key, on: changes.head, events: ["new"]))
      }
    },
    StoreLaw("reopen.refused", "Nothing of a refused commit is there when the store is opened again.", needs: [.reopen])
    {
      run in
      let content = ChangeSet.full()
      let store = try await run.fresh(holding: content)
      var bad = ChangeSet.full("bad", count: 5, first: 100, on: content.head)
      bad.actions.append(Sample.action(1))
      try await requireRefusal(.malformed, "a known action") { _ = try await store.commit(bad) }
      let reference = InMemoryStore(workspace: "kit")
      _ = try await reference.commit(content)
      let reopened = try await run.reopened(store)
      try await requireSameContent(reopened, as: reference, KnownKeys(content, bad), "after reopening")
    },
    StoreLaw(
      "reopen.claims", "Claims outlive the handle: they are held, can be settled, and later fences are higher.",
      needs: [.reopen]
    ) {
      run in
      var changes = ChangeSet("a", events: ["1"])
      changes.actions = (1...3).map { Sample.action($0) }
      var store = try await run.fresh(holding: changes)
      let held = try await store.claim(limit: 2, worker: "w", at: Sample.now, lease: .seconds(60))
      try require(held.count == 2, "2 actions are claimed, found \(held.count)")
      store = try await run.reopened(store)
      let free = try await store.claim(limit: 9, worker: "v", at: Sample.time(59), lease: .seconds(60))
      try requireSame(free.map(\.action.id), [Sample.actionID(3)], "the actions that nobody held")
      try await store.acknowledge(held[0])
      let taken = try await store.claim(limit: 1, worker: "v", at: Sample.time(60), lease: .seconds(60))
      let claim = try required(taken.first, "a claim after the lease")
      try require(claim.fence > held[1].fence, "fence \(claim.fence) after \(held[1].fence)")
      store = try await run.reopened(store)
      try await requireRefusal(.claimLost, "acknowledge of the older claim") { try await store.acknowledge(held[1]) }
      try await store.acknowledge(claim)
    },
    StoreLaw("reopen.erased", "What was erased stays erased, and erased events are still recognised.", needs: [.reopen])
    {
      run in
      let store = try await run.reopened(try await ErasureCase.erased(run))
      let reference = InMemoryStore(workspace: "kit")
      _ = try await reference.commit(ErasureCase.changes)
      _ = try await reference.erase(ErasureCase.request)
      try await requireSameContent(store, as: reference, ErasureCase.known, "after reopening")
      var again = ChangeSet("again", on: try await store.head())
      again.add(Sample.interaction(ErasureCase.own))
      try await requireRefusal(.duplicateEvent, "a delivery of an erased event") { _ = try await store.commit(again) }
      try requireSame(try await store.commit(ErasureCase.changes).head, ErasureCase.changes.head, "the old receipt")
    },
    StoreLaw(
      "reopen.between-any-two",
      "A process may end between any two calls: all before are there, and the rest can follow.", needs: [.reopen]
    ) {
      run in
      for cut in 0...CrashScript.steps.count {
        var store = try await run.fresh()
        let reference = InMemoryStore(workspace: "kit")
        for step in CrashScript.steps.prefix(cut) {
          try await step(store)
          try await step(reference)
        }
        store = try await run.reopened(store)
        try await requireSameContent(store, as: reference, CrashScript.known, "reopened after \(cut) calls")
        for step in CrashScript.steps.dropFirst(cut) {
          try await step(store)
          try await step(reference)
        }
        try await requireSameContent(store, as: reference, CrashScript.known, "in the end, reopened after \(cut) calls")
      }
    },
    StoreLaw(
      "reopen.after-fault", "Nothing of a commit that failed halfway is there when the store is opened again.",
      needs: [.reopen, .failNextCommit]
    ) {
      run in
      let content = ChangeSet.full()
      let reference = InMemoryStore(workspace: "kit")
      _ = try await reference.commit(content)
      let changes = ChangeSet.full("next", count: 2, first: 100, on: content.head)
      let known = KnownKeys(content, changes)
      for row in stride(from: 0, to: changes.rowCount, by: 5) {
        var store = try await run.fresh(holding: content)
        try await run.conformance.capabilities.failNextCommit?(store, row)
        let failed: Bool
        do {
          _ = try await store.commit(changes)
          failed = false
        } catch { failed = true }
        try require(failed, "a commit went through with a fault after row \(row)")
        store = try await run.reopened(store)
        try await requireSameContent(store, as: reference, known, "reopened after a fault at row \(row)")
        try requireSame(try await store.commit(changes).head, changes.head, "the head of the repeated commit")
      }
    },
    StoreLaw(
      "reopen.unknown-schema", "Data in the format of a later version is refused with unsupportedSchema.",
      needs: [.openUnknownSchema]
    ) {
      run in
      try await requireRefusal(.unsupportedSchema, "opening it") {
        _ = try await run.conformance.capabilities.openUnknownSchema?()
      }
    },
  ]
}
