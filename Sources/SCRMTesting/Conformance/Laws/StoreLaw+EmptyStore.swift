import SocialCRM

extension StoreLaw {
  static let emptyStore: [StoreLaw] = [
    StoreLaw("empty.nothing", "A fresh store holds nothing, and its log ends at the start.") { run in
      let known = KnownKeys(.full())
      try await requireSameContent(try await run.fresh(), as: InMemoryStore(workspace: "kit"), known, "a fresh store")
    },
    StoreLaw("empty.workspace", "A handle names the workspace it was opened for, byte for byte.") { run in
      for name in ["kit", "caf\u{E9}", "cafe\u{301}", "a b/c:\u{1F600}"] {
        let store = try await run.fresh(WorkspaceID(name))
        try requireSame(store.workspace, WorkspaceID(name), "the workspace of the handle")
      }
    },
    StoreLaw("empty.no-keys", "A call for no keys has an empty answer.") { run in
      let store = try await run.fresh(holding: .full())
      try require(try await store.entries(for: []).isEmpty, "entries for no keys")
      try require(try await store.identities(for: []).isEmpty, "identities for no keys")
      try require(try await store.people([]).isEmpty, "people for no ids")
      try require(try await store.ties([]).isEmpty, "ties for no keys")
      try require(try await store.states("kit.a", []).isEmpty, "states for no keys")
      try require(try await store.memberships(of: []).isEmpty, "memberships of nobody")
      try require(try await store.actions([]).isEmpty, "actions for no ids")
    },
  ]
}
