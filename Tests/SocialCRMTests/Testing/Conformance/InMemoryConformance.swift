import Foundation
import SCRMTesting
import Testing

extension StoreCapabilities {
  /// What the reference store can do: it is opened again by its snapshot, which is also all that it stores.
  static let inMemory = StoreCapabilities(
    reopen: { store in try InMemoryStore(snapshot: await memory(store).snapshot()) }, secondHandle: { $0 },
    severalWorkspaces: { ids in
      let database = InMemoryDatabase()
      var stores: [any SCRMStore] = []
      for id in ids { stores.append(await database.open(id)) }
      return stores
    },
    storedBytes: { store in try await memory(store).snapshot() },
    openUnknownSchema: { try InMemoryStore(snapshot: Array(#"{"schema":99,"workspace":"kit","log":[]}"#.utf8)) },
    replayStart: { store in try await memory(store).replayStart() })

  private static func memory(_ store: any SCRMStore) throws -> InMemoryStore {
    try #require(store as? InMemoryStore)
  }
}

extension StoreConformance {
  /// Quick counts; those of the contract under SCRM_SOAK=1.
  static var testSettings: Settings {
    ProcessInfo.processInfo.environment["SCRM_SOAK"] == "1" ? .full : .quick
  }

  /// The kit on the reference store.
  static let inMemory = StoreConformance(
    "InMemoryStore", settings: testSettings, capabilities: .inMemory
  ) { InMemoryStore(workspace: $0) }
}

@Suite struct InMemoryConformanceTests {
  @Test(arguments: StoreLaw.all) func `the reference keeps every law`(_ law: StoreLaw) async {
    let finding = await StoreConformance.inMemory.check(law)
    #expect(!finding.isFailure, "\(finding)")
    if case .skipped(let reason) = finding.outcome {
      #expect(law.name.hasSuffix("fault"), "\(law.name) was skipped: \(reason)")
    }
  }

  @Test func `there are sixty laws at least, each under its own name`() {
    let names = StoreLaw.all.map(\.name)
    #expect(names.count >= 60)
    #expect(Set(names).count == names.count)
    #expect(StoreLaw.all.allSatisfy { $0.summary.hasSuffix(".") })
    print("\(names.count) laws")
  }
}
