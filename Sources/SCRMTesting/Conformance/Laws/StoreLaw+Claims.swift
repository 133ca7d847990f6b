import SocialCRM

extension StoreLaw {
  private static func store(_ run: LawRun, _ count: UInt64 = 2) async throws -> any SCRMStore {
    var changes = ChangeSet("actions", events: ["1"])
    changes.actions = (1...count).map { Sample.action($0) }
    return try await run.fresh(holding: changes)
  }

  private static func claimOne(
    _ store: any SCRMStore, by worker: String = "w", at seconds: Int64 = 0, lease: Duration = .seconds(60)
  ) async throws -> ActionClaim {
    let claims = try await store.claim(limit: 1, worker: worker, at: Sample.time(seconds), lease: lease)
    return try required(claims.first, "a claim of \(worker) after \(seconds) s")
  }

  private static func status(_ store: any SCRMStore, _ number: UInt64) async throws -> OutboxItem.Status? {
    try await store.actions([Sample.actionID(number)]).first??.status
  }

  static let claims: [StoreLaw] = [
    StoreLaw("claim.content", "A claim holds the action, the worker, the end of the lease, a fence and the attempt.") {
      run in
      let store = try await store(run)
      let worker = "caf\u{E9} \u{0}e\u{301}"
      let claim = try await claimOne(store, by: worker, lease: .nanoseconds(1_500_000_001))
      try requireSame(claim.action.jsonText, Sample.action(1).jsonText, "the action")
      try requireSame(Array(claim.worker.utf8), Array(worker.utf8), "the worker, as bytes")
      try requireSame(claim.until, Sample.now.advanced(by: .nanoseconds(1_500_000_001)), "the end of the lease")
      try requireSame(claim.attempt, 1, "the attempt")
      try require(claim.fence > 0, "a fence is above 0, the fence of an action that was never claimed")
      let item = try required(try await store.actions([claim.action.id]).first ?? nil, "the item")
      try requireSame(item.status, .claimed(worker: worker, until: claim.until), "the status of the item")
      try requireSame(item.attempts, 1, "the attempts of the item")
      try requireSame(item.fence, claim.fence, "the fence of the item")
    },
    StoreLaw("claim.limit", "A claim hands out as many as asked for, and no action twice.") { run in
      let store = try await store(run, 7)
      var ids: [ActionID] = []
      for expected in [3, 3, 1, 0] {
        let claims = try await store.claim(limit: 3, worker: "w", at: Sample.now, lease: .seconds(60))
        try requireSame(claims.count, expected, "the number of claims")
        ids += claims.map(\.action.id)
      }
      try requireSame(ids, (1...7).map { Sample.actionID($0) }, "the actions")
    },
    StoreLaw("claim.lease", "A claimed action is free again when the lease is over, not a nanosecond before.") { run in
      let store = try await store(run, 1)
      let first = try await claimOne(store)
      try requireSame(first.until, Sample.time(60), "the end of a lease of a minute")
      let before = first.until.advanced(by: .nanoseconds(-1))
      try require(
        try await store.claim(limit: 1, worker: "v", at: before, lease: .seconds(1)).isEmpty,
        "it was handed out before the lease was over")
      let second = try await store.claim(limit: 1, worker: "v", at: first.until, lease: .seconds(1))
      try requireSame(second.map(\.attempt), [2], "the attempt of the claim at the end of the lease")
      try requireSame(second.map(\.worker), ["v"], "its worker")
    },
    StoreLaw(
      "claim.fence-grows", "Every new claim of an action has a higher fence than all before, whatever came between."
    ) {
      run in
      let store = try await store(run, 1)
      var last: UInt64 = 0
      for round in 0..<6 {
        let claim = try await claimOne(store, at: Int64(round) * 1_000)
        try require(claim.fence > last, "round \(round): fence \(claim.fence) after \(last)")
        try requireSame(claim.attempt, round + 1, "the attempt of round \(round)")
        last = claim.fence
        if round % 2 == 0 { try await store.retry(claim, at: Sample.time(Int64(round) * 1_000), reason: "busy") }
      }
    },
    StoreLaw("claim.fenced-off", "Who lost an action to another worker can no longer settle it, in any way.") { run in
      let store = try await store(run, 1)
      let lost = try await claimOne(store)
      let held = try await claimOne(store, by: "v", at: 60)
      try await requireRefusal(.claimLost, "acknowledge") { try await store.acknowledge(lost) }
      try await requireRefusal(.claimLost, "retry") { try await store.retry(lost, at: Sample.now, reason: "r") }
      try await requireRefusal(.claimLost, "deadLetter") { try await store.deadLetter(lost, reason: "r") }
      try requireSame(try await status(store, 1), .claimed(worker: "v", until: held.until), "the status after that")
      try await store.acknowledge(held)
      try requireSame(try await status(store, 1), .done, "the status in the end")
    },
    StoreLaw(
      "claim.fenced-off-same-worker", "The fence counts and not the name: a worker's older claim is lost as well."
    ) {
      run in
      let store = try await store(run, 1)
      let lost = try await claimOne(store)
      let held = try await claimOne(store, at: 60)
      try await requireRefusal(.claimLost, "acknowledge") { try await store.acknowledge(lost) }
      try await store.retry(held, at: Sample.time(61), reason: "busy")
      try await requireRefusal(.claimLost, "acknowledge after it was given back") { try await store.acknowledge(held) }
    },
    StoreLaw("claim.lapsed-still-held", "A claim whose lease is over holds until another one takes the action.") {
      run in
      let store = try await store(run)
      let first = try await claimOne(store, lease: .seconds(1))
      let second = try await claimOne(store, lease: .seconds(1))
      try await store.acknowledge(first)
      try await store.retry(second, at: Sample.time(100), reason: "late")
      try requireSame(try await status(store, 1), .done, "the status of the acknowledged one")
      try requireSame(try await status(store, 2), .pending(notBefore: Sample.time(100)), "that of the one given back")
    },
    StoreLaw("claim.settled-once", "A settled action cannot be settled again, in any way.") { run in
      let store = try await store(run, 3)
      let held = try await store.claim(limit: 3, worker: "w", at: Sample.now, lease: .seconds(60))
      try require(held.count == 3, "3 actions are claimed, found \(held.count)")
      try await store.acknowledge(held[0])
      try await store.deadLetter(held[1], reason: "bounced")
      try await store.retry(held[2], at: Sample.time(5), reason: "busy")
      let items = try await store.everyAction()
      for claim in held {
        try await requireRefusal(.claimLost, "acknowledge") { try await store.acknowledge(claim) }
        try await requireRefusal(.claimLost, "retry") { try await store.retry(claim, at: Sample.now, reason: "r") }
        try await requireRefusal(.claimLost, "deadLetter") { try await store.deadLetter(claim, reason: "r") }
      }
      try requireSame(try await store.everyAction().map(\.status), items.map(\.status), "how the actions stand")
    },
    StoreLaw("claim.done", "A done action is never handed out again.") { run in
      let store = try await store(run, 1)
      try await store.acknowledge(try await claimOne(store))
      try requireSame(try await status(store, 1), .done, "the status")
      let again = try await store.claim(limit: 9, worker: "w", at: .distantFuture, lease: .zero)
      try require(again.isEmpty, "a done action was handed out")
    },
    StoreLaw("claim.retry", "An action given back waits until its time, and keeps the attempts.") { run in
      let store = try await store(run, 1)
      let time = Sample.time(600).advanced(by: .nanoseconds(5))
      try await store.retry(try await claimOne(store), at: time, reason: "busy \u{0}e\u{301}")
      try requireSame(try await status(store, 1), .pending(notBefore: time), "the status")
      let before = time.advanced(by: .nanoseconds(-1))
      try require(
        try await store.claim(limit: 1, worker: "w", at: before, lease: .seconds(1)).isEmpty,
        "it was handed out before its time")
      let again = try await store.claim(limit: 1, worker: "w", at: time, lease: .seconds(1))
      try requireSame(again.map(\.attempt), [2], "the attempt at its time")
    },
    StoreLaw(
      "claim.retry-reason",
      "The reason of the latest retry is kept, byte for byte, also when the action is claimed again."
    ) { run in
      let store = try await store(run, 1)
      try requireSame(try await store.everyAction().map(\.retryReason), [nil], "the reason before the first retry")
      for (round, reason) in ["busy", "caf\u{E9} \u{0}e\u{301}", ""].enumerated() {
        try await store.retry(try await claimOne(store, at: Int64(round)), at: Sample.now, reason: reason)
        let pending = try await store.everyAction().first?.retryReason
        try requireSame(pending.map { Array($0.utf8) }, Array(reason.utf8), "the reason of retry \(round), as bytes")
      }
      let held = try await claimOne(store, at: 9)
      try requireSame(try await store.everyAction().first?.retryReason, "", "the reason while it is claimed again")
      try await store.acknowledge(held)
      try requireSame(try await store.everyAction().first?.retryReason, "", "the reason when it is done")
    },
    StoreLaw("claim.retry-order", "An action given back keeps its place in the order of decision.") { run in
      let store = try await store(run, 3)
      try await store.retry(try await claimOne(store), at: Sample.now, reason: "busy")
      let claims = try await store.claim(limit: 9, worker: "w", at: Sample.now, lease: .seconds(1))
      try requireSame(claims.map(\.action.id), [1, 2, 3].map { Sample.actionID($0) }, "the order")
    },
    StoreLaw("claim.dead-letter", "A dead-lettered action stays with its reason and is never handed out again.") {
      run in
      let store = try await store(run, 1)
      let reason = "bounced: caf\u{E9} \u{0}\u{1F600}"
      try await store.deadLetter(try await claimOne(store), reason: reason)
      let found = try await status(store, 1)?.deadReason
      try requireSame(found.map { Array($0.utf8) }, Array(reason.utf8), "the reason, as bytes")
      let again = try await store.claim(limit: 9, worker: "w", at: .distantFuture, lease: .zero)
      try require(again.isEmpty, "a dead action was handed out")
    },
    StoreLaw("claim.never-held", "A claim that was never given, or on an action that is not there, is lost.") { run in
      let store = try await store(run, 1)
      for (number, fence) in [(UInt64(1), UInt64(0)), (1, 1), (9, 0), (9, 1)] {
        let claim = ActionClaim(
          action: Sample.action(number), worker: "w", fence: fence, until: .distantFuture, attempt: 1)
        try await requireRefusal(.claimLost, "acknowledge of action \(number) under fence \(fence)") {
          try await store.acknowledge(claim)
        }
      }
      try requireSame(try await status(store, 1), .pending(notBefore: nil), "the status")
    },
  ]
}

extension OutboxItem.Status {
  fileprivate var deadReason: String? {
    guard case .dead(let reason) = self else { return nil }
    return reason
  }
}
