import DenseData
import SocialCRM

/// What a law works with: fresh stores, the settings and the seed.
struct LawRun: Sendable {
  let conformance: StoreConformance
  private let opened = OpenedStores()

  init(conformance: StoreConformance) { self.conformance = conformance }

  var settings: StoreConformance.Settings { conformance.settings }

  /// Numbers drawn from the seed.
  var random: SeededGenerator { SeededGenerator(seed: settings.seed) }

  /// A fresh, empty store.
  func fresh(_ workspace: WorkspaceID = "kit") async throws -> any SCRMStore {
    let store = try await conformance.make(workspace)
    await opened.add(store)
    return store
  }

  /// A fresh store that holds `changes`.
  func fresh(holding changes: ChangeSet...) async throws -> any SCRMStore {
    let store = try await fresh()
    for part in changes { _ = try await store.commit(part) }
    return store
  }

  /// Fresh stores for several workspaces of one database.
  func severalWorkspaces(_ ids: [WorkspaceID]) async throws -> [any SCRMStore] {
    let stores = try await conformance.capabilities.severalWorkspaces?(ids) ?? []
    for store in stores { await opened.add(store) }
    try require(stores.count == ids.count, "severalWorkspaces returned \(stores.count) stores for \(ids.count) ids")
    return stores
  }

  /// The same data through a new handle; the old one must not be used any more.
  func reopened(_ store: any SCRMStore) async throws -> any SCRMStore {
    guard let reopen = conformance.capabilities.reopen else { throw LawFailure("reopen is not declared") }
    let new = try await reopen(store)
    await opened.add(new)
    return new
  }

  /// A handle for another writer: a second one where the store can, else the same.
  func handle(on store: any SCRMStore) async throws -> any SCRMStore {
    guard let second = conformance.capabilities.secondHandle else { return store }
    let handle = try await second(store)
    await opened.add(handle)
    return handle
  }

  /// Gives back what `make` took.
  func discardStores() async {
    for store in await opened.takeAll() { await conformance.capabilities.discard?(store) }
  }
}

/// The stores of one law, to be discarded at its end; later handles first.
actor OpenedStores {
  private var stores: [any SCRMStore] = []

  func add(_ store: any SCRMStore) { stores.append(store) }

  func takeAll() -> [any SCRMStore] {
    defer { stores = [] }
    return stores.reversed()
  }
}
