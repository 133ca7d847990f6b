import Foundation
import SocialCRM
import Testing

/// A book of rules as the rule stage of the loop: what it decides and what it remembers are committed at once.
@Suite struct RuleBookLoopTests {
  private static let document = #"""
    {"facts":[{"name":"person.city","type":"string","origin":"trait"}],
     "rules":[
      {"name":"refund","on":["comment"],"when":"event.text.contains('退款')","then":[{"do":"openCase","with":{"category":"refund"}}],"cooldown":"3600s"},
      {"name":"offer","on":["like"],"then":[{"do":"offer","with":{"offer":"tea"},"cost":1,"after":"600s"}],"tags":["promo"]},
      {"name":"star","on":[{"score":"influence"}],"when":"change.after > 50.0","then":[{"do":"tag","with":{"tag":"star"}}]},
      {"name":"join","on":["join"],"then":[{"do":"startJourney","with":{"journey":"welcome"}}]},
      {"name":"silence","on":["comment"],"pattern":{"name":"silence","steps":[
        {"begin":"asked","when":"event.text.contains('?') && event.role == 'customer'"},
        {"notFollowedBy":"answered","when":"event.role == 'staff'"}],"within":"1800s"},
       "then":[{"do":"alert","with":{"text":"nobody answered"}}]},
      {"name":"waiting","on":["comment"],"pattern":{"name":"waiting","key":"thread","steps":[
        {"begin":"asked","when":"event.text.contains('?') && event.role == 'customer'"},
        {"notFollowedBy":"answered","when":"event.text.contains('退款') || event.role == 'staff'"}],"within":"900s"},
       "then":[{"do":"assign","with":{"to":"desk"}}]},
      {"name":"storm","tally":{"name":"storm","key":"thread","distinct":"event.author","atLeast":4,"within":"1200s",
        "lateness":"60s"},"then":[{"do":"alert","with":{"text":"storm"}}]}],
     "journeys":[{"name":"welcome","steps":[{"name":"hello","do":[{"do":"message","with":{"text":"hello"}}]},
       {"name":"pause","wait":"7200s"},{"name":"more","do":[{"do":"message","with":{"text":"more"}}]}]}],
     "guards":{"caps":[{"name":"daily","limit":2,"days":1}],"budgets":[{"name":"tea","limit":3,"tag":"promo"}]}}
    """#

  private func configuration(_ text: String = document, batchSize: Int = 256) throws -> SocialCRM.Configuration {
    var configuration = SocialCRM.Configuration(
      segments: try SegmentSet([]), rules: try RuleDocument(jsonText: text).book())
    configuration.batchSize = batchSize
    return configuration
  }

  private func open(_ store: any SCRMStore = InMemoryStore(), batchSize: Int = 256) async throws -> SocialCRM {
    try await SocialCRM(store: store, configuration: configuration(batchSize: batchSize))
  }

  /// A book asks its rules about whom an answer is for, a set of rules does not; where nothing follows, both say the same.
  @Test func `outcomes that say the same are equal, whatever was asked for them`() async throws {
    let events = [
      done(.comment, "早", id: "c1"),
      done(.comment, "早上好", id: "a1", by: "desk", at: 1) {
        $0.actor = Party($0.actor.identifiers, role: .staff)
        $0.target = Party(.weibo, "anna")
      },
    ]
    var asksNobody = try configuration()
    asksNobody.rules = try SocialCRM.Configuration(segments: [], rules: []).rules
    let answers = try await open().ingest(events)
    let others = try await SocialCRM(store: InMemoryStore(), configuration: asksNobody).ingest(events)
    #expect(answers.allSatisfy { $0.isAccepted && $0.actions.isEmpty } && answers == others)
  }

  private func at(_ minute: Int, _ interaction: Interaction) -> Interaction {
    var interaction = interaction
    interaction.occurred = hour(0).advanced(by: .minutes(minute))
    interaction.received = interaction.occurred
    return interaction
  }

  /// A history of some people over a day, by minute.
  private func history(_ count: Int, seed: UInt64) -> [Interaction] {
    var state = seed
    func below(_ bound: UInt64) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % bound)
    }
    let kinds: [(InteractionKind, String?)] = [
      (.comment, "我要退款"), (.comment, "why?"), (.like, nil), (.join, nil), (.view, nil),
    ]
    return (0..<count).map { number in
      let (kind, text) = kinds[below(5)]
      var interaction = done(kind, text, id: "e\(number)", by: "w\(below(6))")
      interaction.context.thread = "t\(below(3))"
      return at(number, interaction)
    }
  }

  @Test func `journeys, patterns, scores and delays go through the loop`() async throws {
    let crm = try await open()
    let joined = try await crm.ingest([at(0, done(.join, nil, id: "j", by: "w0"))])
    #expect(joined[0].actions.map(\.kind) == ["startJourney", "message"])
    let person = try #require(joined[0].person)
    #expect(try await crm.ingest([at(1, done(.comment, "why?", id: "q", by: "w0"))])[0].actions.isEmpty)
    let liked = try await crm.ingest([at(2, done(.like, nil, id: "l", by: "w0"))])[0].actions
    #expect(liked.map(\.due) == [hour(0).advanced(by: .minutes(12))])
    let early = try await crm.store.claim(limit: 9, worker: "w", at: hour(0).advanced(by: .minutes(11)), lease: .zero)
    #expect(early.map(\.action.kind) == ["startJourney", "message"])
    let silent = try await crm.advance(to: hour(1))
    #expect(silent.actions.map(\.rule) == ["silence"])
    let scores = PublishedSnapshot(name: "influence", asOf: hour(1), scores: [.init(person: person, value: 60)])
    #expect(try await crm.publish(scores).actions.map(\.rule) == ["star"])
    // The cap of two a day holds for the journey as well.
    let more = try await crm.advance(to: hour(3)).actions
    #expect(more.map(\.disposition) == [.suppressed(.frequencyCap)])
    #expect(try await crm.advance(to: hour(9)).actions.isEmpty)
  }

  @Test func `a thread is watched as a whole, answers to nobody in particular too`() async throws {
    let crm = try await open()
    func say(_ minute: Int, _ text: String, _ person: String, _ thread: String, role: ActorRole = .customer)
      async throws
    {
      var interaction = at(minute, done(.comment, text, id: "m\(minute)", by: person))
      interaction.actor = Party(interaction.actor.identifiers, role: role)
      interaction.context.thread = thread
      _ = try await crm.ingest([interaction])
    }
    // Another customer answers in one thread, staff without naming anyone in another, nobody in the third.
    try await say(0, "why?", "w0", "a")
    try await say(1, "why?", "w0", "b")
    try await say(2, "why?", "w0", "c")
    try await say(3, "try 退款", "w1", "a")
    try await say(4, "here is how", "agent", "b", role: .staff)
    let actions = try await crm.advance(to: hour(0).advanced(by: .minutes(29))).actions
    #expect(actions.map(\.rule) == ["waiting"])
    #expect(actions[0].explanation.evidence.contains { $0.fact.hasPrefix("asked: event 4") })
    #expect(try await crm.advance(to: hour(5)).actions.filter { $0.rule == "waiting" }.isEmpty)
    let states = try await crm.store.states("rule-book", after: nil, limit: 100)
    #expect(!states.contains { if case .name = $0.key { $0.key != .name("budgets") } else { false } })
  }

  @Test func `an action that ran out is reported and makes room for another`() async throws {
    let text = Self.document.split(separator: #""after":"600s""#, maxSplits: 1).joined(separator: #""valid":"600s""#)
    let crm = try await SocialCRM(store: InMemoryStore(), configuration: configuration(String(text)))
    let likes = (0..<4).map { at($0, done(.like, nil, id: "l\($0)", by: "w\($0)")) }
    #expect(try await crm.ingest(likes).map { $0.actions[0].isProposed } == [true, true, true, false])
    let claims = try await crm.store.claim(limit: 1, worker: "w", at: hour(0).advanced(by: .minutes(5)), lease: .zero)
    try await crm.store.acknowledge(claims[0])
    // The next claim finds the others expired.
    #expect(try await crm.store.claim(limit: 9, worker: "w", at: hour(1), lease: .zero).isEmpty)
    let first = try await crm.reportUndelivered(at: hour(1))
    #expect(first.reported == 2 && first.last != nil)
    #expect(try await crm.reportUndelivered(at: hour(2)).reported == 0)
    #expect(try await crm.reportUndelivered(after: first.last, at: hour(2)).reported == 0)
    let again = (0..<4).map { at(200 + $0, done(.like, nil, id: "k\($0)", by: "w\($0)")) }
    #expect(try await crm.ingest(again).map { $0.actions[0].isProposed } == [true, true, false, false])
    let replayed = InMemoryStore()
    try await SocialCRM.replay(
      crm.store, into: replayed, configuration: configuration(String(text)), batchSize: 3)
    let store = try #require(crm.store as? InMemoryStore)
    #expect(await replayed.snapshot(includesDelivery: false) == store.snapshot(includesDelivery: false))
  }

  @Test func `an answer by staff to a customer ends the wait`() async throws {
    let crm = try await open()
    let question = at(0, done(.comment, "why?", id: "q", by: "w0"))
    _ = try await crm.ingest([question])
    var answer = at(5, done(.comment, "because", id: "a", by: "agent"))
    answer.actor = Party(answer.actor.identifiers, role: .staff)
    answer.target = question.actor
    _ = try await crm.ingest([answer])
    #expect(try await crm.advance(to: hour(1)).actions.isEmpty)
  }

  @Test func `a budget that everyone shares is never exceeded, however batches are cut`() async throws {
    let likes = (0..<300).map { at($0 / 100, done(.like, nil, id: "l\($0)", by: "p\($0)")) }
    var snapshots: Set<[UInt8]> = []
    for size in [7, 64, 256] {
      let store = InMemoryStore()
      let crm = try await open(store, batchSize: size)
      let proposed = try await crm.ingest(likes).flatMap(\.actions).filter(\.isProposed)
      #expect(proposed.count == 3)
      snapshots.insert(await store.snapshot(includesDelivery: false))
    }
    #expect(snapshots.count == 1)
  }

  private static let seeds: ClosedRange<UInt64> =
    ProcessInfo.processInfo.environment["SCRM_SOAK"] == nil ? 1...3 : 1...100

  @Test(arguments: seeds) func `every action once, under re-delivery and restart`(_ seed: UInt64) async throws {
    let history = history(240, seed: seed)
    let expected = InMemoryStore()
    let whole = try await open(expected)
    _ = try await whole.ingest(history)
    _ = try await whole.advance(to: hour(30))
    let actions = try await expected.actions(after: nil, limit: 10_000).map(\.action.id)
    #expect(Set(actions).count == actions.count && actions.count > 30)

    // Everything comes twice, in parts that overlap, with the process opened anew before each.
    let store = InMemoryStore()
    var start = 0
    while start < history.count {
      let crm = try await open(store, batchSize: 16 + start % 7)
      let end = min(start + 37, history.count)
      _ = try await crm.ingest(Array(history[max(0, start - 20)..<end]))
      _ = try await crm.ingest(Array(history[start..<end]))
      start = end
    }
    for time in [hour(30), hour(30)] { _ = try await open(store).advance(to: time) }
    #expect(try await store.actions(after: nil, limit: 10_000).map(\.action.id) == actions)

    let replayed = InMemoryStore()
    try await SocialCRM.replay(expected, into: replayed, configuration: configuration(), batchSize: 50)
    #expect(await replayed.snapshot(includesDelivery: false) == expected.snapshot(includesDelivery: false))
  }

  @Test(arguments: [(1, FaultyStore.Fault.lost), (1, .answerLost), (2, .answerLost)])
  func `what was interrupted is finished, and no action is proposed twice`(
    _ after: Int, _ fault: FaultyStore.Fault
  ) async throws {
    let history = history(60, seed: 9)
    let expected = InMemoryStore()
    let whole = try await open(expected, batchSize: 10)
    _ = try await whole.ingest(history)
    _ = try await whole.advance(to: hour(9))
    let base = InMemoryStore()
    let faulty = FaultyStore(base)
    let crm = try await open(faulty, batchSize: 10)
    await faulty.fail(after: after, fault)
    await #expect(throws: (any Error).self) { try await crm.ingest(history) }
    let again = try await open(base, batchSize: 10)
    _ = try await again.ingest(history)
    _ = try await again.advance(to: hour(9))
    #expect(await base.snapshot(includesDelivery: false) == expected.snapshot(includesDelivery: false))
  }

  @Test func `a retraction cancels the open action, and the rule may act again`() async throws {
    let crm = try await open()
    let complaint = at(0, done(.comment, "退款", id: "c", by: "w0"))
    #expect(try await crm.ingest([complaint])[0].actions.map(\.isProposed) == [true])
    #expect(
      try await crm.ingest([at(1, done(.comment, "退款", id: "d", by: "w0"))])[0].actions.map(\.disposition) == [
        .suppressed(.cooldown)
      ])
    var undo = at(2, done(.retract, nil, id: "u", by: "w0"))
    undo.revision = .retracts("c")
    #expect(try await crm.ingest([undo])[0].cancellations.count == 1)
    #expect(
      try await crm.ingest([at(3, done(.comment, "退款", id: "e", by: "w0"))])[0].actions.map(\.isProposed) == [true])
  }

  @Test func `another book is another configuration`() async throws {
    let first = try configuration().rules.fingerprint
    #expect(try configuration().rules.fingerprint == first)
    let other = try RuleDocument(jsonText: Self.document)
    var changed = other
    changed.guards.caps = []
    #expect(try changed.book().fingerprint != first)
    #expect(try RuleDocument(jsonText: other.jsonText) == other)
  }
}
