import SCRMTesting
import SocialCRM
import Testing

/// Unmerge through the loop: accounts, what they did, traits, ties and consents part again.
@Suite struct LoopUnmergeTests {
  private let fan = Identifier(.wechatOpenID(app: "app"), "fan", .verified)
  private let web = Identifier(.user("web"), "web", .verified)
  private let phone = Identifier(.phone, "+86 138 0013 8000")

  private func act(
    _ id: String, _ identifiers: [Identifier], day: Int, _ kind: InteractionKind = .comment, traits: ValueMap = [:],
    consents: [ConsentStatement] = []
  ) -> Interaction {
    let time = RandomHistory.start.advanced(by: .days(day))
    return Interaction(
      key: EventKey("test", id), kind: kind, actor: Party(identifiers),
      target: Party(.handle("social"), "Brand", role: .brand), traits: traits, consents: consents, at: time,
      received: time)
  }

  private func open(_ store: InMemoryStore) async throws -> SocialCRM {
    try await SocialCRM(store: store, configuration: try identityConfiguration())
  }

  /// Two people with a life of their own, joined by a third statement, who go on living.
  private var lives: [Interaction] {
    [
      act("1", [fan], day: 0, .purchase, traits: ["name": "李娜", "city": "上海"]), act("2", [fan, phone], day: 1),
      act("3", [web], day: 2, .post, consents: [ConsentStatement(.denied, .marketing, evidence: "form")]),
    ]
  }
  private var join: Interaction { act("4", [web, phone], day: 3) }
  private var later: [Interaction] {
    [
      act("5", [fan], day: 4, .like, traits: ["city": "北京"]), act("6", [web], day: 5, .share, traits: ["city": "广州"]),
      act("7", [phone], day: 6),
    ]
  }

  @Test func `a reverted merge gives each side its own back, also what arrived after it`() async throws {
    let store = InMemoryStore()
    let crm = try await open(store)
    _ = try await crm.ingest(lives + [join] + later)
    let merge = try #require(await store.merges(after: .start, limit: 10).last)
    let preview = try await crm.preview(.revert(merge))
    #expect(preview.before.count == 1 && preview.after.count == 2)
    let head = await store.head()
    let outcome = try await crm.unmerge(.revert(merge), reason: "asked at the counter")
    #expect(outcome.after == preview.after && outcome.moves == preview.moves)
    #expect(await store.head() == head.next)
    let one = try #require(try await crm.person(with: fan))
    let two = try #require(try await crm.person(with: web))
    #expect(one.id != two.id)
    #expect(one.accounts.map(\.key.namespace.kind).sorted() == ["phone", "wechat.openid"])
    #expect(one.traits["city"] == "北京" && two.traits["city"] == "广州")
    #expect(one.consents.isEmpty && two.consents.records.count == 1)
    let (first, second) = (try await crm.facts(of: one.id), try await crm.facts(of: two.id))
    #expect(first?.activity.total == 4 && second?.activity.total == 3)
    #expect(first?.activity.count(.purchase) == 1 && second?.activity.count(.share) == 1)
    // The same evidence again, and the old id, which leads where its account is.
    _ = try await crm.ingest([act("8", [web, phone], day: 7)])
    #expect(try await crm.person(with: web)?.id == two.id)
    #expect(try await crm.person(merge.absorbed)?.id == two.id)
    try await crm.unmerge(.lift(outcome.position), reason: "a mistake")
    #expect(try await crm.person(with: web)?.id == one.id)
  }

  @Test func `withdrawn evidence leaves the state as if it had never joined`() async throws {
    let store = InMemoryStore()
    let crm = try await open(store)
    _ = try await crm.ingest(lives + [join] + later)
    try await crm.unmerge(.withdraw(EventKey("test", "4")), reason: "a typing slip")
    try await crm.unmerge(.withdraw(EventKey("test", "4")), reason: "twice is once")
    let other = InMemoryStore()
    let apart = try await open(other)
    _ = try await apart.ingest(lives + [act("4", [web], day: 3)] + later)
    for crm in [crm, apart] { _ = try await crm.advance(to: RandomHistory.start.advanced(by: .days(100))) }
    let (one, two) = (await Picture(of: store), await Picture(of: other))
    #expect(one.partition == two.partition)
    #expect(one.traits == two.traits && one.consents == two.consents)
    #expect(one.activity == two.activity)
  }

  @Test func `a detached identifier is a person of its own`() async throws {
    let store = InMemoryStore()
    let crm = try await open(store)
    _ = try await crm.ingest(lives + [join] + later)
    try await crm.unmerge(.detach(phone), reason: "passed on")
    let person = try #require(try await crm.person(with: phone))
    #expect(person.accounts.count == 1)
    #expect(try await crm.facts(of: person.id)?.activity.total == 1)
    #expect(try await crm.person(with: fan)?.id != crm.person(with: web)?.id)
  }

  @Test func `what belongs to a group joins nobody`() async throws {
    let store = InMemoryStore()
    let crm = try await open(store)
    _ = try await crm.ingest(lives + [join])
    try await crm.give(phone, to: .group("family"), reason: "a household")
    #expect(try await crm.person(with: fan)?.id != crm.person(with: web)?.id)
    try await crm.takeBack(phone, reason: "one person after all")
    #expect(try await crm.person(with: fan)?.id == crm.person(with: web)?.id)
  }

  @Test func `an erasure takes the evidence along, and tombstones refuse the identifiers`() async throws {
    let store = InMemoryStore()
    let crm = try await open(store)
    _ = try await crm.ingest(lives + [join] + later + [act("9", [Identifier(.weibo, "friend"), phone], day: 8)])
    let person = try #require(try await crm.person(with: fan))
    let receipt = try #require(try await crm.erase(person.id, leavingTombstones: true))
    #expect(receipt.people > 0 && receipt.identities > 0)
    let bytes = String(decoding: await store.snapshot(), as: UTF8.self)
    for text in ["8613800138000", "\"fan\"", "李娜"] { #expect(!bytes.contains(text), "\(text)") }
    for record in await store.states("identity", after: nil, limit: .max) {
      let text = String(decoding: record.bytes, as: UTF8.self)
      #expect(!text.contains("8613800138000") && !text.contains("fan"))
    }
    let outcome = try await crm.ingest([
      act("10", [fan], day: 9), act("11", [web, Identifier(.email, "n@x.org")], day: 9),
    ])
    #expect(outcome[0].refusal?.code == .missing)
    #expect(outcome[1].isAccepted)
  }

  @Test func `a stage without evidence says that it cannot`() async throws {
    let crm = try await SocialCRM(store: InMemoryStore(), configuration: try historyConfiguration())
    await #expect(throws: SCRMError.self) { try await crm.unmerge(.detach(fan), reason: "") }
  }
}
