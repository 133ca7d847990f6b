import DenseData
import Foundation
import IdentityGraph
import SCRMModel
import Testing

/// Properties on generated histories: a few in every run, 10,000 each with `SCRM_SOAK=1`.
@Suite struct GraphPropertyTests {
  private static let count = ProcessInfo.processInfo.environment["SCRM_SOAK"] == "1" ? 10_000 : 150

  @Test func `the people are those of the definition`() throws {
    for seed in 0..<UInt64(Self.count) {
      let history = GeneratedHistory(seed: seed)
      let oracle = PeopleOracle(history.statements, policy: history.policy)
      let people = Set(history.graph().people().map(\.identifiers))
      try #require(people == oracle.people(), "seed \(seed)")
    }
  }

  @Test func `one by one in any order gives the people of one commit`() throws {
    // 306: a crowded value that comes to contradict itself.
    for seed in Set(0..<UInt64(Self.count)).union([306]).sorted() {
      let history = GeneratedHistory(seed: seed)
      var random = SeededGenerator(seed: seed ^ 0xABCD)
      var graph = EvidenceGraph(policy: history.policy)
      for statement in history.statements.shuffled(using: &random) { try graph.add(statement) }
      try #require(graph.partition == history.graph().partition, "seed \(seed)")
      // What is repeated changes nothing.
      for statement in history.statements { try #require(try graph.add(statement).isEmpty) }
      #expect(graph.preventedJoins() == history.graph().preventedJoins(), "seed \(seed)")
    }
  }

  @Test func `no limit is exceeded after any step, and ids lead to people`() throws {
    for seed in 0..<UInt64(Self.count) {
      let history = GeneratedHistory(seed: seed)
      var graph = EvidenceGraph(policy: history.policy)
      var given = Set<PersonID>()
      for (index, statement) in history.statements.enumerated() {
        try graph.add(statement)
        let people = graph.people()
        let oracle = PeopleOracle(Array(history.statements[...index]), policy: history.policy)
        for person in people {
          try #require(person.identifiers.count == 1 || oracle.isAllowed(Set(person.identifiers)), "seed \(seed)")
          try #require(person.identifiers.allSatisfy { graph.person(of: $0) == person.id })
        }
        given.formUnion(people.map(\.id))
        let ids = Set(people.map(\.id))
        for id in given {
          // One step, to somebody who is there; an id whose identifier became shared leads to nobody.
          guard let heir = graph.person(redirectedFrom: id) else { continue }
          try #require(ids.contains(heir) && graph.person(redirectedFrom: heir) == heir, "seed \(seed)")
        }
      }
    }
  }

  @Test func `the changes a commit reports are the changes of the people`() throws {
    for seed in 0..<UInt64(Self.count) {
      let history = GeneratedHistory(seed: seed)
      var graph = EvidenceGraph(policy: history.policy)
      for statement in history.statements {
        let before = graph.people()
        let changes = try graph.add(statement)
        var expected = Set<PersonID>()
        for person in before {
          let founder = person.identifiers.first { graph.account(of: $0)?.person == person.id }
          if let now = founder.flatMap({ graph.person(of: $0) }), now != person.id { expected.insert(person.id) }
        }
        let reported = changes.compactMap { if case .merged(let absorbed, _) = $0 { absorbed } else { nil } }
        try #require(expected.isSubset(of: reported), "seed \(seed)")
      }
    }
  }

  @Test func `a merge undone leaves the partition before it, and stays undone`() throws {
    // Histories until as many merges were made and undone, since protection prevents some.
    var merges = 0
    var seed: UInt64 = 0
    while merges < Self.count, seed < 10 * UInt64(Self.count) {
      seed += 1
      let history = GeneratedHistory(seed: seed)
      var graph = history.graph()
      let people = graph.people()
      guard people.count >= 2 else { continue }
      let before = graph.partition
      let claims = [people[0], people[1]].map { IdentifierClaim($0.identifiers[0], .inPerson) }
      let join = IdentityStatement(event: EventKey("test", "join"), time: .distantFuture, identifiers: claims)
      let earlier = graph
      var recorded: [IdentityMerge] = []
      try graph.add(join, recording: &recorded)
      let sides = Dictionary(uniqueKeysWithValues: people.map { ($0.id, $0.identifiers) })
      for merge in recorded {
        // What was nobody's counts as a person of its own.
        let side = sides[merge.absorbed] ?? merge.absorbedIdentifiers.filter { earlier.standing(of: $0) != .open }
        try #require(side == merge.absorbedIdentifiers, "seed \(seed)")
        try #require(Set(merge.survivorIdentifiers).isSuperset(of: sides[merge.survivor] ?? []), "seed \(seed)")
      }

      var withdrawn = graph
      let preview = try withdrawn.preview(.withdraw(join.event))
      #expect(try withdrawn.undo(.withdraw(join.event)) == preview)
      try #require(withdrawn.partition == before, "seed \(seed)")
      try withdrawn.add(join)
      try #require(withdrawn.partition == before, "seed \(seed)")

      let two = Set([people[0].id, people[1].id])
      // Where other limits stand in the way, a statement may regroup others instead of joining the two.
      if let merge = recorded.first(where: { Set([$0.absorbed, $0.survivor]) == two }) {
        merges += 1
        try graph.undo(.revert(merge, reason: "test", time: .epoch))
      } else {
        try graph.undo(.part(people[0].identifiers, from: people[1].identifiers, reason: "test", time: .epoch))
      }
      try #require(
        Set(graph.people().map(\.identifiers))
          == PeopleOracle(
            history.statements + [join], policy: history.policy, vetoes: graph.vetoes
          ).people(), "seed \(seed)")
      var again = join
      again.event = EventKey("test", "again")
      try graph.add(again)
      try #require(graph.person(of: claims[0].key) != graph.person(of: claims[1].key), "seed \(seed)")
      #expect(graph.vetoes.count == 1)
    }
    #expect(merges == Self.count)
  }

  @Test func `another policy and back gives the same people, and those of the definition in between`() throws {
    for seed in 0..<UInt64(Self.count) {
      let history = GeneratedHistory(seed: seed)
      var graph = history.graph()
      let before = graph.partition
      let other = GeneratedHistory(seed: seed + 1_000_000).policy
      graph.adopt(other)
      try #require(
        Set(graph.people().map(\.identifiers)) == PeopleOracle(history.statements, policy: other).people(),
        "seed \(seed)")
      graph.adopt(history.policy)
      try #require(graph.partition == before, "seed \(seed)")
    }
  }

  @Test func `erasing a person leaves what there would be without them`() throws {
    for seed in 0..<UInt64(Self.count) {
      let history = GeneratedHistory(seed: seed)
      var graph = history.graph()
      guard let person = graph.people().first else { continue }
      try graph.erase(person.id, leavingTombstones: true)
      #expect(person.identifiers.allSatisfy { graph.person(of: $0) == nil && graph.standing(of: $0) == nil })
      let gone = Set(person.identifiers)
      #expect(graph.people().allSatisfy { gone.isDisjoint(with: $0.identifiers) })
      #expect(graph.person(redirectedFrom: person.id) == nil)
      // Delivered again, the statements name nobody who was erased.
      graph.add(contentsOf: history.statements)
      try #require(person.identifiers.allSatisfy { graph.person(of: $0) == nil }, "seed \(seed)")
    }
  }
}
