import IdentityGraph
import SCRMModel
import Testing

/// Values that several people use, found under the default policy by how many use them and by what names, without any list;
/// and the limits that say what is never one person.
@Suite struct SharedValueTests {
  private func user(_ name: String) -> IdentifierKey { IdentifierKey(.user("app"), key: name) }

  private func record(
    _ id: String, _ claims: [IdentifierClaim], name: String? = nil, second: Int64 = 0
  ) -> IdentityStatement {
    IdentityStatement(
      event: EventKey("shop", id), time: Instant(secondsSinceEpoch: second) ?? .epoch, identifiers: claims,
      descriptors: name.map { [IdentityDescriptor(.name, $0)] } ?? [])
  }

  /// A graph of records that share a value, by the names they give.
  private func graph(sharing value: IdentifierKey, by names: [String?]) -> EvidenceGraph {
    var graph = EvidenceGraph()
    graph.add(
      contentsOf: names.enumerated().map { place, name in
        record("\(place)", [IdentifierClaim(user("\(place)"), .verified), IdentifierClaim(value)], name: name)
      })
    return graph
  }

  private func people(_ graph: EvidenceGraph, _ count: Int) -> [PersonID?] {
    (0..<count).map { graph.person(of: user("\($0)")) }
  }

  @Test func `a family's telephone is divided between those who use it`() {
    let phone = IdentifierKey(.phone, key: "+8613800138000")
    let graph = graph(sharing: phone, by: ["李娜", "王伟", "LI Na", "王伟先生"])
    let people = people(graph, 4)
    #expect(people[0] == people[2] && people[1] == people[3] && people[0] != people[1])
    #expect(graph.standing(of: phone) == .divided && graph.person(of: phone) == nil)
    #expect(graph.users(of: phone).count == 2)
  }

  @Test func `a role mailbox is nobody's, and joins none of those who write from it`() {
    let mailbox = IdentifierKey(.email, key: "info@example.com")
    let names = ["李娜", "王伟", "John Smith", "Maria Lopez", "Ahmed Khan", "Jane Roe"]
    let graph = graph(sharing: mailbox, by: names)
    #expect(Set(people(graph, 6)).count == 6 && graph.standing(of: mailbox) == .shared)
    #expect(graph.preventedJoins().map(\.obstacle) == Array(repeating: .sharedByMany, count: 6))
  }

  @Test func `a shop's tablet and a placeholder are found by how many use them`() {
    let tablet = IdentifierKey(.device, key: "t1")
    let zeros = IdentifierKey(.phone, key: "+8613800000000")
    for value in [tablet, zeros] {
      let few = graph(sharing: value, by: Array(repeating: nil, count: 24))
      #expect(Set(people(few, 24)).count == 1, "up to the limit they are believed")
      let many = graph(sharing: value, by: Array(repeating: nil, count: 25))
      #expect(Set(people(many, 25)).count == 25 && many.standing(of: value) == .shared)
    }
  }

  @Test func `a person with many browsers is one person, and a guest account of a crowd is not`() throws {
    let account = IdentifierClaim(user("anna"), .verified)
    func browsers(_ count: Int) -> EvidenceGraph {
      var graph = EvidenceGraph()
      graph.add(
        contentsOf: (0..<count).map { index in
          record("\(index)", [account, IdentifierClaim(IdentifierKey(.anonymous(), key: "b\(index)"))])
        })
      return graph
    }
    let person = try #require(browsers(100).person(of: account.key))
    #expect(browsers(100).identifiers(of: person).count == 101)
    #expect(browsers(101).standing(of: account.key) == .shared)
  }

  @Test(arguments: [Identifier.Assertion.claimed, .verified])
  func `two national ids are two people when both are verified`(assertion: Identifier.Assertion) throws {
    var policy = IdentityPolicy()
    policy.namespaces["national"] = NamespacePolicy(.account, priority: 90, maximumPerPerson: 1)
    policy.namespaces["national"]?.countsVerifiedOnly = true
    var graph = EvidenceGraph(policy: policy)
    let ids = ["110101199003070011", "310101198001010033"].map {
      IdentifierKey(IdentifierNamespace("national"), key: $0)
    }
    // One slip of the pen is forgiven, as long as nobody looked at the card.
    try graph.add(record("1", [IdentifierClaim(user("anna"), .verified), IdentifierClaim(ids[0], .verified)]))
    try graph.add(
      record("2", [IdentifierClaim(user("anna"), .verified), IdentifierClaim(ids[1], assertion)], second: 9))
    #expect((graph.person(of: ids[0]) == graph.person(of: ids[1])) == (assertion == .claimed))
    let obstacles = graph.preventedJoins().map(\.obstacle)
    #expect(obstacles == (assertion == .claimed ? [] : [.tooManyOfNamespace("national")]))
  }

  @Test(arguments: [(spacing: Int64(3_600), isOne: false), (spacing: 86_400, isOne: true)])
  func `a limit within a window lets the same come in the course of time`(spacing: Int64, isOne: Bool) throws {
    var policy = IdentityPolicy()
    policy.namespaces["device"]?.maximumPerWindow = 3
    policy.namespaces["device"]?.windowSeconds = 86_400
    var graph = EvidenceGraph(policy: policy)
    let account = IdentifierClaim(user("anna"), .verified)
    for index in 0..<4 {
      let device = IdentifierClaim(IdentifierKey(.device, key: "d\(index)"))
      try graph.add(record("\(index)", [account, device], second: Int64(index) * spacing))
    }
    let ids = Set((0..<4).map { graph.person(of: IdentifierKey(.device, key: "d\($0)")) })
    #expect((ids.count == 1) == isOne)
    #expect(graph.preventedJoins().map(\.obstacle) == (isOne ? [] : [.tooManyInWindow("device")]))
  }

  @Test func `where not all can be joined the greater priority wins, whatever the order`() throws {
    var policy = IdentityPolicy()
    policy.namespaces["loyalty"] = NamespacePolicy(.account, priority: 90, maximumPerPerson: 1)
    let cards = ["1", "2"].map { IdentifierClaim(IdentifierKey(.loyalty(), key: $0)) }
    let mail = IdentifierClaim(IdentifierKey(.email, key: "a@x.org"))
    let device = IdentifierClaim(IdentifierKey(.device, key: "d"))
    // Card 1 is tied to the account by mail, card 2 by a device.
    let statements = [
      record("1", [cards[0], mail], second: 9), record("2", [cards[1], device]),
      record("3", [IdentifierClaim(user("anna")), mail], second: 9),
      record("4", [IdentifierClaim(user("anna")), device]),
    ]
    for order in [statements, statements.reversed()] {
      var graph = EvidenceGraph(policy: policy)
      for statement in order { try graph.add(statement) }
      #expect(graph.person(of: user("anna")) == graph.person(of: cards[0].key))
      #expect(graph.person(of: user("anna")) != graph.person(of: cards[1].key))
    }
  }
}
