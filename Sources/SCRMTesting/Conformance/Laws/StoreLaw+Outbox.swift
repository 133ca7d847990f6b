import SocialCRM

extension StoreLaw {
  /// A store with actions 1 to `count` as `change` leaves them.
  private static func store(
    _ run: LawRun, _ count: UInt64 = 5, _ change: (inout [ProposedAction]) -> Void = { _ in }
  ) async throws -> any SCRMStore {
    var changes = ChangeSet("actions", events: ["1"])
    changes.actions = (1...count).map { Sample.action($0) }
    change(&changes.actions)
    return try await run.fresh(holding: changes)
  }

  /// Cancels actions by a commit.
  private static func cancel(_ numbers: [UInt64], in store: any SCRMStore) async throws {
    var changes = ChangeSet("cancel \(numbers)", on: try await store.head())
    changes.cancellations = numbers.map {
      Cancellation(action: Sample.actionID($0), reason: "late fact", position: LogPosition(1))
    }
    _ = try await store.commit(changes)
  }

  static let outbox: [StoreLaw] = [
    StoreLaw("outbox.order", "Actions are listed and handed out in the order of decision, over all commits, not by id.")
    {
      run in
      var first = ChangeSet("a", events: ["1"])
      first.actions = [9, 3, 7].map { Sample.action($0) }
      var second = ChangeSet("b", on: LogPosition(1), events: ["2"])
      second.actions = [1, 8, 2].map { Sample.action($0) }
      let store = try await run.fresh(holding: first, second)
      let ids = [9, 3, 7, 1, 8, 2].map { Sample.actionID($0) }
      for limit in [1, 2, 6] {
        try requireSame(try await store.everyAction(limit).map(\.action.id), ids, "the list by pages of \(limit)")
      }
      var claimed: [ActionID] = []
      for _ in 0..<3 {
        claimed += try await store.claim(limit: 2, worker: "w", at: Sample.now, lease: .seconds(9)).map(\.action.id)
      }
      try requireSame(claimed, ids, "the order in which they are handed out")
    },
    StoreLaw("outbox.content", "Actions come back in full, by id and in pages, nil where there is none.") { run in
      let action = Sample.action(1, expires: Sample.time(99), text: "caf\u{E9} e\u{301} \u{0}\u{1F600}")
      var changes = ChangeSet("a", events: ["1"])
      changes.actions = [action, Sample.action(2, suppressed: true)]
      let store = try await run.fresh(holding: changes)
      let found = try await store.actions([2, 5, 1, 2].map { Sample.actionID($0) })
      let expected = [changes.actions[1].jsonText, nil, action.jsonText, changes.actions[1].jsonText]
      try requireSame(found.map { $0?.action.jsonText }, expected, "the actions by id")
      try requireSame(
        found.map { $0?.status }, [.suppressed, nil, .pending(notBefore: nil), .suppressed], "their status")
      try requireSame(found.map { $0?.attempts }, [0, nil, 0, 0], "their attempts")
    },
    StoreLaw("outbox.due", "An action is handed out from the time on at which it is due, not before.") { run in
      let store = try await store(run) { $0[1].due = Sample.time(500) }
      let ids = [1, 3, 4, 5].map { Sample.actionID($0) }
      try requireSame(
        try await store.actions([Sample.actionID(2)]).first??.status, .pending(notBefore: Sample.time(500)),
        "the status before")
      let early = try await store.claim(limit: 9, worker: "w", at: Sample.time(499), lease: .zero)
      try requireSame(early.map(\.action.id), ids, "the actions handed out before")
      for claim in early { try await store.acknowledge(claim) }
      let late = try await store.claim(limit: 9, worker: "w", at: Sample.time(500), lease: .zero)
      try requireSame(late.map(\.action.id), [Sample.actionID(2)], "the actions handed out then")
    },
    StoreLaw("outbox.suppressed", "A suppressed action is kept for the record and never handed out.") { run in
      let store = try await store(run) { $0[1] = Sample.action(2, suppressed: true) }
      let claims = try await store.claim(limit: 9, worker: "w", at: .distantFuture, lease: .zero)
      try requireSame(claims.map(\.action.id), [1, 3, 4, 5].map { Sample.actionID($0) }, "the actions handed out")
      try await cancel([2], in: store)
      try requireSame(try await store.actions([Sample.actionID(2)]).first??.status, .suppressed, "its status")
    },
    StoreLaw("outbox.cancel-pending", "A cancellation takes effect only on pending actions, also on those given back.")
    {
      run in
      let store = try await store(run, 6) { $0[4] = Sample.action(5, suppressed: true) }
      let held = try await store.claim(limit: 4, worker: "w", at: Sample.now, lease: .seconds(60))
      try require(held.count == 4, "4 actions are claimed, found \(held.count)")
      try await store.acknowledge(held[1])
      try await store.retry(held[2], at: Sample.time(500), reason: "busy")
      try await store.deadLetter(held[3], reason: "bounced")
      try await cancel([1, 2, 3, 4, 5, 6, 77], in: store)
      let statuses = try await store.everyAction().map(\.status)
      let expected: [OutboxItem.Status] = [
        .claimed(worker: "w", until: held[0].until), .done, .cancelled(reason: "late fact"), .dead(reason: "bounced"),
        .suppressed, .cancelled(reason: "late fact"),
      ]
      try requireSame(statuses, expected, "how the actions stand")
      try await store.acknowledge(held[0])
      let claims = try await store.claim(limit: 9, worker: "w", at: .distantFuture, lease: .zero)
      try require(claims.isEmpty, "a cancelled action was handed out")
    },
    StoreLaw("outbox.cancel-lapsed", "An action whose claim ran out is not pending: a cancellation leaves it.") { run in
      let store = try await store(run, 1)
      let held = try await store.claim(limit: 1, worker: "w", at: Sample.now, lease: .seconds(1))
      try await cancel([1], in: store)
      let status = try await store.everyAction().first?.status
      try requireSame(status, .claimed(worker: "w", until: Sample.time(1)), "its status")
      let again = try await store.claim(limit: 1, worker: "v", at: Sample.time(5), lease: .seconds(1))
      try requireSame(again.map(\.attempt), [2], "the attempt of the next claim")
      try require(held.first?.action.id == again.first?.action.id, "another action was handed out")
    },
    StoreLaw("outbox.expiry", "An action is not handed out from the time it expires on, but dead-lettered.") { run in
      let store = try await store(run, 4) {
        $0[0].expires = Sample.now
        $0[1].expires = Sample.time(1)
        $0[2].expires = Sample.now.advanced(by: .nanoseconds(1))
      }
      let claims = try await store.claim(limit: 9, worker: "w", at: Sample.now, lease: .seconds(10))
      try requireSame(claims.map(\.action.id), [2, 3, 4].map { Sample.actionID($0) }, "the actions handed out")
      guard case .dead? = try await store.actions([Sample.actionID(1)]).first??.status else {
        throw LawFailure("an expired action is not dead after a claim that reached it")
      }
      // The claims run out; what has expired by then is dead-lettered, not handed out a second time.
      let later = try await store.claim(limit: 9, worker: "v", at: Sample.time(20), lease: .seconds(10))
      try requireSame(later.map(\.action.id), [Sample.actionID(4)], "the actions handed out later")
    },
    StoreLaw("outbox.expired-given-back", "An action that expires while it waits for its retry is dead-lettered.") {
      run in
      let store = try await store(run, 1) { $0[0].expires = Sample.time(30) }
      let held = try await store.claim(limit: 1, worker: "w", at: Sample.now, lease: .seconds(10))
      for claim in held { try await store.retry(claim, at: Sample.time(40), reason: "busy") }
      try require(
        try await store.claim(limit: 9, worker: "w", at: Sample.time(50), lease: .seconds(10)).isEmpty,
        "it was handed out after it had expired")
      guard case .dead? = try await store.everyAction().first?.status else {
        throw LawFailure("it is not dead")
      }
    },
  ]
}
