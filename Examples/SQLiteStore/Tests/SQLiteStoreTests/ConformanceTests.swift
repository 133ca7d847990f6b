import Foundation
import GRDB
import SCRMTesting
import SQLiteStore
import SocialCRM
import Testing

/// The files of the stores that the kit opens.
private actor Files {
  private let scratch: Scratch
  private var count = 0
  private var faults: [String: Fault] = [:]

  init() throws { scratch = try Scratch() }

  func open(_ workspaces: [WorkspaceID]) async throws -> [SQLiteStore] {
    count += 1
    let database = try await SQLiteDatabase(path: scratch.path("\(count).sqlite"))
    var stores: [SQLiteStore] = []
    for workspace in workspaces { stores.append(try await database.open(workspace)) }
    return stores
  }

  /// A second handle with connections of its own, as another process has them.
  func openAgain(_ store: any SCRMStore) async throws -> SQLiteStore {
    let database = try await SQLiteDatabase(path: try path(of: store))
    return try await database.open(store.workspace)
  }

  func reopen(_ store: any SCRMStore) async throws -> SQLiteStore {
    try (store as? SQLiteStore)?.database.close()
    return try await openAgain(store)
  }

  func failNextCommit(of store: any SCRMStore, afterRows rows: Int) async throws {
    let path = try path(of: store)
    guard let database = (store as? SQLiteStore)?.database else { return }
    let fault: Fault
    if let known = faults[path] {
      fault = known
    } else {
      fault = try await Fault(in: database)
      faults[path] = fault
    }
    fault.arm(afterRows: rows)
  }

  func bytes(of store: any SCRMStore) throws -> [UInt8] {
    let path = try path(of: store)
    return try ["", "-wal", "-shm"].map { path + $0 }.filter { FileManager.default.fileExists(atPath: $0) }
      .flatMap { [UInt8](try Data(contentsOf: URL(fileURLWithPath: $0))) }
  }

  func openLaterSchema() async throws -> SQLiteStore {
    let store = try await open(["later"])[0]
    try store.database.close()
    let queue = try DatabaseQueue(path: try path(of: store))
    try await queue.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('from a later version')") }
    try queue.close()
    return try await openAgain(store)
  }

  func discard(_ store: any SCRMStore) {
    guard let store = store as? SQLiteStore, let path = try? path(of: store) else { return }
    try? store.database.close()
    faults[path] = nil
    for file in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + file) }
  }

  private func path(of store: any SCRMStore) throws -> String { try #require(store as? SQLiteStore).database.path }
}

@Suite struct ConformanceTests {
  private func kit(_ files: Files) -> StoreConformance {
    StoreConformance(
      "SQLiteStore",
      settings: ProcessInfo.processInfo.environment["SCRM_SOAK"] == "1" ? .full : .quick,
      capabilities: StoreCapabilities(
        reopen: { try await files.reopen($0) }, secondHandle: { try await files.openAgain($0) },
        severalWorkspaces: { try await files.open($0) },
        failNextCommit: { try await files.failNextCommit(of: $0, afterRows: $1) },
        storedBytes: { try await files.bytes(of: $0) }, openUnknownSchema: { try await files.openLaterSchema() },
        replayStart: { try await (try #require($0 as? SQLiteStore)).replayStart() },
        discard: { await files.discard($0) }),
      make: { try await files.open([$0])[0] })
  }

  @Test(arguments: StoreLaw.all) func `the store keeps the law`(law: StoreLaw) async throws {
    let finding = await kit(try Files()).check(law)
    #expect(finding.outcome == .passed, "\(finding)")
  }

  @Test func `drawn sequences of calls are answered as the reference answers them`() async throws {
    let finding = await kit(try Files()).checkSequences()
    #expect(finding.outcome == .passed, "\(finding)")
  }
}
