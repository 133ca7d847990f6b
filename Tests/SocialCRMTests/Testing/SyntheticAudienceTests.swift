import SCRMTesting
import SocialCRM
import Testing

@Suite struct SyntheticAudienceTests {
  private static let settings = SyntheticAudience.Settings(people: 200, interactions: 6_000, days: 40, seed: 11)

  @Test func sameSettingsGiveTheSameInteractions() {
    let audience = SyntheticAudience(Self.settings)
    let first = Array(audience.interactions())
    #expect(first == Array(audience.interactions()))
    #expect(first.count == 6_000)
    #expect(first.map(\.received) == first.map(\.received).sorted())
    var other = Self.settings
    other.seed = 12
    #expect(first != Array(SyntheticAudience(other).interactions()))
  }

  /// A published answer, so that another machine or a change of the generator shows.
  @Test func firstInteractionsAreFixed() {
    let audience = SyntheticAudience(.plain(people: 100, interactions: 2_000, seed: 1))
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for interaction in audience.interactions() {
      for byte in interaction.jsonBytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    }
    #expect(String(hash, radix: 16) == "1eef8ca391df224d")
  }

  /// Every delivery is taken by the loop as its nature says.
  @Test func theLoopTakesDeliveriesAsTheirNatureSays() async throws {
    let audience = SyntheticAudience(Self.settings)
    let deliveries = Array(audience.deliveries())
    #expect(Set(deliveries.map(\.nature)) == Set(SyntheticAudience.Nature.allCases))
    let crm = try await SocialCRM(store: InMemoryStore(), configuration: try .init())
    let outcomes = try await crm.ingest(deliveries.map(\.interaction))
    for (delivery, outcome) in zip(deliveries, outcomes) {
      switch delivery.nature {
      case .error: #expect(outcome.refusal != nil, "\(outcome)")
      case .duplicate: #expect(outcome.isDuplicate, "\(outcome)")
      case .late: #expect(outcome.isAccepted && outcome.isLate, "\(outcome)")
      case .ordinary, .outOfOrder, .revision: #expect(outcome.isAccepted && !outcome.isLate, "\(outcome)")
      }
    }
    let reasons = Set(outcomes.compactMap { $0.refusal?.code.description })
    #expect(reasons == ["missing", "invalidValue", "timeOutOfRange", "conflictingBody"])
  }

  /// Joined accounts are always of one person, and many people are found by several accounts.
  @Test func joinedAccountsBelongToOnePerson() async throws {
    let audience = SyntheticAudience(Self.settings)
    let resolver = DeterministicResolver()
    let owners = audience.truth.owners(normalisedBy: resolver)
    let resolved = resolver.resolve(audience.interactions().filter { !$0.actor.identifiers.isEmpty })
    for person in resolved.people {
      #expect(Set(person.accounts.map { owners[$0.key] }).count == 1)
      #expect(person.accounts.allSatisfy { owners[$0.key] != nil })
    }
    #expect(resolved.people.filter { $0.accounts.count > 2 }.count > 80)
    #expect(!resolved.merges.isEmpty)
  }

  @Test func truthKnowsAccountsAndNobodyBeyondTheAudience() {
    let truth = SyntheticAudience(Self.settings).truth
    #expect(truth.count == 200)
    #expect(truth.accounts(of: 200).isEmpty)
    #expect(truth.accounts(of: -1).isEmpty)
    let all = (0..<200).flatMap { truth.accounts(of: $0) }
    #expect(Set(all).count == all.count)
    #expect(all.count > 1_000)
    let refused = DeterministicResolver().keys(of: Party(all)).refused
    #expect(refused == [])
  }

  @Test func plainDeliveriesAreAllNew() async throws {
    let audience = SyntheticAudience(.plain(people: 50, interactions: 1_000))
    let crm = try await SocialCRM(store: InMemoryStore(), configuration: try .init())
    let outcomes = try await crm.ingest(Array(audience.interactions()))
    #expect(outcomes.allSatisfy { $0.isAccepted && !$0.isLate })
  }

  @Test(arguments: [0, 1, 2, 3]) func tinyAudiencesWork(people: Int) {
    var settings = SyntheticAudience.Settings(people: people, interactions: 500, days: 0, seed: 3)
    settings.bursts = 1
    settings.errors = 0.3
    #expect(Array(SyntheticAudience(settings).interactions()).count == 500)
    settings.interactions = -1
    #expect(Array(SyntheticAudience(settings).interactions()).isEmpty)
  }

  /// Activity is heavy-tailed: a hundredth contributes more than all who mostly watch.
  @Test func fewContributeMost() {
    let audience = SyntheticAudience(.plain(people: 1_000, interactions: 20_000))
    var byTier = [0, 0, 0]
    for delivery in audience.deliveries() {
      guard let person = delivery.person, [.comment, .post, .share].contains(delivery.interaction.kind) else {
        continue
      }
      byTier[person < 10 ? 0 : person < 100 ? 1 : 2] += 1
    }
    #expect(byTier[0] > byTier[1] && byTier[1] > byTier[2], "\(byTier)")
  }
}
