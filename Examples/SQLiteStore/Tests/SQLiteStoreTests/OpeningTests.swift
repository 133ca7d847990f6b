import Foundation
import GRDB
import SocialCRM
import Testing

@testable import SQLiteStore

@Suite struct OpeningTests {
  @Test func `a connection writes ahead, waits for the disk and overwrites what is deleted`() async throws {
    let scratch = try Scratch()
    for _ in 0..<2 {
      let database = try await SQLiteDatabase(path: scratch.path())
      let settings = try await database.settings()
      #expect(settings.journalMode == "wal" && settings.synchronous == 2 && settings.secureDelete == 1)
      #expect(settings.isDurable)
      #expect(try await database.integrityErrors() == [])
      try database.close()
    }
  }

  @Test func `a database of another program is refused and left as it is`() async throws {
    let scratch = try Scratch()
    let queue = try DatabaseQueue(path: scratch.path())
    try await queue.write { try $0.execute(sql: "CREATE TABLE notes (text TEXT)") }
    try queue.close()
    let before = try scratch.bytes()
    #expect(
      await storageRefusal { _ = try await SQLiteDatabase(path: scratch.path()) } == "unsupportedSchema")
    #expect(try scratch.bytes() == before)
    let text = try Scratch()
    try Data("no database at all, but long enough to be taken for one".utf8)
      .write(to: URL(fileURLWithPath: text.path()))
    let kept = try text.bytes()
    await #expect(throws: DatabaseError.self) { _ = try await SQLiteDatabase(path: text.path()) }
    #expect(try text.bytes() == kept)
  }

  @Test func `a file of a newer version is refused and left as it is`() async throws {
    let scratch = try Scratch()
    let database = try await SQLiteDatabase(path: scratch.path())
    try await database.exclusively { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('9')") }
    try database.close()
    let before = try Data(contentsOf: URL(fileURLWithPath: scratch.path()))
    #expect(
      await storageRefusal { _ = try await SQLiteDatabase(path: scratch.path()) } == "unsupportedSchema")
    #expect(try Data(contentsOf: URL(fileURLWithPath: scratch.path())) == before)
  }

  @Test func `many open one new file at once`() async throws {
    let scratch = try Scratch()
    let path = scratch.path()
    try await withThrowingTaskGroup(of: LogPosition.self) { group in
      for index in 0..<6 {
        group.addTask {
          let store = try await SQLiteStore(path: path, workspace: WorkspaceID("w\(index % 3)"))
          return try await store.head()
        }
      }
      for try await head in group { #expect(head == .start) }
    }
    let names = try await SQLiteDatabase(path: path).read { db in
      try Int.fetchOne(db, sql: "SELECT count(*) FROM workspace")
    }
    #expect(names == 3)
  }

  @Test func `an erasure that was cut off before the file was written anew is finished on opening`() async throws {
    let scratch = try Scratch()
    let store = try await SQLiteStore(path: scratch.path())
    var changes = ChangeSet(key: "1", base: .start)
    changes.states = (0..<400).map { index in
      let bytes = Array("MARKER-\(index)-".utf8) + [UInt8](repeating: 7, count: index % 90 * 40)
      let key = StateKey.person(PersonID(high: UInt64(index) &* 0x9E37_79B9_7F4A_7C15, low: 1))
      return Change(StateRecord(kind: "k", key: key, version: .start, schema: 1, bytes: bytes), replaces: nil)
    }
    _ = try await store.commit(changes)
    let people = changes.states.compactMap { change -> PersonID? in
      if case .person(let id) = change.record.key { id } else { nil }
    }
    // The transaction of an erasure without what comes after it.
    try await store.database.write { [number = store.number] db in
      var erasure = Erasure(db, number, ErasureRequest(people: people, accounts: [], keys: []))
      try erasure.run()
      try SQLiteDatabase.demandScrub(db)
    }
    #expect(holds(try scratch.bytes(), "MARKER-"))
    let again = try await SQLiteDatabase(path: scratch.path())
    #expect(!holds(try scratch.bytes(), "MARKER-"))
    #expect(try await again.read(SQLiteDatabase.mustScrub) == false)
  }
}
