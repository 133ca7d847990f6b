import SocialCRM

extension StoreLaw {
  static let erasure: [StoreLaw] = [
    StoreLaw("erase.everything", "An erasure leaves what the contract says, in every table, and keeps what others own.")
    {
      run in
      let (store, reference) = try await ErasureCase.stores(run)
      _ = try await reference.erase(ErasureCase.request)
      _ = try await store.erase(ErasureCase.request)
      try await requireSameContent(store, as: reference, ErasureCase.known, "after the erasure", pages: [1, 100])
    },
    StoreLaw("erase.receipt", "The receipt counts what was removed from each table.") { run in
      let store = try await run.fresh(holding: ErasureCase.changes)
      try requireSame(try await store.erase(ErasureCase.request), ErasureCase.receipt, "the receipt")
    },
    StoreLaw("erase.log", "Their interactions become tombstones in their places, without actor, digest and own id.") {
      run in
      let store = try await ErasureCase.erased(run)
      let entries = Array(try await store.everyEntry().dropLast())
      try requireSame(entries.map(\.position), ErasureCase.changes.entries.map(\.position), "the positions")
      for (entry, key) in zip(entries, [ErasureCase.own, ErasureCase.second]) {
        let expected = Tombstone(key: EventKey(key.source, Tombstone.erasedID(key)), digest: "", reason: .erased)
        try require(
          entry.body == .tombstone(expected), "entry \(entry.position) is not the tombstone of an erased event")
        try require(entry.actor == nil && entry.addressee == nil, "entry \(entry.position) names an account")
      }
    },
    StoreLaw("erase.noted", "The log ends with the receipt of the erasure.") { run in
      let store = try await ErasureCase.erased(run)
      let head = ErasureCase.changes.head.next
      try requireSame(try await store.head(), head, "the head")
      try requireSame(
        try await store.everyEntry().last, LogEntry(position: head, body: .erasure(ErasureCase.receipt)),
        "the last entry")
    },
    StoreLaw("erase.decisions", "What was decided before an erasure is a conflict after it.") { run in
      let store = try await run.fresh(holding: ErasureCase.changes)
      var decided = ChangeSet("decided", on: try await store.head())
      decided.add(Sample.interaction(Sample.event("late"), from: "public"), actor: Sample.account(3))
      decided.create(ties: [Sample.tie(4, 1, bytes: Array(ErasureCase.marker.utf8))])
      _ = try await store.erase(ErasureCase.request)
      try await requireRefusal(.conflict, "the commit") { _ = try await store.commit(decided) }
      try requireSame(try await store.everyTie().map(\.key), [Sample.tie(3, 4).key], "the ties")
    },
    StoreLaw("erase.base", "An erasure that was looked up at another end of the log is refused and removes nothing.") {
      run in
      let store = try await run.fresh(holding: ErasureCase.changes)
      let view = try await StoreView(store, ErasureCase.known)
      var request = ErasureCase.request
      for base in [
        LogPosition.start, LogPosition(ErasureCase.changes.head.rawValue - 1), ErasureCase.changes.head.next,
      ] {
        request.base = base
        try await requireRefusal(.conflict, "an erasure at \(base)") { _ = try await store.erase(request) }
      }
      try await requireUnchanged(store, since: view, ErasureCase.known, "the refused erasures")
      request.base = ErasureCase.changes.head
      try requireSame(try await store.erase(request), ErasureCase.receipt, "the receipt at the end of the log")
    },
    StoreLaw("erase.addressed", "What others wrote to them stays, without target, raw payload and addressee.") { run in
      let store = try await ErasureCase.erased(run)
      let entry = try required(try await store.entries(for: [ErasureCase.answer]).first ?? nil, "the answer")
      guard case .interaction(let interaction, .live) = entry.body else {
        throw LawFailure("the answer is no interaction")
      }
      try requireSame(interaction.target, Party([]), "its target")
      try require(interaction.raw == nil, "its raw payload is still there")
      try requireSame(interaction.text?.text.hasPrefix("public"), true, "that its own text is there")
      try requireSame(entry.actor, Sample.account(3), "its actor")
      try requireSame(entry.addressee, nil, "its addressee")
    },
    StoreLaw("erase.identities", "Their identities are gone, by whichever of key, account and person they were named.")
    {
      run in
      let all = ErasureCase.request
      let requests = [
        all, ErasureRequest(people: [], accounts: [], keys: all.keys),
        ErasureRequest(people: [], accounts: all.accounts, keys: []),
        ErasureRequest(people: all.people, accounts: [], keys: []),
      ]
      for (index, request) in requests.enumerated() {
        let store = try await run.fresh(holding: ErasureCase.changes)
        try requireSame(try await store.erase(request).identities, 2, "the identities in receipt \(index)")
        let found = try await store.identities(for: all.keys + [IdentifierKey(.email, key: "public")])
        try requireSame(
          found.map { $0?.person }, [nil, nil, Sample.person(3)], "whom the identities lead to after request \(index)")
      }
    },
    StoreLaw("erase.people", "Their person records and redirects are gone, and the merges that name them.") { run in
      let store = try await ErasureCase.erased(run)
      try requireSame(try await store.everyPerson().map(\.id), [Sample.person(3)], "the people")
      let found = try await store.people([1, 2].map { Sample.person($0) })
      try requireSame(found.map { $0?.id }, [nil, nil], "the erased people by id")
      try requireSame(try await store.everyMerge().map(\.survivor), [Sample.person(3)], "the survivors of merges")
    },
    StoreLaw("erase.ties", "Ties from and to their accounts are gone.") { run in
      let store = try await ErasureCase.erased(run)
      try requireSame(try await store.everyTie().map(\.key), [Sample.tie(3, 4).key], "the ties")
    },
    StoreLaw("erase.states", "States of the people and of their events are gone, of every kind, and no longer due.") {
      run in
      let store = try await ErasureCase.erased(run)
      let keys: [StateKey] = [.person(Sample.person(3)), .event(Sample.event("unrelated")), .name("loop")]
      try requireSame(try await store.everyState("kit.a").map(\.key), keys, "the states of one kind")
      try requireSame(try await store.everyState("kit.b").map(\.key), [], "the states of the other kind")
      try requireSame(try await store.everyDueState("kit.a", through: .distantFuture).map(\.key), [], "what is due")
    },
    StoreLaw("erase.memberships", "They are in no segment any more.") { run in
      let store = try await ErasureCase.erased(run)
      try requireSame(try await store.everyMember(of: "vip").map(\.person), [Sample.person(3)], "the members")
      let found = try await store.memberships(of: [Sample.person(1), Sample.person(2)])
      try requireSame(found, [[], []], "the memberships of the erased")
    },
    StoreLaw("erase.outbox", "Their actions are gone, a claim on one is lost, and nobody is handed one.") { run in
      let store = try await run.fresh(holding: ErasureCase.changes)
      let held = try await store.claim(limit: 9, worker: "w", at: Sample.now, lease: .seconds(60))
      try requireSame(held.count, 3, "the actions claimed before")
      _ = try await store.erase(ErasureCase.request)
      try requireSame(try await store.everyAction().map(\.action.id), [Sample.actionID(2)], "the actions")
      let found = try await store.actions([1, 3].map { Sample.actionID($0) })
      try requireSame(found.map { $0?.action.id }, [nil, nil], "the erased actions by id")
      try await requireRefusal(.claimLost, "acknowledge of an erased action") { try await store.acknowledge(held[0]) }
      try await store.acknowledge(held[1])
      let claims = try await store.claim(limit: 9, worker: "w", at: .distantFuture, lease: .zero)
      try require(claims.isEmpty, "an action is handed out after the erasure")
    },
    StoreLaw("erase.scores", "Published snapshots lose their scores and keep those of others.") { run in
      let store = try await ErasureCase.erased(run)
      guard case .snapshot(let snapshot)? = try await store.everyEntry().dropLast().last?.body else {
        throw LawFailure("the snapshot is not at its place")
      }
      try requireSame(snapshot.scores, [.init(person: Sample.person(3), value: 3)], "the scores")
    },
    StoreLaw(
      "erase.names", "Where a record that stays names an erased event, it names it by the hash that stands for it."
    ) {
      run in
      let store = try await ErasureCase.erased(run)
      let erased = ErasureCase.erasedID
      guard case .interaction(let answer, _)? = try await store.entries(for: [ErasureCase.answer]).first??.body else {
        throw LawFailure("the answer is gone")
      }
      try requireSame(answer.context.inReplyTo, erased, "what the answer replies to")
      try requireSame(answer.revision, .replaces(erased.id), "what the answer replaces")
      let other = try required(try await store.people([Sample.person(3)]).first ?? nil, "the other person")
      try requireSame(other.accounts.map(\.firstEvent), [erased], "the event that showed an account")
      try requireSame(other.traits.best("name")?.event, erased, "the event that showed a trait")
      try requireSame(other.consents.records.map(\.event), [erased], "the event that showed a consent")
      try requireSame(try await store.everyMerge().map(\.cause), [erased], "the cause of a merge")
      let action = try required(try await store.everyAction().first?.action, "the other person's action")
      try requireSame(action.trigger, erased, "the trigger of an action")
      try requireSame(action.explanation.evidence.map(\.event), [erased], "the evidence of an action")
    },
    StoreLaw("erase.redelivery", "A repeated delivery of an erased event is found and refused as a duplicate.") { run in
      let store = try await ErasureCase.erased(run)
      let found = try await store.entries(for: [ErasureCase.own, ErasureCase.erasedID, ErasureCase.second])
      try requireSame(found.map { $0?.position.rawValue }, [1, 1, 2], "the positions of the erased events")
      var again = ChangeSet("again", on: try await store.head())
      again.add(Sample.fullInteraction(ErasureCase.own, ErasureCase.marker), actor: Sample.account(1))
      try await requireRefusal(.duplicateEvent, "the delivery") { _ = try await store.commit(again) }
    },
    StoreLaw("erase.receipts", "A commit that is repeated after the erasure has its receipt and brings nothing back.") {
      run in
      let store = try await run.fresh()
      let receipt = try await store.commit(ErasureCase.changes)
      _ = try await store.erase(ErasureCase.request)
      let view = try await StoreView(store, ErasureCase.known)
      try requireSame(try await store.commit(ErasureCase.changes), receipt, "the receipt of the repeated commit")
      try await requireUnchanged(store, since: view, ErasureCase.known, "the repeated commit")
    },
    StoreLaw("erase.again", "A second erasure of the same finds nothing and changes nothing.") { run in
      let store = try await ErasureCase.erased(run)
      let view = try await StoreView(store, ErasureCase.known)
      try requireSame(try await store.erase(ErasureCase.request), ErasureReceipt(), "the second receipt")
      try await requireUnchanged(store, since: view, ErasureCase.known, "the second erasure")
    },
    StoreLaw("erase.nobody", "An erasure of nobody, or of somebody unknown, changes nothing.") { run in
      let store = try await run.fresh(holding: ErasureCase.changes)
      let view = try await StoreView(store, ErasureCase.known)
      let unknown = ErasureRequest(
        people: [Sample.person(77)], accounts: [Sample.account(77)], keys: [IdentifierKey(.email, key: "nobody")])
      for request in [ErasureRequest(people: [], accounts: [], keys: []), unknown] {
        try requireSame(try await store.erase(request), ErasureReceipt(), "the receipt")
      }
      try await requireUnchanged(store, since: view, ErasureCase.known, "the erasure of nobody")
    },
    StoreLaw("erase.then-go-on", "After an erasure the log goes on, and the same person may come back as a new one.") {
      run in
      let store = try await ErasureCase.erased(run)
      var changes = ChangeSet("back", on: try await store.head())
      changes.add(Sample.interaction(Sample.event("back"), from: ErasureCase.marker), actor: Sample.account(1))
      changes.create(identities: [Sample.identity(ErasureCase.marker, 1)], people: [Sample.personRecord(1)])
      changes.create(ties: [Sample.tie(1, 3)], states: [Sample.state(.person(Sample.person(1)))])
      changes.enter([Sample.membership("vip", 1)])
      changes.actions = [Sample.action(1, for: 1)]
      try requireSame(try await store.commit(changes).head, changes.head, "the head")
      let found = try await store.people([Sample.person(1)])
      try requireSame(found.map { $0?.accounts.count }, [0], "the accounts of the new person")
      try requireSame(try await store.everyAction().count, 2, "the actions")
    },
  ]
}
