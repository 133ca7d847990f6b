import SCRMTesting
import SocialCRM

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
func commitLaws(of adapter: any SCRMStore, now: Instant) async throws {
  var changes = ChangeSet(key: "probe", base: try await adapter.head())
  changes.entries = [LogEntry(position: changes.base.next, body: .clock(now))]
  let first = try await adapter.commit(changes)
  let second = try await adapter.commit(changes)
  print(first == second)  // true: nothing was written the second time
  changes.key = "another"
  do {
    _ = try await adapter.commit(changes)
  } catch let error as StorageError {
    print(error.code)  // conflict: the log does not end at the base any more
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
