import SCRMTesting
import SocialCRM

// `SyntheticAudience`
func audienceSnippet(crm: SocialCRM) async throws -> [InteractionOutcome] {
  let audience = SyntheticAudience(.init(people: 200, interactions: 5_000, seed: 7))
  let outcomes = try await crm.ingest(Array(audience.interactions()))
  print(audience.truth.accounts(of: 0).count)  // the accounts that belong to the most active person
  return outcomes
}

// `StoreComparison`
func comparisonSnippet(
  one: any SCRMStore, other: any SCRMStore, configuration: SocialCRM.Configuration, end: Instant
) async throws {
  let first = try await StoreComparison(one, configuration: configuration, at: end)
  let second = try await StoreComparison(other, configuration: configuration, at: end)
  print(first.differences(from: second))  // [] when both know the same
}

// `StoreConformance`
func kitSnippet() async {
  let kit = StoreConformance("InMemoryStore") { workspace in InMemoryStore(workspace: workspace) }
  let report = await kit.run()
  print(report.passed)  // true
}

// `Scenario`
func scenarioSnippet(configuration: SocialCRM.Configuration) async throws {
  let report = try await Scenario(configuration)
    .at("2024-05-01T08:00:00Z")
    .given(.person("anna", .email, "anna@example.com").granting(.marketing).having(.purchase, ago: .days(3)))
    .when("anna", .comment, "It broke, I want a refund")
    .expect(.action("reply", by: "refund-request"))
    .expect(.member(of: "buyers"))
    .after(.days(31))
    .expect(.notMember(of: "buyers"))
    .run()
  print(report.passed)  // true
}
