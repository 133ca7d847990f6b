import SCRMTesting
import SocialCRM
import Testing

// Documentation/StorageAdapters.md
func differences(of adapter: any SCRMStore, configuration: SocialCRM.Configuration) async throws -> [String] {
  let reference = InMemoryStore(workspace: adapter.workspace)
  let interactions = Array(SyntheticAudience(.init(people: 200, interactions: 5_000, seed: 7)).interactions())
  let end = interactions.map(\.received).max() ?? .epoch
  for store in [reference, adapter] as [any SCRMStore] {
    let crm = try await SocialCRM(store: store, configuration: configuration)
    _ = try await crm.ingest(Array(interactions.prefix(2_500)))
    _ = try await crm.refreshInfluence(asOf: interactions[2_499].received)
    _ = try await crm.ingest(Array(interactions.dropFirst(2_500)))
    _ = try await crm.advance(to: end.advanced(by: .days(30)))
  }
  let expected = try await StoreComparison(reference, configuration: configuration, at: end)
  let found = try await StoreComparison(adapter, configuration: configuration, at: end)
  return found.differences(from: expected)
}

// Documentation/StorageAdapters.md
func logIsComplete(of adapter: any SCRMStore, configuration: SocialCRM.Configuration) async throws -> Bool {
  let copy = InMemoryStore(workspace: adapter.workspace)
  try await SocialCRM.replay(adapter, into: copy, configuration: configuration)
  let held = try await StoreComparison(adapter, configuration: configuration, at: .distantFuture)
  let decided = try await StoreComparison(copy, configuration: configuration, at: .distantFuture)
  return held == decided
}

// Documentation/StorageAdapters.md
func conformanceSnippet() async {
  let kit = StoreConformance(
    "my store",
    capabilities: StoreCapabilities(
      reopen: { store in
        guard let memory = store as? InMemoryStore else { return store }
        return try InMemoryStore(snapshot: await memory.snapshot())
      })
  ) { workspace in InMemoryStore(workspace: workspace) }
  let report = await kit.run()
  print(report.passed)  // true
  for finding in report.failures { print(finding) }
}

// Documentation/StorageAdapters.md; that the reference keeps the laws is tested elsewhere.
@Suite(.disabled("an example")) struct StoreTests {
  private let kit = StoreConformance("my store") { InMemoryStore(workspace: $0) }

  @Test(arguments: StoreLaw.all) func keepsTheLaw(_ law: StoreLaw) async {
    let finding = await kit.check(law)
    #expect(!finding.isFailure, "\(finding)")
  }
}

// Documentation/StorageAdapters.md
func keySnippet() {
  let composed = IdentifierKey(.handle("mastodon"), key: "caf\u{E9}")
  let decomposed = IdentifierKey(.handle("mastodon"), key: "cafe\u{301}")
  print(composed.key == decomposed.key)  // true: Swift compares texts by canonical equivalence
  print(composed == decomposed)  // false: keys compare by bytes
}

// Documentation/Architecture.md
func replaySnippet(store: any SCRMStore, configuration: SocialCRM.Configuration) async throws -> [UInt8] {
  let copy = InMemoryStore(workspace: store.workspace)
  try await SocialCRM.replay(store, into: copy, configuration: configuration)
  return await copy.snapshot(includesDelivery: false)
}
