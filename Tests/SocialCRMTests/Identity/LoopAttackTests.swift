import SocialCRM
import Testing

/// The attacks on the evidence graph, through the loop and its store, in batches of one and of all.
@Suite struct LoopAttackTests {
  private func act(_ id: Int, _ identifiers: [Identifier], name: String? = nil) -> Interaction {
    let time = RandomHistory.start.advanced(by: .minutes(id))
    return Interaction(
      key: EventKey("test", "\(id)"), kind: .identify, actor: Party(identifiers),
      traits: name.map { ["name": .string($0)] } ?? [:], at: time, received: time)
  }

  private func open(_ interactions: [Interaction], batchSize: Int) async throws -> SocialCRM {
    var configuration = try SocialCRM.Configuration()
    configuration.batchSize = batchSize
    let crm = try await SocialCRM(store: InMemoryStore(), configuration: configuration)
    _ = try await crm.ingest(interactions)
    return crm
  }

  @Test(arguments: [1, 1_000]) func `who types the victim's address gets nobody's profile`(batchSize: Int) async throws
  {
    let (victim, thief) = (Identifier(.user("app"), "v", .verified), Identifier(.user("app"), "t", .verified))
    let mail = Identifier(.email, "v@example.com", .verified)
    let typed = Identifier(.email, "v@example.com", .claimed)
    for order in [[0, 1], [1, 0]] {
      let both = [act(1, [victim, mail]), act(2, [thief, typed])]
      let crm = try await open(order.map { both[$0] }, batchSize: batchSize)
      #expect(try await crm.person(with: mail)?.id == crm.person(with: victim)?.id)
      #expect(try await crm.person(with: thief)?.id != crm.person(with: victim)?.id)
    }
  }

  @Test(arguments: [1, 1_000]) func `a kiosk and a placeholder join nobody, however many use them`(
    batchSize: Int
  ) async throws {
    let kiosk = Identifier(.device, "kiosk")
    let zeros = Identifier(.phone, "+49 30 00000000")
    let users = (0..<80).map { Identifier(.user("shop"), "u\($0)", .verified) }
    let crm = try await open(
      users.enumerated().map { act($0.offset, [$0.element, kiosk, zeros]) }, batchSize: batchSize)
    var people = Set<PersonID>()
    for user in users {
      let person = try #require(try await crm.person(with: user))
      #expect(person.accounts.count == 1)
      people.insert(person.id)
    }
    #expect(people.count == 80)
  }

  @Test(arguments: [1, 1_000]) func `a family's telephone joins those of one name only`(batchSize: Int) async throws {
    let phone = Identifier(.phone, "+86 138 0013 8000")
    let users = (0..<4).map { Identifier(.user("app"), "u\($0)", .verified) }
    let names = ["李娜", "王伟", "李娜", "王伟"]
    let crm = try await open(
      users.indices.map { act($0, [users[$0], phone], name: names[$0]) }, batchSize: batchSize)
    var people: [PersonID?] = []
    for user in users { people.append(try await crm.person(with: user)?.id) }
    #expect(people[0] == people[2] && people[1] == people[3] && people[0] != people[1])
  }

  // MARK: What is left to review

  private func key(_ identifier: Identifier) throws -> IdentifierKey {
    try #require(EvidenceResolver().keys(of: Party([identifier])).entries.first?.key)
  }

  @Test(arguments: [1, 1_000]) func `a takeover leaves its reason`(batchSize: Int) async throws {
    for namespace in [IdentifierNamespace.email, .phone] {
      let (victim, thief) = (Identifier(.user("app"), "v", .verified), Identifier(.user("app"), "t", .verified))
      let value = namespace == .email ? "v@example.com" : "+86 138 0013 8000"
      let crm = try await open(
        [
          act(1, [thief, Identifier(namespace, value, .claimed)]),
          act(2, [victim, Identifier(namespace, value, .verified)]),
        ],
        batchSize: batchSize)
      let review = try await crm.review([victim, thief])
      let why = try review.explain(key(thief), key(victim))
      #expect(!why.isOnePerson && why.path.contains { $0.obstacle == .heldVerifiedByAnother })
      #expect(why.path.flatMap(\.evidence).contains { $0.event == EventKey("test", "1") })
      #expect(review.preventedJoins.map(\.obstacle) == [.heldVerifiedByAnother])
    }
  }

  @Test(arguments: [1, 1_000]) func `a confusable handle is another handle, and is shown`(batchSize: Int) async throws {
    let handles = ["paypal", "pаypаl"].map { Identifier(.handle("x"), $0, .verified) }
    let accounts = (0..<2).map { Identifier(.user("app"), "u\($0)", .verified) }
    let crm = try await open((0..<2).map { act($0, [accounts[$0], handles[$0]]) }, batchSize: batchSize)
    #expect(try await crm.person(with: handles[0])?.id != crm.person(with: handles[1])?.id)
    let review = try await crm.review(handles)
    let why = try review.explain(key(handles[0]), key(handles[1]))
    #expect(!why.isOnePerson && why.path.isEmpty && why.looksAlike)
    #expect(review.confusableHandles == [try handles.map { try key($0) }.sorted()])
  }

  @Test(arguments: [1, 1_000]) func `a kiosk, and a flood of one telephone number, leave their reason`(
    batchSize: Int
  ) async throws {
    let kiosk = Identifier(.device, "kiosk", .verified)
    let zeros = Identifier(.phone, "+86 138 0000 0000")
    let users = (0..<400).map { Identifier(.user("shop"), "u\($0)", .verified) }
    let crm = try await open(
      users.enumerated().map { act($0.offset, [$0.element, kiosk, zeros]) }, batchSize: batchSize)
    for user in users { #expect(try await crm.person(with: user)?.accounts.count == 1) }
    let review = try await crm.review([users[0], users[399], kiosk])
    for value in try [key(kiosk), key(zeros)] { #expect(review.standing(of: value) == .shared) }
    #expect(!review.preventedJoins.isEmpty && review.preventedJoins.allSatisfy { $0.obstacle == .sharedByMany })
    let why = try review.explain(key(users[0]), key(users[399]))
    #expect(!why.isOnePerson && why.path.contains { $0.obstacle == .sharedByMany })
  }

  @Test(arguments: [1, 1_000]) func `a flood of claims does not keep an address from whoever verifies it`(
    batchSize: Int
  ) async throws {
    let (victim, mail) = (Identifier(.user("app"), "v", .verified), "v@example.com")
    let proof = act(500, [victim, Identifier(.email, mail, .verified)])
    let flood = (0..<120).map { act($0, [Identifier(.user("bot"), "\($0)", .verified), Identifier(.email, mail)]) }
    for interactions in [flood + [proof], [proof] + flood, flood[..<60] + [proof] + flood[60...]] {
      let crm = try await open(interactions, batchSize: batchSize)
      let person = try #require(try await crm.person(with: victim))
      #expect(person.accounts.count == 2)
      #expect(try await crm.person(with: Identifier(.email, mail))?.id == person.id)
    }
  }

  @Test(arguments: [1, 1_000]) func `a bridge between two loyalty numbers does not hold, and leaves its reason`(
    batchSize: Int
  ) async throws {
    var settings = EvidenceResolver.Settings()
    settings.policy.namespaces["loyalty"] = NamespacePolicy(.account, priority: 90, maximumPerPerson: 1)
    let numbers = ["1", "2"].map { Identifier(.loyalty(), $0, .verified) }
    let mails = ["a@x.org", "b@x.org"].map { Identifier(.email, $0) }
    let bridge = act(3, [Identifier(.user("app"), "bridge", .verified)] + mails)
    var configuration = try SocialCRM.Configuration()
    configuration.batchSize = batchSize
    configuration.identity = EvidenceResolver(settings)
    for first in [true, false] {
      let pairs = (0..<2).map { act($0, [numbers[$0], mails[$0]]) }
      let crm = try await SocialCRM(store: InMemoryStore(), configuration: configuration)
      _ = try await crm.ingest(first ? [bridge] + pairs : pairs + [bridge])
      #expect(try await crm.person(with: numbers[0])?.id != crm.person(with: numbers[1])?.id)
      let why = try await crm.review(numbers).explain(key(numbers[0]), key(numbers[1]))
      #expect(why.path.compactMap(\.obstacle) == [.tooManyOfNamespace("loyalty")])
    }
  }

  /// The signature is a stub: what is shown is that a used token gives nothing that could be ingested.
  private struct StubSigner: BindTokenSigning {
    func sign(_ message: [UInt8]) -> [UInt8] { (0..<16).map { UInt8(truncatingIfNeeded: message.count &* 31 &+ $0) } }
    func isValid(_ tag: [UInt8], of message: [UInt8]) -> Bool { tag == sign(message) }
  }

  @Test func `a replayed token joins nobody`() async throws {
    let registration = Identifier(IdentifierNamespace("registration", scope: "summit"), "r1", .verified)
    let guest = Identifier(.user("app"), "guest", .verified)
    let thief = Identifier(.user("app"), "thief", .verified)
    let crm = try await open([act(1, [registration]), act(2, [guest]), act(3, [thief])], batchSize: 10)
    var ledger = BindTokenLedger()
    let token = try ledger.issue(
      to: key(registration), nonce: Array(0..<16), purpose: "checkin", at: RandomHistory.start, lifetime: 86_400,
      signer: StubSigner())
    for (place, account) in [guest, thief].enumerated() {
      let scan = act(10 + place, [account, registration])
      do {
        let statement = try ledger.use(
          token.text, for: "checkin", by: key(account), event: scan.key, at: scan.occurred.inUTC, signer: StubSigner())
        let inPerson = statement.identifiers.map { Identifier($0.key.namespace, $0.key.key, $0.assertion) }
        _ = try await crm.ingest([act(10 + place, inPerson)])
        #expect(place == 0)
      } catch let error as BindTokenError {
        #expect(place == 1 && error.code == .replayed)
      }
    }
    #expect(try await crm.person(with: guest)?.id == crm.person(with: registration)?.id)
    #expect(try await crm.person(with: thief)?.id != crm.person(with: registration)?.id)
  }
}
