import SCRMTesting

/// Tests a rule on a virtual clock, runs the configuration over an invented audience, and tries a store against the laws
/// of storage.
@main struct SCRMTestingHost {
  static func main() async throws {
    let configuration = try SocialCRM.Configuration(
      segments: [SegmentDefinition("buyers", version: 1) { $0.count(.purchase, days: 30) > 0 }],
      rules: [
        Rule("welcome", version: 1, entering: ["buyers"], purpose: .marketing, cooldown: .days(90)) { _ in
          Proposal("welcome-message")
        }
      ])
    let report = try await Scenario(configuration)
      .given(.person("anna", .email, "anna@example.com").granting(.marketing))
      .given(.person("ben", .email, "ben@example.com"))
      .when("anna", .purchase)
      .expect(.action("welcome-message", by: "welcome"))
      .when("ben", .purchase)
      .expect(.suppressed(.consent))
      .after(.days(31))
      .expect(.notMember("anna", of: "buyers"))
      .when("anna", .view)
      // Not met: a view enters no segment. The report says so.
      .expect(.action("welcome-message"))
      .run()
    print(report)

    let audience = SyntheticAudience(.init(people: 50, interactions: 500, days: 10, seed: 3))
    let crm = try await SocialCRM(store: InMemoryStore(), configuration: configuration)
    let outcomes = try await crm.ingest(Array(audience.interactions()))
    let copy = InMemoryStore()
    try await SocialCRM.replay(crm.store, into: copy, configuration: configuration)
    guard let end = audience.interactions().reduce(nil, { $1.received }) else { return }
    let first = try await StoreComparison(crm.store, configuration: configuration, at: end)
    let second = try await StoreComparison(copy, configuration: configuration, at: end)
    print("\(outcomes.count { $0.isAccepted }) accepted of \(outcomes.count); \(first)")
    print("a replay differs in \(first.differences(from: second).count) points")

    // A host gives its own store here, and declares what more it can do.
    let kit = StoreConformance("InMemoryStore") { InMemoryStore(workspace: $0) }
    print(await kit.run())
  }
}
