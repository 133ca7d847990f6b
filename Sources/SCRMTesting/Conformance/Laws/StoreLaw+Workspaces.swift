import SocialCRM

extension StoreLaw {
  private static func law(
    _ name: String, _ summary: String, needs: [StoreCapabilities.Need] = [],
    _ check: @escaping @Sendable (LawRun) async throws -> Void
  ) -> StoreLaw {
    StoreLaw("workspace.\(name)", summary, needs: [.severalWorkspaces] + needs, check: check)
  }

  private static let content = ErasureCase.changes

  static let workspaces: [StoreLaw] = [
    law("apart", "What is written in one workspace is seen in no other, by any read.") { run in
      let stores = try await run.severalWorkspaces(["a", "b", "ab", ""])
      _ = try await stores[0].commit(content)
      for store in stores.dropFirst() {
        let reference = InMemoryStore(workspace: store.workspace)
        let text = store.workspace.rawValue.debugDescription
        try await requireSameContent(store, as: reference, ErasureCase.known, "the empty workspace \(text)")
      }
    },
    law("names-are-bytes", "Workspaces whose names differ in a byte are different: case, NFC and NFD, spaces.") { run in
      let ids: [WorkspaceID] = ["caf\u{E9}", "cafe\u{301}", "CAF\u{E9}", "caf\u{E9} ", "cafe", "\u{1F600}", "%", "_"]
      let stores = try await run.severalWorkspaces(ids)
      for (index, store) in stores.enumerated() {
        try requireSame(store.workspace, ids[index], "the workspace of the handle")
        try requireSame(try await store.head(), .start, "the head of workspace \(index)")
        _ = try await store.commit(ChangeSet("key", events: (0...index).map { "\($0)" }))
      }
      for (index, store) in stores.enumerated() {
        try requireSame(try await store.head().rawValue, UInt64(index + 1), "the head of workspace \(index)")
      }
    },
    law("same-keys", "The same commit key, event keys and ids may be used in each workspace.") { run in
      let stores = try await run.severalWorkspaces(["a", "b"])
      for store in stores {
        let expected = CommitReceipt(key: content.key, head: content.head)
        try requireSame(try await store.commit(content), expected, "the receipt")
      }
      let other = ChangeSet("other", on: content.head, events: ["only here"])
      _ = try await stores[0].commit(other)
      try requireSame(try await stores[1].head(), content.head, "the head of the other workspace")
      let changed = ChangeSet("other", on: content.head, events: ["another body"])
      try requireSame(
        try await stores[1].commit(changed).head, changed.head, "the same key with another body elsewhere")
    },
    law("claims", "Claims and settlements reach only their own workspace.") { run in
      let stores = try await run.severalWorkspaces(["a", "b"])
      for store in stores { _ = try await store.commit(content) }
      let held = try await stores[0].claim(limit: 9, worker: "w", at: Sample.now, lease: .seconds(60))
      try requireSame(held.count, 3, "the actions claimed")
      try require(
        try await stores[1].everyAction().allSatisfy { $0.status == .pending(notBefore: nil) },
        "actions of the other workspace are claimed")
      for claim in held {
        try await requireRefusal(.claimLost, "acknowledge in the other workspace") {
          try await stores[1].acknowledge(claim)
        }
      }
      var cancel = ChangeSet("cancel", on: content.head)
      cancel.cancellations = [Cancellation(action: Sample.actionID(1), reason: "late", position: content.head)]
      _ = try await stores[1].commit(cancel)
      for claim in held { try await stores[0].acknowledge(claim) }
      try require(try await stores[0].everyAction().allSatisfy { $0.status == .done }, "not all are done")
    },
    law("erasure", "An erasure, a compaction and an export reach only their own workspace.") { run in
      let stores = try await run.severalWorkspaces(["a", "b"])
      for store in stores { _ = try await store.commit(content) }
      let view = try await StoreView(stores[1], ErasureCase.known)
      _ = try await stores[0].compact(before: .distantFuture)
      try await requireUnchanged(stores[1], since: view, ErasureCase.known, "a compaction of the other workspace")
      try requireSame(try await stores[0].erase(ErasureCase.request), ErasureCase.receipt, "the receipt")
      try await requireUnchanged(stores[1], since: view, ErasureCase.known, "an erasure in the other workspace")
      let export = try await stores[1].export(ErasureCase.request)
      try requireSame(export.interactions.count, 2, "the interactions exported")
    },
    law("versions", "Versions and the end of the log are those of the workspace.") { run in
      let stores = try await run.severalWorkspaces(["a", "b"])
      _ = try await stores[0].commit(content)
      try await requireRefusal(.conflict, "the head of another workspace as base") {
        _ = try await stores[1].commit(ChangeSet("x", on: content.head, events: ["x"]))
      }
      var changes = ChangeSet("y")
      changes.people = [Change(Sample.personRecord(1), replaces: LogPosition(1))]
      try await requireRefusal(.conflict, "a version of another workspace") { _ = try await stores[1].commit(changes) }
      _ = try await stores[1].commit(ChangeSet("z", events: ["answer"]))
    },
    law("concurrent", "Workspaces that are written at once do not disturb each other.", needs: [.concurrentCalls]) {
      run in
      let stores = try await run.severalWorkspaces(["a", "b", "c", "d"])
      _ = try await inParallel(stores.count) { index in
        for round in 0..<10 {
          let base = LogPosition(UInt64(round * 2))
          _ = try await stores[index].commit(ChangeSet("\(round)", on: base, events: ["\(round)-a", "\(round)-b"]))
        }
      }
      for store in stores { try requireSame(try await store.head().rawValue, 20, "a head") }
    },
    law("reopened", "Workspaces are still apart when the database was opened again.", needs: [.reopen]) { run in
      var stores = try await run.severalWorkspaces(["a", "b"])
      _ = try await stores[0].commit(content)
      for index in stores.indices { stores[index] = try await run.reopened(stores[index]) }
      try requireSame(stores.map(\.workspace), ["a", "b"], "the workspaces of the new handles")
      try requireSame(try await stores[0].head(), content.head, "the head of the written one")
      let reference = InMemoryStore(workspace: "b")
      try await requireSameContent(stores[1], as: reference, ErasureCase.known, "the empty one")
    },
  ]
}
