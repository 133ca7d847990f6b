import GRDB

/// What the writing connection runs with, as SQLite tells it.
public struct ConnectionSettings: Sendable, Hashable, CustomStringConvertible {
  /// The journal: `wal` is the write-ahead log.
  public let journalMode: String
  /// When SQLite waits for the disk: 2 (FULL) is with every commit.
  public let synchronous: Int
  /// Whether deleted content is overwritten: 1 is always.
  public let secureDelete: Int

  init(_ db: Database) throws {
    journalMode = try String.fetchOne(db, sql: "PRAGMA journal_mode") ?? ""
    synchronous = try Int.fetchOne(db, sql: "PRAGMA synchronous") ?? -1
    secureDelete = try Int.fetchOne(db, sql: "PRAGMA secure_delete") ?? -1
  }

  /// Whether a commit that returned outlives a power cut, and deleted content is overwritten.
  public var isDurable: Bool { journalMode == "wal" && synchronous == 2 && secureDelete == 1 }

  /// The three settings.
  public var description: String { "journal \(journalMode), synchronous \(synchronous), secure_delete \(secureDelete)" }
}

extension SQLiteDatabase {
  /// What the writing connection runs with.
  public func settings() async throws -> ConnectionSettings {
    try await exclusively { try ConnectionSettings($0) }
  }

  /// What SQLite's check of the whole file finds; empty when it is sound.
  ///
  /// O(file).
  public func integrityErrors() async throws -> [String] {
    try await read { db in try String.fetchAll(db, sql: "PRAGMA integrity_check") }.filter { $0 != "ok" }
  }
}
