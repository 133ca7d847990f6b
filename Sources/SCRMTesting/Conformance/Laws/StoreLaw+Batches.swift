import SocialCRM

extension StoreLaw {
  /// Commits a batch of so many rows, and looks at its ends and middle.
  private static func batchLaw(_ name: String, _ what: String, _ rows: @escaping @Sendable (LawRun) -> Int) -> StoreLaw
  {
    StoreLaw("batch.\(name)", "A batch of \(what) is written whole, and read in one call.") { run in
      let count = max(rows(run), 1)
      var changes = ChangeSet(key: "batch", base: .start)
      // Half of the rows are entries; the rest are states, ties, identities, members and actions in equal parts.
      let entries = max(count / 2, 1)
      changes.entries.reserveCapacity(entries)
      let interaction = Sample.interaction(Sample.event("0"))
      for number in 0..<entries {
        var next = interaction
        next.key = Sample.event(number)
        changes.entries.append(Sample.entry(LogPosition(UInt64(number) + 1), next))
      }
      let others = UInt64((count - entries) / 5)
      for number in 0..<others {
        changes.states.append(Change(Sample.state(.event(Sample.event(number))), replaces: nil))
        changes.ties.append(Change(Sample.tie(number, number + 1), replaces: nil))
        changes.identities.append(Change(Sample.identity("k\(number)", number), replaces: nil))
        changes.memberships.append(MembershipChange(Sample.membership("all", number), isEntry: true))
        changes.actions.append(Sample.action(number, for: number))
      }
      let store = try await run.fresh()
      let receipt = try await store.commit(changes)
      try requireSame(receipt.head.rawValue, UInt64(entries), "the head of the receipt")
      try requireSame(try await store.commit(changes), receipt, "the receipt of the repeated commit")
      let log = try await store.log(after: .start, limit: .max)
      try requireSame(log.count, entries, "the entries")
      let known = try await store.entries(for: (0..<entries).map { Sample.event($0) })
      try requireSame(known.count { $0 != nil }, entries, "the entries found by key")
      try requireSame(known.last??.position, receipt.head, "the position of the last event")
      let numbers = 0..<others
      let states = try await store.states("kit.a", numbers.map { .event(Sample.event($0)) })
      try requireSame(states.count { $0 != nil }, Int(others), "the states found by key")
      let ties = try await store.ties(numbers.map { Sample.tie($0, $0 + 1).key })
      try requireSame(ties.count { $0 != nil }, Int(others), "the ties found by key")
      let identities = try await store.identities(for: numbers.map { IdentifierKey(.email, key: "k\($0)") })
      try requireSame(identities.count { $0 != nil }, Int(others), "the identities found by key")
      let members = try await store.everyMember(of: "all", 1_000)
      try requireSame(members.count, Int(others), "the members by pages of 1,000")
      let claims = try await store.claim(limit: .max, worker: "w", at: Sample.now, lease: .seconds(60))
      try requireSame(claims.map(\.action.id), numbers.map { Sample.actionID($0) }, "the actions claimed at once")
    }
  }

  static let batches: [StoreLaw] = [
    batchLaw("one", "one row") { _ in 1 }, batchLaw("thousand", "1,000 rows") { _ in 1_000 },
    batchLaw("largest", "the largest size (100,000 rows in full)") { $0.settings.largestBatch },
  ]
}
