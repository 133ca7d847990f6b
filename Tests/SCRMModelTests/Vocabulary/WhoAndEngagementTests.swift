import Foundation
import SCRMModel
import Testing

@Suite struct WhoTests {
  @Test func organisationsAndGroupsSurviveTheirForm() throws {
    try expectRoundTrip(
      Organisation(id: "acme", name: "Acme", industry: .finance, parent: "holding", domains: ["acme.example"]))
    try expectRoundTrip(Organisation(id: "acme", name: "Acme"))
    let group = SCRMModel.Group(id: "g1", kind: .household, name: "The Smiths", channel: "wecom", organisation: "acme")
    try expectRoundTrip(group)
    expectRedacted(group, hides: "Smith")
    let staff = StaffMember(
      id: "li", name: "Li Lei", identifiers: [Identifier(.weComUser(corporation: "ww1"), "lilei")], team: "service",
      skills: ["billing"], languages: ["zh-Hans"])
    try expectRoundTrip(staff)
    expectRedacted(staff, hides: "Li Lei")
    #expect(
      refusal(StaffMember.self, #"{"id":"li","name":"L","identifiers":[{"ns":"email"}]}"#)
        == "identifiers.0.value missing")
  }

  @Test func membershipsKnowTheirEndsAndTimes() throws {
    let (start, end) = (try instant("2024-01-01T00:00:00Z"), try instant("2024-02-01T00:00:00Z"))
    let person = PersonID(high: 1, low: 2)
    let membership = GroupMembership(
      .person(person), in: .organisation("acme"), role: "buyer", since: start, until: end)
    #expect(!membership.isActive(at: start.advanced(by: .nanoseconds(-1))))
    #expect(membership.isActive(at: start) && !membership.isActive(at: end))
    #expect(GroupMembership(.person(person), in: .group("g1")).isActive(at: .distantPast))
    try expectRoundTrip(membership)
    try expectRoundTrip(GroupMembership(.account(AccountID(high: 3, low: 4)), in: .group("g1")))
    let text = String(decoding: try StrictJSONEncoder().encode(membership), as: UTF8.self)
    #expect(text.hasPrefix(#"{"member":{"person":"00000000000000010000000000000002"},"whole":{"organisation":"acme"}"#))
    #expect(refusal(GroupMembership.self, #"{"member":{"pet":"x"},"whole":{"group":"g"}}"#) == "member.account missing")
    expectRedacted(membership, hides: "acme")
  }
}

@Suite struct EngagementTests {
  private let start = Instant.epoch
  private func later(_ seconds: Int64) -> Instant { start.advanced(by: .seconds(seconds)) }
  private let person = PersonID(high: 1, low: 2)

  @Test func productsOffersAndCampaignsSurviveTheirForm() throws {
    try expectRoundTrip(
      Product(
        id: "p1", name: "Shoe", brand: "Run", categories: ["shoes", "running"], topics: ["sport"],
        price: try Money("129.90", currency: "CNY")))
    let speaker = Speaker(id: "s1", name: "Han Meimei", title: "CTO", identifiers: [Identifier(.weibo, "42")])
    let talk = AgendaItem(
      id: "a1", title: "Opening", starts: later(0), ends: later(60), room: "1", speakers: ["s1"], topics: ["cloud"])
    let programme = EventProgramme(
      venue: Place(latitude: 31.2, longitude: 121.5, name: "Hall"), capacity: 300, speakers: [speaker],
      agenda: [talk, AgendaItem(id: "a2", title: "Break", starts: later(60), ends: later(90))])
    let campaign = Campaign(
      id: "c1", name: "Summit", theme: "Cloud", brand: "Run", channels: ["weibo"], offers: ["o1"], starts: later(0),
      ends: later(90), budget: try Money("1e4", currency: "CNY"), programme: programme)
    try expectRoundTrip(campaign)
    #expect(campaign.isRunning(at: later(0)) && !campaign.isRunning(at: later(90)))
    #expect(programme.items(at: later(60)).map(\.id) == ["a2"])
    #expect(programme.items(of: "s1") == [talk])
    expectRedacted(speaker, hides: "Han")
    let text = String(decoding: try StrictJSONEncoder().encode(campaign), as: UTF8.self)
    let bad = text.replacingOccurrences(of: #""latitude":31.2"#, with: #""latitude":131.2"#)
    #expect(refusal(Campaign.self, bad) == "programme.venue invalidValue")
  }

  @Test func offersAreOpenWithinTheirLimits() throws {
    let offer = Offer(
      id: "o1", name: "Sorry", kind: .compensation, products: ["p1"], worth: try Money("20", currency: "CNY"),
      channels: ["weibo"], validFrom: later(0), validUntil: later(10), limitPerPerson: 1, needsApproval: true)
    try expectRoundTrip(offer)
    #expect(offer.isOpen(at: later(0), on: "weibo") && offer.isOpen(at: later(9), on: "weibo"))
    #expect(!offer.isOpen(at: later(10), on: "weibo") && !offer.isOpen(at: later(-1), on: "weibo"))
    #expect(!offer.isOpen(at: later(0), on: "shop") && !offer.isOpen(at: later(0), on: "weibo", received: 1))
    #expect(Offer(id: "o2", name: "", kind: .gift).isOpen(at: .distantPast, on: "any", received: 99))
  }

  @Test func casesKeepTheFirstResponse() throws {
    var item = ServiceCase(
      id: "k1", person: person, category: "complaint.network", severity: .high, owner: "li", opened: later(0),
      interactions: [EventKey("weibo", "1"), EventKey("weibo", "1")])
    #expect(item.interactions.count == 1 && item.status == .open && item.responseTime == nil)
    item.respond(at: later(120))
    item.respond(at: later(60))
    item.respond(at: later(180))
    #expect(item.responseTime == .seconds(60) && item.status == .inProgress)
    item.close(at: later(300))
    item.close(at: later(400))
    #expect(item.closed == later(300) && item.status == .closed)
    try expectRoundTrip(item)
    item.reopen()
    #expect(item.closed == nil && item.status == .inProgress)
    item.reopen()
    #expect(item.status == .inProgress)
    #expect(ServiceCase.Severity.allCases == ServiceCase.Severity.allCases.sorted())
    expectRedacted(item, hides: "network")
  }

  @Test func stagesMoveAlongThePipeline() throws {
    let pipeline = OpportunityPipeline()
    for (from, to, isLegal): (OpportunityStage, OpportunityStage, Bool) in [
      (.lead, .connected, true), (.lead, .negotiation, true), (.negotiation, .proposal, true),
      (.negotiation, .qualified, false), (.lead, .won, true), (.proposal, .lost, true), (.won, .lost, false),
      (.lost, .lead, false), (.won, .won, true), (.lead, .lead, true), (.lead, "unheard", false),
      ("unheard", .lead, false),
      ("unheard", "unheard", false), ("unheard", .won, false),
    ] { #expect(pipeline.allows(from, to: to) == isLegal, "\(from) \(to)") }
    #expect(OpportunityPipeline(allowsReopening: true).allows(.lost, to: .qualified))
    #expect(!OpportunityPipeline(allowsReopening: true).allows(.lost, to: .won))
    try expectRoundTrip(pipeline)
  }

  @Test func transitionsAreIdempotent() throws {
    var deal = Opportunity(id: "d1", person: person, at: later(0), by: EventKey("crm", "0"), products: ["p1"])
    #expect(try deal.enter(.qualified, at: later(10), by: EventKey("crm", "1")) == .entered)
    #expect(try deal.enter(.qualified, at: later(20), by: EventKey("crm", "2")) == .unchanged)
    #expect(try deal.enter(.proposal, at: later(15), by: EventKey("crm", "late")) == .outdated)
    #expect(try deal.enter(.proposal, at: later(30), by: EventKey("crm", "3")) == .entered)
    let settled = deal
    for (stage, time, id): (OpportunityStage, Int64, String) in [
      (.lead, 0, "0"), (.qualified, 10, "1"), (.qualified, 20, "2"), (.proposal, 15, "late"), (.proposal, 30, "3"),
    ] {
      #expect(try deal.enter(stage, at: later(time), by: EventKey("crm", id)) != .entered)
      #expect(deal == settled)
    }
    #expect(deal.stage == .proposal && deal.history.map(\.stage) == [.lead, .qualified])
    #expect(deal.current.time == later(30) && deal.timeInStage(at: later(40)) == .seconds(10))
    try expectRoundTrip(deal)
    let error = #expect(throws: SCRMError.self) { try deal.enter(.lead, at: later(50), by: EventKey("crm", "5")) }
    #expect(error?.code == .illegalTransition)
    #expect(deal == settled)
    #expect(try deal.enter(.won, at: later(60), by: EventKey("crm", "6")) == .entered)
  }

  @Test(arguments: 1...50 as ClosedRange<UInt64>)
  func repeatedDeliveriesNeverChangeAnything(seed: UInt64) throws {
    var generator = Shuffler(state: seed)
    let stages: [OpportunityStage] = [.lead, .connected, .qualified, .proposal, .negotiation, .won, .lost]
    var deal = Opportunity(id: "d", person: person, at: later(0), by: EventKey("crm", "open"))
    var delivered: [(OpportunityStage, Instant, EventKey)] = []
    for number in 0..<40 {
      let event = (
        stages[Int(generator.next() % UInt64(stages.count))], later(Int64(generator.next() % 12)),
        EventKey("crm", String(number))
      )
      do { try deal.enter(event.0, at: event.1, by: event.2) } catch { continue }
      delivered.append(event)
      let settled = deal
      for old in delivered.shuffled(using: &generator) {
        #expect(try deal.enter(old.0, at: old.1, by: old.2) != .entered)
      }
      #expect(deal == settled)
    }
  }

  @Test func promisesBreakAfterTheirTime() throws {
    var promise = Obligation(
      id: "b1", person: person, promise: "call back", event: EventKey("weibo", "1"), serviceCase: "k1", owner: "li",
      made: later(0), due: later(100))
    #expect(!promise.isBreached(at: later(100)) && promise.isBreached(at: later(101)))
    #expect(promise.isOpen(at: later(101)))
    promise.kept = later(150)
    #expect(promise.isBreached(at: later(200)) && !promise.isOpen(at: later(200)))
    promise.kept = later(100)
    #expect(!promise.isBreached(at: later(200)))
    promise.kept = later(150)
    promise.released = later(90)
    #expect(!promise.isBreached(at: later(200)))
    try expectRoundTrip(promise)
    expectRedacted(promise, hides: "call")
    #expect(refusal(Obligation.self, #"{"id":"b","person":"xyz"}"#) == "person invalidValue")
  }
}
