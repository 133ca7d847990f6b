import IdentityGraph
import SCRMModel
import Testing

/// Who tries to get into somebody else's profile, or to break it, and what stops them.
@Suite struct AttackTests {
  private let victim = IdentifierClaim(IdentifierKey(.wechatOpenID(app: "shop"), key: "victim"), .verified)
  private let attacker = IdentifierClaim(IdentifierKey(.wechatOpenID(app: "shop"), key: "attacker"), .verified)

  private func statement(
    _ id: String, _ claims: [IdentifierClaim], name: String? = nil, strength: Double = 1
  ) -> IdentityStatement {
    IdentityStatement(
      event: EventKey("web", id), time: .epoch, identifiers: claims,
      descriptors: name.map { [IdentityDescriptor(.name, $0)] } ?? [], strength: strength)
  }

  @Test(arguments: [IdentifierNamespace.email, .phone], [true, false])
  func `typing the victim's address joins nothing`(namespace: IdentifierNamespace, isFirst: Bool) throws {
    let address = IdentifierKey(namespace, key: "victim")
    let theft = statement("2", [attacker, IdentifierClaim(address, .claimed)], name: "Li Na")
    let proof = statement("1", [victim, IdentifierClaim(address, .verified)], name: "Li Na")
    var graph = EvidenceGraph()
    // Also when the thief comes first: the verification takes the address back.
    for statement in isFirst ? [theft, proof] : [proof, theft] { try graph.add(statement) }
    #expect(graph.person(of: attacker.key) != graph.person(of: victim.key))
    #expect(graph.person(of: address) == graph.person(of: victim.key))
    let why = try graph.explain(attacker.key, victim.key)
    #expect(!why.isOnePerson && why.path.contains { $0.obstacle == .heldVerifiedByAnother })
    #expect(graph.preventedJoins().map(\.obstacle) == [.heldVerifiedByAnother])
  }

  @Test func `a flood of claims does not take a verified address from its holder`() throws {
    let address = IdentifierKey(.phone, key: "+8613900000000")
    var graph = EvidenceGraph()
    try graph.add(statement("proof", [victim, IdentifierClaim(address, .verified)], name: "Li Na"))
    graph.add(
      contentsOf: (0..<1_000).map { index in
        let bot = IdentifierClaim(IdentifierKey(.user("web"), key: "bot\(index)"), .verified)
        return statement("bot\(index)", [bot, IdentifierClaim(address)], name: "Bot \(index)")
      })
    #expect(graph.person(of: address) == graph.person(of: victim.key))
    #expect(graph.identifiers(of: try #require(graph.person(of: address))).count == 2)
  }

  /// Neither a crowd of weak links nor of places hides a second name at a value from the statements after it.
  @Test(arguments: [true, false])
  func `a value that lends nobody its names still contradicts itself`(isCrowded: Bool) throws {
    var policy = IdentityPolicy()
    policy.namespaces["phone"]?.maximumNeighbours = 1
    let phone = IdentifierClaim(IdentifierKey(.phone, key: "+8613900000000"))
    var statements = [statement("1", [phone, victim], name: "Tom Smith")]
    if isCrowded {
      statements.append(statement("weak", [phone, attacker], strength: 0.5))
    } else {
      statements[0].descriptors += (0..<9).map { IdentityDescriptor(.place, "Town \($0)") }
    }
    var graph = EvidenceGraph(policy: policy)
    graph.add(contentsOf: statements)
    #expect(graph.person(of: phone.key) == graph.person(of: victim.key))
    try graph.add(statement("2", [phone], name: "Ann Lee"))
    #expect(graph.standing(of: phone.key) == .shared)
  }

  @Test func `a confusable handle is another handle`() throws {
    let latin = try HandleNormaliser.key(for: "@paypal")
    let cyrillic = try HandleNormaliser.key(for: "@pаypаl")
    var graph = EvidenceGraph()
    try graph.add(statement("1", [victim, IdentifierClaim(IdentifierKey(.handle("x"), key: latin))]))
    try graph.add(statement("2", [attacker, IdentifierClaim(IdentifierKey(.handle("x"), key: cyrillic))]))
    #expect(graph.person(of: attacker.key) != graph.person(of: victim.key))
    #expect(try graph.explain(attacker.key, victim.key).path.isEmpty)
  }

  @Test func `a tablet at a kiosk joins none of its users`() throws {
    let tablet = IdentifierClaim(IdentifierKey(.device, key: "kiosk"), .verified)
    let users = (0..<100).map { IdentifierKey(.wechatOpenID(app: "shop"), key: "user\($0)") }
    var graph = EvidenceGraph()
    for (index, user) in users.enumerated() {
      try graph.add(statement("\(index)", [IdentifierClaim(user, .verified), tablet]))
    }
    #expect(Set(users.map { graph.person(of: $0) }).count == 100)
    #expect(graph.standing(of: tablet.key) == .shared && graph.person(of: tablet.key) == nil)
    #expect(graph.preventedJoins().allSatisfy { $0.obstacle == .sharedByMany })
    #expect(graph.users(of: tablet.key).count == 100)
  }

  @Test func `a hundred thousand records with one telephone number stay apart`() throws {
    let placeholder = IdentifierClaim(IdentifierKey(.phone, key: "+8613800000000"))
    var graph = EvidenceGraph()
    let commit = graph.add(
      contentsOf: (0..<100_000).map { index in
        statement("\(index)", [IdentifierClaim(IdentifierKey(.user("crm"), key: "\(index)"), .verified), placeholder])
      })
    #expect(commit.refused.isEmpty && graph.standing(of: placeholder.key) == .shared)
    #expect(graph.people().allSatisfy { $0.identifiers.count == 1 })
    try graph.add(statement("one more", [victim, placeholder]))
    #expect(graph.identifiers(of: try #require(graph.person(of: victim.key))) == [victim.key])
  }

  @Test func `a bridge between two people with loyalty numbers does not hold`() throws {
    var policy = IdentityPolicy()
    policy.namespaces["loyalty"] = NamespacePolicy(.account, priority: 90, maximumPerPerson: 1)
    var graph = EvidenceGraph(policy: policy)
    let numbers = ["1", "2"].map { IdentifierClaim(IdentifierKey(.loyalty(), key: $0), .verified) }
    let mails = ["a@x.org", "b@x.org"].map { IdentifierClaim(IdentifierKey(.email, key: $0)) }
    for index in 0..<2 { try graph.add(statement("\(index)", [numbers[index], mails[index]])) }
    try graph.add(statement("bridge", [attacker, mails[0], mails[1]]))
    #expect(graph.person(of: numbers[0].key) != graph.person(of: numbers[1].key))
    let why = try graph.explain(numbers[0].key, numbers[1].key)
    #expect(why.path.compactMap(\.obstacle) == [.tooManyOfNamespace("loyalty")])
  }

  @Test func `a chain of records joins no more than one person may have`() throws {
    var policy = IdentityPolicy()
    policy.maximumIdentifiers = 10
    var graph = EvidenceGraph(policy: policy)
    for index in 0..<60 {
      let claims = [index, index + 1].map { IdentifierClaim(IdentifierKey(.user("web"), key: "\($0)")) }
      try graph.add(statement("\(index)", claims))
    }
    #expect(graph.people().allSatisfy { $0.identifiers.count <= 10 })
    #expect(graph.preventedJoins().contains { $0.obstacle == .tooManyIdentifiers })
  }

  @Test func `a statement delivered again, and a weak one, join nothing`() throws {
    var graph = EvidenceGraph()
    try graph.add(statement("1", [victim]))
    // The same event with other content: an event counts once.
    try graph.add(statement("1", [victim, attacker]))
    try graph.add(statement("model", [victim, attacker], strength: 0.6))
    #expect(graph.person(of: victim.key) != graph.person(of: attacker.key) || graph.person(of: attacker.key) == nil)
    #expect(graph.preventedJoins(around: victim.key).map(\.obstacle) == [.weakEvidence])
    try graph.add(statement("better", [victim, attacker], strength: 0.97))
    #expect(graph.person(of: victim.key) == graph.person(of: attacker.key))
  }
}
