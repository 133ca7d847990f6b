import GRDB
public import SocialCRM

extension SQLiteStore {
  /// The whole workspace as one JSON document: that of `InMemoryStore/snapshot(includesDelivery:)` without delivery.
  ///
  /// Two stores that hold the same give the same bytes, whichever adapter they are of. O(workspace), all of it in memory.
  public func snapshot() async throws -> [UInt8] {
    try await database.read { [workspace, number] db in
      var writer = JSONWriter()
      writer.beginObject()
      writer.field("schema", InMemoryStore.snapshotSchema)
      writer.field("workspace", workspace)
      writer.field("log", try LogTable.page(db, number, after: .start, limit: .max))
      try Self.writeTables(of: number, db, to: &writer)
      writer.key("outbox")
      writer.beginArray()
      for item in try OutboxTable.page(db, number, after: nil, limit: .max) {
        writer.beginObject()
        writer.field("action", item.action)
        if case .cancelled(let reason) = item.status { writer.field("cancelled", reason) }
        writer.endObject()
      }
      writer.endArray()
      writer.endObject()
      return writer.bytes
    }
  }

  /// A store in memory that holds what a replay of this one starts from: the baseline of the last compaction and the log
  /// up to it.
  ///
  /// Replaying the rest of the log into it gives the state of this store. O(baseline).
  public func replayStart() async throws -> InMemoryStore {
    let document = try await database.read { [workspace, number] db in
      let position = try WorkspaceTable.baseline(db, number)
      var writer = JSONWriter()
      writer.beginObject()
      writer.field("schema", InMemoryStore.snapshotSchema)
      writer.field("workspace", workspace)
      writer.field("log", try LogTable.page(db, number, after: .start, limit: Int(clamping: position.rawValue)))
      try Self.writeTables(of: -number, db, to: &writer)
      writer.field("outbox", JSON.array([]))
      writer.key("baseline")
      writer.beginObject()
      writer.field("position", position)
      try Self.writeTables(of: -number, db, to: &writer)
      writer.endObject()
      writer.endObject()
      return writer.bytes
    }
    return try InMemoryStore(snapshot: document)
  }

  private static func writeTables(of number: Int64, _ db: Database, to writer: inout JSONWriter) throws {
    writer.field("identities", try IdentityTable.page(db, number, after: nil, limit: .max))
    writer.field("people", try PersonTable.page(db, number, after: nil, limit: .max))
    let merges = try MergeTable.page(db, number, after: .start, limit: .max)
    if !merges.isEmpty { writer.field("merges", try StrictJSONEncoder().tree(of: merges)) }
    writer.field("ties", try TieTable.page(db, number, after: nil, limit: .max))
    writer.field("states", try StateTable.page(db, number, after: nil, limit: .max))
    writer.field("memberships", try MembershipTable.all(db, number))
  }
}
