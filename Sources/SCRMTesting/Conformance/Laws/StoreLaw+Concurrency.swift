import DenseData
import SocialCRM

extension StoreLaw {
  /// A store with a handle for each writer.
  private static func handles(_ run: LawRun, holding changes: ChangeSet...) async throws -> [any SCRMStore] {
    let store = try await run.fresh()
    for part in changes { _ = try await store.commit(part) }
    var handles = [store]
    for _ in 1..<max(run.settings.writers, 2) { handles.append(try await run.handle(on: store)) }
    return handles
  }

  /// Commits what `decide` makes of the present end of the log, deciding again after each conflict.
  private static func commitOnTop(
    _ store: any SCRMStore, _ key: String, _ decide: (LogPosition) async throws -> ChangeSet
  ) async throws {
    for attempt in 0..<20_000 {
      var changes = try await decide(try await store.head())
      changes.key = "\(key)-\(attempt)"
      do {
        _ = try await store.commit(changes)
        return
      } catch let error as StorageError where error.code == .conflict { continue }
    }
    throw LawFailure("a writer met 20,000 conflicts in a row")
  }

  static let concurrency: [StoreLaw] = [
    StoreLaw(
      "concurrent.one-wins", "Of n commits on one base exactly one wins; the others are refused with conflict.",
      needs: [.concurrentCalls]
    ) {
      run in
      let handles = try await handles(run)
      for round in 0..<10 {
        let base = try await handles[0].head()
        let won = try await inParallel(handles.count) { writer in
          let changes = ChangeSet("\(round)-\(writer)", on: base, events: ["\(round)-\(writer)"])
          do {
            _ = try await handles[writer].commit(changes)
            return true
          } catch let error as StorageError where error.code == .conflict { return false }
        }
        try requireSame(won.count { $0 }, 1, "the winners of round \(round)")
        try requireSame(try await handles[0].head(), base.next, "the head after round \(round)")
      }
    },
    StoreLaw(
      "concurrent.one-version-wins",
      "Of n changes of one record by versions exactly one wins, also without log entries.", needs: [.concurrentCalls]
    ) {
      run in
      var first = ChangeSet("a")
      first.create(states: [Sample.state(.name("x"))])
      let handles = try await handles(run, holding: first)
      for round in 1...10 {
        let won = try await inParallel(handles.count) { writer in
          var changes = ChangeSet("\(round)-\(writer)")
          changes.states = [
            Change(
              Sample.state(.name("x"), version: UInt64(round + 1), bytes: [UInt8(writer)]),
              replaces: LogPosition(UInt64(round)))
          ]
          do {
            _ = try await handles[writer].commit(changes)
            return true
          } catch let error as StorageError where error.code == .conflict { return false }
        }
        try requireSame(won.count { $0 }, 1, "the winners of round \(round)")
        let bytes = try await handles[0].states("kit.a", [.name("x")]).first??.bytes
        try requireSame(bytes, won.firstIndex(of: true).map { [UInt8($0)] }, "the state after round \(round)")
      }
    },
    StoreLaw(
      "concurrent.no-lost-update", "Writers that count up one record lose no step; every commit is in the log once.",
      needs: [.concurrentCalls]
    ) {
      run in
      let handles = try await handles(run)
      let rounds = max(run.settings.commitsPerWriter, 1)
      _ = try await inParallel(handles.count) { writer in
        for round in 0..<rounds {
          try await commitOnTop(handles[writer], "\(writer)-\(round)") { head in
            let found = try await handles[writer].states("kit.a", [.name("count")]).first ?? nil
            let count = found.map { Int(String(decoding: $0.bytes, as: UTF8.self)) ?? 0 } ?? 0
            var changes = ChangeSet("", on: head, events: ["\(writer)-\(round)"])
            let next = Sample.state(
              .name("count"), version: changes.head.rawValue, bytes: Array("\(count + 1)".utf8))
            changes.states = [Change(next, replaces: found?.version)]
            return changes
          }
        }
      }
      let total = handles.count * rounds
      let bytes = try await handles[0].states("kit.a", [.name("count")]).first??.bytes ?? []
      try requireSame(String(decoding: bytes, as: UTF8.self), "\(total)", "the count")
      let entries = try await handles[0].everyEntry(7)
      try requireSame(entries.map(\.position), (1...UInt64(total)).map { LogPosition($0) }, "the positions")
    },
    StoreLaw(
      "concurrent.same-key", "A commit that is made by all at once is made once, and all have its receipt.",
      needs: [.concurrentCalls]
    ) {
      run in
      let handles = try await handles(run)
      var base = LogPosition.start
      for round in 0..<8 {
        let changes = ChangeSet.full("round \(round)", count: 2, first: UInt64(round * 10 + 1), on: base)
        let receipts = try await inParallel(handles.count) { try await handles[$0].commit(changes) }
        let expected = CommitReceipt(key: changes.key, head: changes.head)
        for receipt in receipts { try requireSame(receipt, expected, "a receipt of round \(round)") }
        base = changes.head
        try requireSame(try await handles[0].head(), base, "the head after round \(round)")
        try requireSame(try await handles[0].everyAction().count, (round + 1) * 2, "the actions after round \(round)")
      }
    },
    StoreLaw(
      "concurrent.whole-commits", "One call sees one moment: no read shows a part of a commit.",
      needs: [.concurrentCalls]
    ) {
      run in
      let names = (0..<12).map { StateKey.name("n\($0)") }
      let handles = try await handles(run)
      let rounds = max(run.settings.commitsPerWriter, 1)
      // Who reads goes on until nobody writes: on a busy machine a fixed number of reads may all come before the writes.
      let writers = OpenCount((handles.count + 1) / 2)
      _ = try await inParallel(handles.count) { task in
        let store = handles[task]
        if task % 2 == 0 {
          for round in 0..<rounds {
            try await commitOnTop(store, "\(task)-\(round)") { head in
              let found = try await store.states("kit.a", names)
              var changes = ChangeSet("", on: head, events: (0..<3).map { "\(task)-\(round)-\($0)" })
              let version = changes.head
              changes.states = zip(names, found).map { name, old in
                Change(
                  Sample.state(name, version: version.rawValue, due: Sample.now), replaces: old?.version)
              }
              changes.enter([Sample.membership("\(task)-\(round)", 1), Sample.membership("\(task)-\(round)", 2)])
              return changes
            }
          }
          await writers.closeOne()
        } else {
          var reads = 0
          while true {
            let isWriting = await writers.isOpen
            guard reads < rounds * 4 || (isWriting && !Task.isCancelled) else { break }
            reads += 1
            let versions = Set(try await store.states("kit.a", names).map { $0?.version })
            try require(versions.count == 1, "states by key show \(versions.count) commits at once")
            let page = Set(try await store.states("kit.a", after: nil, limit: 99).map(\.version))
            try require(page.count <= 1, "a page of states shows \(page.count) commits at once")
            let due = Set(try await store.dueStates("kit.a", through: Sample.now, after: nil, limit: 99).map(\.version))
            try require(due.count <= 1, "a page of due states shows \(due.count) commits at once")
            try require(try await store.head().rawValue % 3 == 0, "the head lies within a commit")
            try require(try await store.log(after: .start, limit: .max).count % 3 == 0, "the log ends within a commit")
            let found = try await store.memberships(of: [1, 2].map { Sample.person($0) })
            try requireSame(found.first?.count, found.last?.count, "the memberships of two who enter together")
          }
        }
      }
    },
    StoreLaw(
      "concurrent.claims", "Workers that claim at once never hold the same action, and everything is done once.",
      needs: [.concurrentCalls]
    ) {
      run in
      var first = ChangeSet("a", events: ["1"])
      first.actions = (1...60).map { Sample.action($0) }
      let handles = try await handles(run, holding: first)
      let seed = run.settings.seed
      let done = try await inParallel(handles.count) { worker in
        var random = SeededGenerator(seed: seed &+ UInt64(worker))
        var own: [ActionID] = []
        for step in 0..<80 {
          let time = Sample.time(Int64(step))
          for held in try await handles[worker].claim(limit: 3, worker: "\(worker)", at: time, lease: .seconds(2)) {
            do {
              switch random.below(4) {
              case 0: break
              case 1: try await handles[worker].retry(held, at: time, reason: "busy")
              default:
                try await handles[worker].acknowledge(held)
                own.append(held.action.id)
              }
            } catch let error as StorageError where error.code == .claimLost { continue }
          }
        }
        return own
      }
      // What was left is done by one worker in the end.
      let rest = try await handles[0].claim(limit: 99, worker: "last", at: .distantFuture, lease: .seconds(1))
      for claim in rest { try await handles[0].acknowledge(claim) }
      let ids = done.flatMap { $0 } + rest.map(\.action.id)
      try requireSame(ids.count, 60, "the number of actions done")
      try requireSame(Set(ids).count, 60, "the number of different actions done")
    },
    StoreLaw(
      "concurrent.handed-out-once", "Of workers that claim the same actions at one moment each action has one.",
      needs: [.concurrentCalls]
    ) {
      run in
      var first = ChangeSet("a", events: ["1"])
      first.actions = (1...40).map { Sample.action($0) }
      let handles = try await handles(run, holding: first)
      let claims = try await inParallel(handles.count) { worker in
        try await handles[worker].claim(limit: 9, worker: "\(worker)", at: Sample.now, lease: .seconds(60))
      }
      let ids = claims.flatMap { $0.map(\.action.id) }
      try requireSame(Set(ids).count, ids.count, "the different actions among those handed out")
      try requireSame(ids.count, min(40, handles.count * 9), "the actions handed out")
    },
    StoreLaw(
      "concurrent.seen-by-others", "What was acknowledged on one handle is seen by the next call on another.",
      needs: [.secondHandle]
    ) { run in
      let handles = try await handles(run)
      for round in 0..<10 {
        let writer = handles[round % handles.count]
        let changes = ChangeSet.full("\(round)", count: 1, first: UInt64(round + 1), on: try await writer.head())
        _ = try await writer.commit(changes)
        for reader in handles {
          try requireSame(try await reader.head(), changes.head, "the head on another handle")
          let found = try await reader.people([Sample.person(UInt64(round + 1))])
          try require(found.first != .some(nil), "a person written on another handle is not found")
        }
      }
    },
  ]
}
