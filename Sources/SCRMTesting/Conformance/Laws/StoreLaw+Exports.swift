import SocialCRM

extension StoreLaw {
  static let exports: [StoreLaw] = [
    StoreLaw(
      "export.theirs", "An export holds everything stored under the people and accounts, interactions in log order."
    ) {
      run in
      let store = try await run.fresh(holding: ErasureCase.changes)
      let export = try await store.export(ErasureCase.request)
      let people = [1, 2].map { Sample.person($0) }.sorted()
      try requireSame(export.people.map(\.id).sorted(), people, "the people")
      try requireSame(export.interactions.map(\.key), [ErasureCase.own, ErasureCase.second], "the interactions")
      try requireSame(export.memberships, [Sample.membership("vip", 1)], "the memberships")
      try requireSame(
        export.actions.map(\.action.id).sorted(), [1, 3].map { Sample.actionID($0) }.sorted(), "the actions")
      try requireSame(export.states.map(\.kind).sorted(), ["kit.a", "kit.b"], "the kinds of the states")
      let ties = [Sample.tie(1, 3).key, Sample.tie(3, 2).key].sorted()
      try requireSame(export.ties.map(\.key).sorted(), ties, "the ties")
    },
    StoreLaw("export.content", "What an export holds is what reads give.") { run in
      let store = try await run.fresh(holding: ErasureCase.changes)
      let export = try await store.export(ErasureCase.request)
      let interactions = ErasureCase.changes.entries.prefix(2).compactMap { entry in
        if case .interaction(let interaction, _) = entry.body { interaction.jsonText } else { nil }
      }
      try requireSame(export.interactions.map(\.jsonText), interactions, "the interactions")
      for person in export.people {
        let stored = try await store.people([person.id])
        try requireSame(person.jsonText, stored.first??.jsonText, "a person")
      }
      for state in export.states {
        try requireSame(try await store.states(state.kind, [state.key]), [state], "a state")
      }
      for tie in export.ties { try requireSame(try await store.ties([tie.key]), [tie], "a tie") }
    },
    StoreLaw("export.accounts", "Accounts alone give their interactions and ties, people alone the rest.") { run in
      let store = try await run.fresh(holding: ErasureCase.changes)
      let accounts = ErasureRequest(people: [], accounts: [Sample.account(3)], keys: [])
      var export = try await store.export(accounts)
      let events = [ErasureCase.answer, Sample.event("unrelated")]
      try requireSame(export.interactions.map(\.key), events, "the interactions of an account")
      try requireSame(export.ties.count, 3, "its ties")
      try requireSame(export.people.count + export.states.count + export.actions.count, 0, "what belongs to people")
      export = try await store.export(ErasureRequest(people: [Sample.person(3)], accounts: [], keys: []))
      try requireSame(export.people.map(\.id), [Sample.person(3)], "the person")
      try requireSame(export.states.map(\.key), [.person(Sample.person(3))], "the states")
      try requireSame(export.interactions.count + export.ties.count, 0, "what belongs to accounts")
    },
    StoreLaw(
      "export.nothing", "An export of nobody, and of somebody after the erasure, is empty; exporting changes nothing."
    ) {
      run in
      let nothing = PersonExport(people: [], interactions: [], memberships: [], actions: [], states: [], ties: [])
      let store = try await run.fresh(holding: ErasureCase.changes)
      let view = try await StoreView(store, ErasureCase.known)
      let nobody = ErasureRequest(people: [], accounts: [], keys: [])
      try requireSame(try await store.export(nobody), nothing, "the export of nobody")
      _ = try await store.export(ErasureCase.request)
      try await requireUnchanged(store, since: view, ErasureCase.known, "an export")
      _ = try await store.erase(ErasureCase.request)
      try requireSame(try await store.export(ErasureCase.request), nothing, "the export after the erasure")
    },
  ]
}
