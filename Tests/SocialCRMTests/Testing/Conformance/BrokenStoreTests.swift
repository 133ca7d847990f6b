import SCRMTesting
import Testing

/// A broken store and the law that must find it.
struct Mutant: Sendable, CustomTestStringConvertible {
  var name: String
  var law: String
  var kit: StoreConformance

  var testDescription: String { name }

  /// A store whose calls are changed by a wrapper.
  init(
    _ name: String, breaks law: String, capabilities: StoreCapabilities = StoreCapabilities(),
    _ wrap: @escaping @Sendable (InMemoryStore) async throws -> any SCRMStore
  ) {
    self.name = name
    self.law = law
    var settings = StoreConformance.Settings.quick
    settings.largestBatch = 500
    settings.laterCommits = 5
    settings.commitsPerWriter = 3
    kit = StoreConformance(name, settings: settings, capabilities: capabilities) { workspace in
      try await wrap(InMemoryStore(workspace: workspace))
    }
  }

  private static func reopening<Store: BrokenStore>(
    _ type: Store.Type, _ reopen: @escaping @Sendable (Store) async throws -> any SCRMStore
  ) -> StoreCapabilities {
    StoreCapabilities(reopen: { store in try await reopen(try #require(store as? Store)) })
  }

  static let all: [Mutant] = [
    Mutant("drops the last row of a batch", breaks: "commit.everything") { DropsTheLastRow(base: $0) },
    Mutant("not atomic", breaks: "atomic.action") { NotAtomic(base: $0) },
    Mutant("not isolated", breaks: "concurrent.whole-commits") { NotIsolated(base: $0) },
    Mutant("ignores versions", breaks: "version.states") { IgnoresVersions(base: $0) },
    Mutant("ignores the base", breaks: "concurrent.one-wins") { IgnoresTheBase(base: $0) },
    Mutant("applies twice on retry", breaks: "commit.repeated-once") { AppliesTwiceOnRetry(base: $0) },
    Mutant("ignores the body of a key", breaks: "commit.key-reused") { IgnoresTheBodyOfAKey(base: $0) },
    Mutant("swallows cancellation", breaks: "cancel.commit") { SwallowsCancellation(base: $0) },
    Mutant("answers nothing when cancelled", breaks: "cancel.reads") { AnswersNothingWhenCancelled(base: $0) },
    Mutant(
      "acknowledges before commit", breaks: "reopen.between-any-two",
      capabilities: reopening(AcknowledgesBeforeCommit.self) { try await $0.reopened() }
    ) { AcknowledgesBeforeCommit(base: $0) },
    Mutant(
      "stops halfway", breaks: "atomic.fault",
      capabilities: StoreCapabilities(failNextCommit: { store, rows in
        await (store as? StopsHalfway)?.failNextCommit(afterRows: rows)
      })
    ) { StopsHalfway(base: $0, isSound: false) },
    Mutant("folds case", breaks: "identities.normalisation") { FoldsCase(base: $0) },
    Mutant("normalises ids", breaks: "log.keys-are-bytes") { NormalisesIDs(base: $0) },
    Mutant("reorders", breaks: "people.order") { Reorders(base: $0) },
    Mutant("orders by language", breaks: "memberships.order") { OrdersByLanguage(base: $0) },
    Mutant("skips rows on concurrent changes", breaks: "paging.people") { SkipsRowsOnConcurrentChange(base: $0) },
    Mutant("gives short pages", breaks: "pages.every-size") { GivesShortPages(base: $0) },
    Mutant("takes -1 for all", breaks: "pages.no-rows") { TakesMinusOneForAll(base: $0) },
    Mutant("cuts merges", breaks: "merges.whole-positions") { CutsMerges(base: $0) },
    Mutant("cuts times", breaks: "due.order") { CutsTimes(base: $0) },
    Mutant("cuts at NUL", breaks: "states.order") { CutsAtNUL(base: $0) },
    Mutant(
      "reads an old head", breaks: "concurrent.seen-by-others",
      capabilities: StoreCapabilities(secondHandle: { store in
        ReadsAnOldHead(base: try #require(store as? ReadsAnOldHead).base)
      })
    ) { ReadsAnOldHead(base: $0) },
    Mutant("loses the fence", breaks: "claim.fenced-off") { LosesTheFence(base: $0) },
    Mutant("never raises the fence", breaks: "claim.fence-grows") { NeverRaisesTheFence(base: $0) },
    Mutant("ignores leases", breaks: "claim.lease") { IgnoresLeases(base: $0) },
    Mutant("forgets reasons", breaks: "claim.retry-reason") { ForgetsReasons(base: $0) },
    Mutant("forgets the outbox on erasure", breaks: "erase.outbox") { ForgetsTheOutboxOnErasure(base: $0) },
    Mutant("commits over erasures", breaks: "erase.decisions") { CommitsOverErasures(base: $0) },
    Mutant("erases only named keys", breaks: "erase.identities") { ErasesOnlyNamedKeys(base: $0) },
    Mutant(
      "keeps a journal", breaks: "traces.stored",
      capabilities: StoreCapabilities(storedBytes: { await (try #require($0 as? KeepsAJournal)).storedBytes() })
    ) { KeepsAJournal(base: $0) },
    Mutant(
      "leaks across workspaces", breaks: "workspace.apart",
      capabilities: StoreCapabilities(severalWorkspaces: { ids in
        let shared = InMemoryStore()
        return ids.map { LeaksAcrossWorkspaces(base: shared, workspace: $0) }
      })
    ) { $0 },
    Mutant(
      "forgets receipts when opened again", breaks: "reopen.repeated-key",
      capabilities: reopening(Honest.self) {
        Honest(base: try InMemoryStore(snapshot: await $0.base.snapshot(includesDelivery: false)))
      }
    ) { Honest(base: $0) },
    Mutant(
      "opens what it does not know", breaks: "reopen.unknown-schema",
      capabilities: StoreCapabilities(openUnknownSchema: { InMemoryStore() })
    ) { $0 },
    Mutant(
      "has no baseline", breaks: "compact.baseline",
      capabilities: StoreCapabilities(replayStart: { InMemoryStore(workspace: $0.workspace) })
    ) { $0 },
  ]
}

@Suite struct BrokenStoreTests {
  @Test(arguments: Mutant.all) func `a broken store is caught`(_ mutant: Mutant) async throws {
    let law = try #require(StoreLaw.all.first { $0.name == mutant.law })
    let finding = await mutant.kit.check(law)
    #expect(finding.isFailure, "\(mutant.name): \(finding)")
    print("caught: \(mutant.name) by \(law.name)")
  }

  @Test func `each breaks another law, and there are at least twelve`() {
    #expect(Mutant.all.count >= 12)
    #expect(Set(Mutant.all.map(\.law)).count == Mutant.all.count)
  }

  @Test func `what is passed on as it is keeps the laws of faults`() async throws {
    let kit = StoreConformance(
      "sound",
      capabilities: StoreCapabilities(
        reopen: { StopsHalfway(base: try #require($0 as? StopsHalfway).base, isSound: true) },
        failNextCommit: { store, rows in await (store as? StopsHalfway)?.failNextCommit(afterRows: rows) })
    ) { StopsHalfway(base: InMemoryStore(workspace: $0), isSound: true) }
    for name in ["atomic.fault", "reopen.after-fault"] {
      let law = try #require(StoreLaw.all.first { $0.name == name })
      #expect(await kit.check(law).outcome == .passed)
    }
  }

  @Test func `what is not declared is skipped with the reason`() async throws {
    let kit = StoreConformance("bare", capabilities: StoreCapabilities(allowsConcurrentCalls: false)) {
      InMemoryStore(workspace: $0)
    }
    let law = try #require(StoreLaw.all.first { $0.name == "reopen.after-fault" })
    let finding = await kit.check(law)
    #expect(finding.outcome == .skipped(reason: "StoreCapabilities does not declare reopen, failNextCommit"))
    let concurrent = try #require(StoreLaw.all.first { $0.name == "concurrent.one-wins" })
    #expect("\(await kit.check(concurrent))".hasSuffix("does not declare allowsConcurrentCalls"))
    #expect(!finding.isFailure)
  }
}
