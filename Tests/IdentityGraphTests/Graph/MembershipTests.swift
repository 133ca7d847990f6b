import IdentityGraph
import SCRMModel
import Testing

/// Organisations and households: evidence of membership, and identifiers that belong to a group instead of a person.
@Suite struct MembershipTests {
  private let company = IdentifierKey(IdentifierNamespace("organisation", scope: "crm"), key: "acme")
  private let home = IdentifierKey(IdentifierNamespace("household"), key: "h7")
  private let phone = IdentifierKey(.phone, key: "+8613800138000")

  private func user(_ name: String) -> IdentifierKey { IdentifierKey(.user("app"), key: name) }

  private func statement(
    _ id: String, _ keys: [IdentifierKey], second: Int64 = 0, _ assertion: Identifier.Assertion = .verified
  ) -> IdentityStatement {
    IdentityStatement(
      event: EventKey("hr", id), time: Instant(secondsSinceEpoch: second) ?? .epoch,
      identifiers: keys.map { IdentifierClaim($0, assertion) })
  }

  @Test func `colleagues belong to their company and stay three people`() throws {
    var graph = EvidenceGraph()
    for (place, name) in ["anna", "bob", "cai"].enumerated() {
      try graph.add(statement(name, [user(name), company], second: Int64(10 * place)))
    }
    try graph.add(statement("again", [user("bob"), company], second: 5))
    let people = try ["anna", "bob", "cai"].map { try #require(graph.person(of: user($0))) }
    #expect(Set(people).count == 3 && graph.person(of: company) == nil && graph.standing(of: company) == .grouped)
    #expect(graph.owner(of: company) == .organisation("crm:acme"))
    let memberships = graph.memberships(by: company)
    #expect(Set(memberships.map(\.member)) == Set(people.map { .person($0) }))
    #expect(graph.memberships(of: people[1]).map(\.whole) == [.organisation("crm:acme")])
    // Who said so, how and when is evidence like any other.
    #expect(graph.memberships(of: people[1])[0].since?.secondsSinceEpoch == 5)
    #expect(graph.evidence(at: company).map(\.event.id) == ["anna", "bob", "cai", "again"])
    // Nothing was prevented: nobody meant to join. Asked for two of them, the explanation says what they share.
    #expect(graph.preventedJoins().isEmpty)
    #expect(try graph.explain(user("anna"), user("cai")).path.map(\.obstacle) == [.belongsToGroup, .belongsToGroup])
  }

  @Test func `a membership follows its account when people are joined, parted, and when evidence is withdrawn`() throws
  {
    var graph = EvidenceGraph()
    try graph.add(statement("1", [user("anna"), company]))
    try graph.add(statement("2", [user("shop"), home], second: 1))
    let (one, two) = try (#require(graph.person(of: user("anna"))), #require(graph.person(of: user("shop"))))
    var merges: [IdentityMerge] = []
    try graph.add(statement("3", [user("anna"), user("shop")], second: 2), recording: &merges)
    let merge = try #require(merges.first)
    #expect(graph.memberships(of: one).map(\.whole) == [.group("h7"), .organisation("crm:acme")])
    #expect(graph.memberships(of: two).isEmpty)
    try graph.undo(.revert(merge, reason: "two people", time: .epoch))
    #expect(graph.memberships(of: one).map(\.whole) == [.organisation("crm:acme")])
    #expect(graph.memberships(of: two).map(\.whole) == [.group("h7")])
    try graph.undo(.withdraw(EventKey("hr", "1")))
    #expect(graph.memberships(of: one).isEmpty && graph.memberships(by: company).isEmpty)
  }

  @Test func `a telephone given to a household counts with the household`() throws {
    var graph = EvidenceGraph()
    for (place, name) in ["anna", "bob"].enumerated() {
      try graph.add(statement("\(place)", [user(name), phone, home], second: Int64(place), .claimed))
    }
    #expect(graph.person(of: user("anna")) == graph.person(of: user("bob")))
    try graph.give(phone, to: .group("h7"))
    let (anna, bob) = try (#require(graph.person(of: user("anna"))), #require(graph.person(of: user("bob"))))
    #expect(anna != bob)
    // Two identifiers of one household are one membership.
    #expect(graph.memberships(of: bob).map(\.whole) == [.group("h7")])
    #expect(graph.preventedJoins().count == 2)
    graph.takeBack(phone)
    graph.takeBack(home)
    #expect(graph.person(of: user("anna")) == graph.person(of: user("bob")) && graph.standing(of: home) == .grouped)
  }

  @Test func `under a policy that knows no households theirs is an identifier like others, and back`() throws {
    var graph = EvidenceGraph()
    for name in ["anna", "bob"] { try graph.add(statement(name, [user(name), home])) }
    let before = graph.partition
    var policy = IdentityPolicy()
    policy.namespaces["household"] = NamespacePolicy(.account, priority: 10)
    graph.adopt(policy)
    #expect(graph.person(of: user("anna")) == graph.person(of: user("bob")) && graph.owner(of: home) == nil)
    graph.adopt(IdentityPolicy())
    #expect(graph.partition == before && graph.owner(of: home) == .group("h7"))
  }
}
