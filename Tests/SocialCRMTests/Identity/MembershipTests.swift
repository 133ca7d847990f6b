import SCRMTesting
import SocialCRM
import Testing

/// Memberships through the loop: evidence of belonging to a company or a household joins nobody and can be reviewed.
@Suite struct LoopMembershipTests {
  private let company = Identifier(IdentifierNamespace("organisation", scope: "crm"), "acme")

  private func act(_ id: Int, _ identifiers: [Identifier]) -> Interaction {
    let time = RandomHistory.start.advanced(by: .minutes(id))
    return Interaction(
      key: EventKey("hr", "\(id)"), kind: .identify, actor: Party(identifiers), at: time, received: time)
  }

  private func key(_ identifier: Identifier) throws -> IdentifierKey {
    try #require(EvidenceResolver().keys(of: Party([identifier])).entries.first?.key)
  }

  @Test(arguments: [1, 1_000]) func `colleagues stay apart, and the review says where they belong`(
    batchSize: Int
  ) async throws {
    var configuration = try SocialCRM.Configuration()
    configuration.batchSize = batchSize
    let store = InMemoryStore()
    let crm = try await SocialCRM(store: store, configuration: configuration)
    let users = (0..<40).map { Identifier(.user("app"), "u\($0)", .verified) }
    // Also where the company comes first in the party: an account is the hub.
    _ = try await crm.ingest(users.enumerated().map { act($0.offset, [company, $0.element]) })
    var people: [PersonID] = []
    for user in users { people.append(try #require(try await crm.person(with: user)).id) }
    #expect(Set(people).count == 40)
    let review = try await crm.review([users[3], company])
    #expect(review.standing(of: try key(company)) == .grouped && review.preventedJoins.isEmpty)
    let membership = GroupMembership(
      .person(people[3]), in: .organisation("crm:acme"), since: RandomHistory.start.advanced(by: .minutes(3)))
    #expect(review.memberships(of: people[3]) == [membership])
    #expect(review.memberships(by: try key(company)).contains(membership))
    #expect(review.evidence(at: try key(users[3])).map(\.event) == [EventKey("hr", "3")])
  }

  @Test func `a household that a policy no longer knows joins people once it is reconsidered, and back`() async throws {
    let home = Identifier(IdentifierNamespace("household"), "h7")
    let users = (0..<3).map { Identifier(.user("app"), "u\($0)", .verified) }
    let store = InMemoryStore()
    let households = try SocialCRM.Configuration()
    let crm = try await SocialCRM(store: store, configuration: households)
    _ = try await crm.ingest(users.enumerated().map { act($0.offset, [$0.element, home]) })
    var settings = EvidenceResolver.Settings()
    settings.policy.namespaces["household"] = NamespacePolicy(.account, priority: 10)
    var plain = households
    plain.identity = EvidenceResolver(settings)
    let other = try await SocialCRM(store: store, configuration: plain)
    try await other.reconsider(reason: "one customer each")
    for user in users { #expect(try await other.person(with: user)?.accounts.count == 4) }
    let back = try await SocialCRM(store: store, configuration: households)
    try await back.reconsider(reason: "households after all")
    for user in users { #expect(try await back.person(with: user)?.accounts.count == 1) }
    #expect(try await back.review([home]).owner(of: key(home)) == .group("h7"))
  }
}
