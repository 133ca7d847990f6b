import SCRMTesting
import SocialCRM
import Testing

@Suite struct StoreComparisonTests {
  private static func configuration() throws -> SocialCRM.Configuration {
    try .init(segments: [SegmentDefinition("buyers", version: 1) { $0.activity.count(.purchase) > 0 }])
  }

  private static func store(_ interactions: [Interaction], upTo end: Instant) async throws -> InMemoryStore {
    let store = InMemoryStore()
    let crm = try await SocialCRM(store: store, configuration: configuration())
    _ = try await crm.ingest(interactions)
    _ = try await crm.advance(to: end)
    return store
  }

  private static func interactions() -> (all: [Interaction], end: Instant) {
    var settings = SyntheticAudience.Settings(people: 60, interactions: 1_500, days: 20, seed: 5)
    settings.errors = 0
    return (
      Array(SyntheticAudience(settings).interactions()), settings.start.advanced(by: .days(21))
    )
  }

  /// Another order of arrival, other batches: the same knowledge.
  @Test func theOrderOfArrivalDoesNotMatter() async throws {
    let (all, end) = Self.interactions()
    let configuration = try Self.configuration()
    let first = try await StoreComparison(Self.store(all, upTo: end), configuration: configuration, at: end)
    // The first half at its own time, the rest backwards.
    let turned = Array(all.prefix(all.count / 2) + all.suffix(from: all.count / 2).reversed())
    let second = try await StoreComparison(Self.store(turned, upTo: end), configuration: configuration, at: end)
    #expect(first == second, "\(first.differences(from: second))")
    #expect(first.differences(from: second) == [])
    #expect(first.people.contains { !$0.segments.isEmpty } && !first.ties.isEmpty)
    #expect(first.description.contains("people with"))
  }

  @Test func everyDifferenceIsNamed() async throws {
    let time = try Instant(rfc3339: "2024-05-01T08:00:00Z")
    func interaction(
      _ id: String, _ kind: InteractionKind, _ identifiers: [Identifier], to target: Party? = nil,
      traits: ValueMap = [:]
    ) -> Interaction {
      Interaction(
        key: EventKey("test", id), kind: kind, actor: Party(identifiers), target: target, traits: traits, at: time,
        received: time)
    }
    let email = Identifier(.email, "a@example.com")
    let weibo = Identifier(.weibo, "1")
    let brand = Party(.weibo, "9", role: .brand)
    let base = [interaction("1", .like, [email]), interaction("2", .like, [weibo], to: brand)]
    let configuration = try Self.configuration()
    func differences(_ more: [Interaction]) async throws -> [String] {
      let left = try await StoreComparison(Self.store(base, upTo: time), configuration: configuration, at: time)
      let right = try await StoreComparison(Self.store(base + more, upTo: time), configuration: configuration, at: time)
      #expect(left != right)
      return left.differences(from: right)
    }
    let joined = try await differences([interaction("3", .identify, [email, weibo])])
    #expect(joined.contains { $0.contains("(email + weibo.uid) on the other side") }, "\(joined)")
    let bought = try await differences([interaction("3", .purchase, [email], traits: ["city": "Bern"])])
    #expect(bought.contains { $0.contains("did purchase 0 instead of 1") }, "\(bought)")
    #expect(bought.contains { $0.contains("is in [] instead of [\"buyers\"]") }, "\(bought)")
    #expect(bought.contains { $0.contains("other traits: city") }, "\(bought)")
    #expect(bought.contains { $0.contains("is silent instead of occasional") }, "\(bought)")
    let tie = try await differences([interaction("3", .like, [email], to: brand)])
    #expect(tie.contains { $0.contains("the tie") && $0.hasSuffix("is missing") }, "\(tie)")
    let stranger = try await differences([interaction("3", .like, [Identifier(.phone, "+1 555 200 1234")])])
    #expect(stranger.contains { $0.contains("(phone) is missing") }, "\(stranger)")
  }
}
