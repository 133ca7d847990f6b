import SocialCRM

extension StoreLaw {
  /// Fails unless the store holds all of `changes` or nothing of them, all when there is a receipt; then the commit is
  /// repeated and must be there once.
  private static func requireAllOrNothing(
    _ store: any SCRMStore, _ changes: ChangeSet, _ result: Result<CommitReceipt, any Error>, _ what: String
  ) async throws {
    let head = try await store.head()
    try require(
      head == changes.base || head == changes.head, "\(what): the log ends at \(head), within the cancelled commit")
    let isDone = head == changes.head
    if case .success(let receipt) = result {
      try require(isDone, "\(what): a receipt was returned, but nothing is written")
      try requireSame(receipt.head, changes.head, "\(what): the head of the receipt")
    }
    let people = try await store.people(changes.people.map(\.record.id)).count { $0 != nil }
    try requireSame(people, isDone ? changes.people.count : 0, "\(what): the people written")
    let actions = try await store.actions(changes.actions.map(\.id)).count { $0 != nil }
    try requireSame(actions, isDone ? changes.actions.count : 0, "\(what): the actions written")
    let again = try await store.commit(changes)
    try requireSame(again.head, changes.head, "\(what): the head of the repeated commit")
    try requireSame(try await store.head(), changes.head, "\(what): the head after the repeated commit")
  }

  /// Fails when a read of a cancelled task neither throws nor answers in full.
  private static func requireWhole<T: Equatable & Sendable>(
    _ what: String, _ read: @escaping @Sendable () async throws -> T
  ) async throws {
    let expected = try await read()
    if case .success(let found) = await whileCancelled(read) {
      try requireSame(found, expected, "\(what) in a cancelled task")
    }
  }

  static let cancellation: [StoreLaw] = [
    StoreLaw("cancel.commit", "A commit of a cancelled task is done or not begun, and can be repeated.") { run in
      let store = try await run.fresh()
      let changes = ChangeSet.full()
      let result = await whileCancelled { try await store.commit(changes) }
      try await requireAllOrNothing(store, changes, result, "cancelled before the commit")
    },
    StoreLaw(
      "cancel.commit-midway", "A commit that is cancelled while it runs is done or not begun.",
      needs: [.concurrentCalls]
    ) {
      run in
      let store = try await run.fresh()
      var base = LogPosition.start
      for round in 0..<12 {
        let changes = ChangeSet.full("\(round)", count: 40, first: UInt64(round * 100 + 1), on: base)
        let result = await cancelling(after: round * round) { try await store.commit(changes) }
        try await requireAllOrNothing(store, changes, result, "cancelled after \(round * round) turns")
        base = changes.head
      }
    },
    StoreLaw("cancel.reads", "A read of a cancelled task throws or answers in full, never in part.") { run in
      let changes = ChangeSet.full(count: 5)
      let store = try await run.fresh(holding: changes)
      let known = KnownKeys(changes)
      try await requireWhole("head") { try await store.head() }
      try await requireWhole("entries") { try await store.entries(for: known.events.sorted()) }
      try await requireWhole("log") { try await store.log(after: .start, limit: 99) }
      try await requireWhole("identities") { try await store.identities(for: known.identities.sorted()) }
      try await requireWhole("people by id") { try await store.people(known.people.sorted()) }
      try await requireWhole("people") { try await store.people(after: nil, limit: 99) }
      try await requireWhole("merges") { try await store.merges(after: .start, limit: 99) }
      try await requireWhole("ties by key") { try await store.ties(known.ties.sorted()) }
      try await requireWhole("ties") { try await store.ties(after: nil, limit: 99) }
      try await requireWhole("states") { try await store.states("kit.a", after: nil, limit: 99) }
      try await requireWhole("due states") {
        try await store.dueStates("kit.a", through: .distantFuture, after: nil, limit: 99)
      }
      try await requireWhole("members") { try await store.members(of: "vip", after: nil, limit: 99) }
      try await requireWhole("memberships") { try await store.memberships(of: known.people.sorted()) }
      try await requireWhole("actions by id") { try await store.actions(known.actions.sorted()) }
      try await requireWhole("actions") { try await store.actions(after: nil, limit: 99) }
    },
    StoreLaw("cancel.claim", "A claim of a cancelled task holds the actions it returns, and loses none.") { run in
      var changes = ChangeSet("a", events: ["1"])
      changes.actions = (1...5).map { Sample.action($0) }
      let store = try await run.fresh(holding: changes)
      let result = await whileCancelled {
        try await store.claim(limit: 3, worker: "w", at: Sample.now, lease: .seconds(60))
      }
      if case .success(let claims) = result {
        try requireSame(claims.map(\.action.id), [1, 2, 3].map { Sample.actionID($0) }, "the actions claimed")
        for claim in claims { try await store.acknowledge(claim) }
      }
      let rest = try await store.claim(limit: 9, worker: "v", at: Sample.time(60), lease: .seconds(60))
      let done = try await store.everyAction().count { $0.status == .done }
      try requireSame(rest.count + done, 5, "the actions done and those that can be claimed later")
    },
    StoreLaw("cancel.settle", "An acknowledgement of a cancelled task is done when it returns.") { run in
      var changes = ChangeSet("a", events: ["1"])
      changes.actions = [Sample.action(1)]
      let store = try await run.fresh(holding: changes)
      let held = try await store.claim(limit: 1, worker: "w", at: Sample.now, lease: .seconds(60))
      let claim = try required(held.first, "the claim")
      let result = await whileCancelled { try await store.acknowledge(claim) }
      let status = try await store.everyAction().first?.status
      if case .success = result {
        try requireSame(status, .done, "the status after the acknowledgement returned")
      } else {
        let isOpen = status == .claimed(worker: "w", until: claim.until)
        try require(isOpen || status == .done, "the action is neither claimed nor done")
      }
    },
    StoreLaw("cancel.erase", "An erasure of a cancelled task is done or not begun.") { run in
      let store = try await run.fresh(holding: ErasureCase.changes)
      let before = try await StoreView(store, ErasureCase.known)
      let result = await whileCancelled { try await store.erase(ErasureCase.request) }
      let after = try await StoreView(store, ErasureCase.known)
      switch result {
      case .success(let receipt): try requireSame(receipt, ErasureCase.receipt, "the receipt")
      case .failure:
        if after.difference(from: before) == nil { _ = try await store.erase(ErasureCase.request) }
      }
      let reference = InMemoryStore(workspace: "kit")
      _ = try await reference.commit(ErasureCase.changes)
      _ = try await reference.erase(ErasureCase.request)
      try await requireSameContent(store, as: reference, ErasureCase.known, "after the erasure")
    },
  ]
}
