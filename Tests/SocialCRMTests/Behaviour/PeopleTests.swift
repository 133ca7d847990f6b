import SocialCRM
import Testing

@Suite struct PeopleTests {
  private let mail = Identifier(.email, "anna@example.com")

  /// Anna under two accounts that turned out to be one, and Berta who speaks to her.
  private func merged(_ crm: SocialCRM) async throws -> (survivor: PersonID, absorbed: PersonID, berta: PersonID) {
    let outcomes = try await crm.ingest([
      done(.purchase, "deliver to secret street", id: "1", by: "secret-weibo", at: 0),
      done(.comment, "secret refund", id: "2", at: 1) { interaction in
        interaction.actor = Party([mail])
        interaction.traits = ["city": "secret-city"]
        interaction.consents = [ConsentStatement(.granted, .marketing, evidence: "secret-form")]
      },
      done(.identify, id: "3", by: "secret-weibo", at: 2) { $0.actor.identifiers.append(mail) },
      done(.comment, "hello", id: "4", by: "berta", at: 3) { $0.target = Party([mail]) },
    ])
    let people = outcomes.compactMap(\.person)
    return (try #require(people.first), people[1], people[3])
  }

  @Test func `people are found by any writing of their identifiers and any id`() async throws {
    let (crm, _) = try await openPlain()
    let (survivor, absorbed, _) = try await merged(crm)
    #expect(survivor != absorbed)
    for identifier in [mail, Identifier(.email, " ANNA@Example.COM "), Identifier(.weibo, "secret-weibo")] {
      #expect(try await crm.person(with: identifier)?.id == survivor)
    }
    #expect(try await crm.person(absorbed)?.id == survivor)
    #expect(try await crm.person(with: Identifier(.email, "nobody@example.com")) == nil)
    #expect(try await crm.person(with: Identifier(.email, "unusable")) == nil)
    #expect(try await crm.person(PersonID(high: 0, low: 0)) == nil)
  }

  @Test func `facts are those of the loop's time and nothing is written for them`() async throws {
    let (crm, store) = try await openPlain()
    let (survivor, absorbed, _) = try await merged(crm)
    let before = await store.snapshot()
    for id in [survivor, absorbed] {
      let facts = try #require(try await crm.facts(of: id))
      #expect(facts.id == survivor && facts.now == hour(3) && facts.segments == ["buyers"])
      #expect(facts.activity.total == 3 && facts.trait("city") == "secret-city")
    }
    #expect(try await crm.facts(of: PersonID(high: 0, low: 0)) == nil)
    #expect(await store.snapshot() == before)
  }

  @Test func `an erased person leaves no byte, whichever id was named`() async throws {
    for named in [0, 1] {
      let (crm, store) = try await openPlain()
      let (survivor, absorbed, berta) = try await merged(crm)
      let history = await store.log(after: .start, limit: .max)
      let receipt = try #require(try await crm.erase([survivor, absorbed][named]))
      #expect(receipt.interactions == 3 && receipt.redactedInteractions == 1 && receipt.people == 2)
      #expect(receipt.identities == 2 && receipt.merges == 1 && receipt.ties == 1 && receipt.memberships == 1)
      #expect(receipt.actions == 3)
      let text = String(decoding: await store.snapshot(), as: UTF8.self)
      for trace in ["secret", "anna", survivor.description, absorbed.description] { #expect(!text.contains(trace)) }
      #expect(try await crm.person(survivor) == nil)
      #expect(try await crm.person(with: mail) == nil)
      #expect(try await crm.facts(of: absorbed) == nil)
      #expect(try await crm.erase(survivor) == nil)
      #expect(try await crm.export(survivor) == nil)
      #expect(try await crm.person(berta)?.id == berta)
      // What was erased is not taken in again, and what comes anew is somebody new.
      for entry in history {
        guard case .interaction(let interaction, _) = entry.body, interaction.key.id != "4" else { continue }
        #expect(try await crm.ingest(one: interaction).isDuplicate)
      }
      let anew = try await crm.ingest(one: done(.comment, id: "9", by: "secret-weibo", at: 9))
      #expect(anew.isNewPerson && anew.segments.isEmpty)
      let replayed = InMemoryStore()
      try await SocialCRM.replay(store, into: replayed, configuration: plainConfiguration())
      #expect(await replayed.snapshot(includesDelivery: false) == store.snapshot(includesDelivery: false))
    }
  }

  @Test func `an export holds everything of a merged person and nothing of others`() async throws {
    let (crm, _) = try await openPlain()
    let (survivor, absorbed, _) = try await merged(crm)
    let export = try #require(try await crm.export(absorbed))
    #expect(Set(export.people.map(\.id)) == [survivor, absorbed])
    #expect(export.interactions.map(\.key.id) == ["1", "2", "3"])
    #expect(export.memberships.map(\.segment) == ["buyers"] && export.ties.count == 1)
    #expect(Set(export.actions.map(\.action.rule)) == ["first-order", "welcome", "refund"])
    #expect(
      export.states.contains { $0.kind == "activity" }
        && export.states.allSatisfy { $0.kind == "identity" || $0.key == .person(survivor) })
  }

  @Test func `an audience is parted by consent`() async throws {
    let (crm, _) = try await openPlain()
    func buyer(_ name: String, _ consents: ConsentStatement...) -> Interaction {
      done(.purchase, id: name, by: name) { $0.consents = consents }
    }
    let people = try await crm.ingest([
      buyer("willing", .init(.granted, .marketing)), buyer("silent"), buyer("unwilling", .init(.denied, .marketing)),
      buyer("no-sms", .init(.granted, .marketing), .init(.denied, .marketing, channel: "sms")),
    ]).compactMap(\.person)
    let all = try await crm.audience(of: "buyers", purpose: .marketing)
    #expect(Set(all.members) == [people[0], people[3]])
    #expect(Set(all.refused.map(\.person)) == [people[1], people[2]])
    #expect(all.refused.first { $0.person == people[1] }?.decision.basis == .noStatement)
    #expect(all.refused.first { $0.person == people[2] }?.decision.basis == .denied)
    #expect(try await crm.audience(of: "buyers", purpose: .marketing, channel: "sms").members == [people[0]])
    #expect(try await Set(crm.audience(of: "buyers", purpose: .service).members) == Set(people))
    #expect(try await crm.audience(of: "nothing", purpose: .service).members.isEmpty)
  }

  @Test func `published scores reach conditions with the next interaction and when due`() async throws {
    let (crm, _) = try await openPlain()
    let people = try await crm.ingest([done(id: "1", by: "a"), done(id: "2", by: "b"), done(id: "3", by: "c")])
      .compactMap(\.person)
    func publish(_ values: [Double]) async throws {
      try await crm.publish(
        PublishedSnapshot(
          name: "influence", asOf: hour(1), scores: zip(people, values).map { .init(person: $0, value: $1) }))
    }
    try await publish([80, 70, 20])
    #expect(try await crm.facts(of: people[0])?.influence == 80)
    #expect(try await crm.ingest(one: done(id: "4", by: "a", at: 2)).segments.map(\.segment) == ["loud"])
    let advanced = try await crm.advance(to: hour(24))
    #expect(advanced.segments.map(\.person) == [people[1]] && advanced.evaluated == 3)
    // A newer snapshot takes the place of the whole older one.
    try await publish([10])
    let later = try await crm.advance(to: hour(48))
    #expect(Set(later.segments.map(\.person)) == [people[0], people[1]] && later.segments.allSatisfy { !$0.isEntry })
  }

  @Test func `scores of people who were merged or erased meanwhile follow them`() async throws {
    let (crm, store) = try await openPlain()
    let (survivor, absorbed, berta) = try await merged(crm)
    func publish(_ scores: [(PersonID, Double)]) async throws {
      try await crm.publish(
        PublishedSnapshot(name: "influence", asOf: hour(3), scores: scores.map { .init(person: $0.0, value: $0.1) }))
    }
    try await publish([(absorbed, 60), (survivor, 20), (berta, 5), (PersonID(high: 0, low: 1), 9)])
    #expect(try await crm.facts(of: survivor)?.influence == 60)
    #expect(await store.states("score.influence", after: nil, limit: 9).count == 2)
    // A late event gives the merged person the absorbed id back, without a conflict with a score stored under it.
    let renamed = try await crm.ingest(one: done(id: "0", at: -1, received: 4) { $0.actor = Party([mail]) })
    #expect(renamed.person == absorbed && renamed.segments.contains { $0.segment == "loud" && $0.isEntry })
    _ = try await crm.erase(absorbed)
    try await publish([(absorbed, 60), (survivor, 60)])
    // The time of what was erased is gone from the log; someone else's brings the loop to where it was.
    _ = try await crm.ingest(one: done(id: "5", by: "berta", at: 5))
    let text = String(decoding: await store.snapshot(), as: UTF8.self)
    #expect(!text.contains(absorbed.description) && !text.contains(survivor.description))
    let replayed = InMemoryStore()
    try await SocialCRM.replay(store, into: replayed, configuration: plainConfiguration())
    #expect(await replayed.snapshot(includesDelivery: false) == store.snapshot(includesDelivery: false))
  }

  @Test func `influence is computed from ties and published`() async throws {
    let (crm, _) = try await openPlain()
    let history =
      (0..<6).map { index in
        done(index < 2 ? .share : .comment, id: "\(index)", by: "fan\(index)") { $0.target = Party(.weibo, "star") }
      } + [done(.comment, id: "x", by: "star") { $0.target = Party(.weibo, "fan0") }]
    _ = try await crm.ingest(history)
    let scores = try await crm.refreshInfluence(asOf: hour(1))
    #expect(scores.count == 7)
    let star = try #require(try await crm.person(with: Identifier(.weibo, "star")))
    #expect(scores.max { $0.value < $1.value }?.person == star.id)
    let facts = try #require(try await crm.facts(of: star.id))
    #expect(facts.influence == scores.first { $0.person == star.id }?.value && facts.influence > 50)
    #expect(try await crm.ingest(one: done(id: "y", by: "star", at: 2)).segments.map(\.segment) == ["loud"])
    let graph = try await crm.interactionGraph(at: hour(1))
    #expect(graph.people.count == 7 && graph.edgeCount == 7)
  }
}
