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
}
