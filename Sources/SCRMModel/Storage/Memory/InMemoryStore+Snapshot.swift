import DenseData
import SCRMExpressions
import StrictJSON

extension InMemoryStore {
  /// The version of the snapshot document.
  public static let snapshotSchema: Int64 = 1

  /// The whole store as one JSON document.
  ///
  /// Equal stores give equal bytes.
  ///
  /// - Parameter includesDelivery: whether the document holds what is not decided by the log — how outbox actions stand
  ///   with workers and the receipts of commits. Without it, the bytes of a replayed store equal those of the original.
  public func snapshot(includesDelivery: Bool = true) -> [UInt8] {
    var writer = JSONWriter(reservingCapacity: log.count * 512)
    writer.beginObject()
    writer.field("schema", Self.snapshotSchema)
    writer.field("workspace", workspace)
    writer.field("log", log)
    tables.write(to: &writer)
    writer.key("outbox")
    writer.beginArray()
    for item in outbox { item.write(to: &writer, includesDelivery: includesDelivery) }
    writer.endArray()
    if includesDelivery {
      writer.encoded("receipts", receipts.entries)
      if baseline.position != .start {
        writer.key("baseline")
        writer.beginObject()
        writer.field("position", baseline.position)
        baseline.tables.write(to: &writer)
        writer.endObject()
      }
    }
    writer.endObject()
    return writer.bytes
  }

  /// Opens a store from a snapshot document.
  /// - Throws: ``StorageError`` with `unsupportedSchema`, or `malformed` with the path of what cannot be read.
  public init(snapshot: [UInt8]) throws(StorageError) {
    self.init(contents: try SnapshotContents(snapshot))
  }
}

/// What a snapshot document holds.
struct SnapshotContents: Sendable {
  var workspace: WorkspaceID
  var tables: StoreTables
  var log: [LogEntry]
  var outbox: [OutboxItem] = []
  var receipts = ReceiptBook()
  var baseline: (position: LogPosition, tables: StoreTables) = (.start, StoreTables())

  init(_ document: [UInt8]) throws(StorageError) {
    do throws(JSONError) {
      try self.init(json: try JSON(bytes: document, limits: JSONLimits(maximumBytes: .max)))
    } catch {
      let isSchema = error.path == [.key("schema")]
      throw StorageError(isSchema ? .unsupportedSchema : .malformed, "snapshot: \(error)")
    }
  }

  private init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    let schema = try object.int("schema")
    guard schema == InMemoryStore.snapshotSchema else {
      throw JSONError(.invalidValue, "unsupported schema \(schema)", path: [.key("schema")])
    }
    workspace = try object.required("workspace")
    log = try object.array("log")
    for (index, entry) in log.enumerated() where entry.position != LogPosition(UInt64(index + 1)) {
      throw JSONError(.invalidValue, "log positions have a gap", path: [.key("log"), .index(index)])
    }
    tables = try StoreTables(json: object)
    for (index, json) in try object.required("outbox", as: JSON.self).arrayValue().enumerated() {
      do throws(JSONError) { outbox.append(try OutboxItem(json: json)) } catch {
        throw error.prefixed(by: .index(index)).prefixed(by: .key("outbox"))
      }
    }
    for entry: ReceiptBook.Entry in try object.decoded("receipts") ?? [] {
      receipts.record(entry.key, fingerprint: entry.fingerprint, head: entry.head)
    }
    if let baseline = try object.optionalObject("baseline") {
      self.baseline = (try baseline.required("position"), try StoreTables(json: baseline))
    }
  }
}

extension StoreTables {
  func write(to writer: inout JSONWriter) {
    writer.field("identities", identities.values.sorted { $0.key < $1.key })
    writer.field("people", people.values.sorted { $0.id < $1.id })
    if !merges.isEmpty { writer.encoded("merges", merges) }
    writer.field("ties", ties.values.sorted { $0.key < $1.key })
    writer.field(
      "states",
      states.keys.sorted().flatMap { kind in
        (states[kind]?.records.values ?? []).sorted { $0.key < $1.key }
      })
    let members = segments.keys.sorted().flatMap { segment in
      (segments[segment]?.values ?? []).sorted { $0.person < $1.person }
    }
    writer.field("memberships", members)
  }

  init(json object: JSONObject) throws(JSONError) {
    for record: IdentityRecord in try object.array("identities") { identities.put(record) }
    for record: PersonRecord in try object.array("people") { people.put(record) }
    merges = try object.decoded("merges") ?? []
    for record: TieRecord in try object.array("ties") { ties.put(record) }
    for record: StateRecord in try object.array("states") { states[record.kind, default: StateTable()].put(record) }
    for membership: Membership in try object.array("memberships") {
      segments[StoredName(membership.segment), default: KeyedRows()].put(membership)
    }
  }
}

extension OutboxItem {
  func write(to writer: inout JSONWriter, includesDelivery: Bool) {
    writer.beginObject()
    writer.field("action", action)
    switch status {
    case .cancelled(let reason): writer.field("cancelled", reason)
    case .pending(let notBefore) where includesDelivery: writer.field("notBefore", notBefore)
    case .claimed(let worker, let until) where includesDelivery:
      writer.field("worker", worker)
      writer.field("until", until)
    case .done where includesDelivery: writer.field("done", true)
    case .dead(let reason) where includesDelivery: writer.field("dead", reason)
    default: break
    }
    if includesDelivery, attempts > 0 {
      writer.field("attempts", attempts)
      writer.field("fence", Int64(clamping: fence))
      writer.field("retryReason", retryReason)
    }
    writer.endObject()
  }

  init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    let action: ProposedAction = try object.required("action")
    let status: Status
    if let reason = try object.optionalString("cancelled") {
      status = .cancelled(reason: reason)
    } else if let worker = try object.optionalString("worker") {
      status = .claimed(worker: worker, until: try object.required("until"))
    } else if try object.optionalBool("done") ?? false {
      status = .done
    } else if let reason = try object.optionalString("dead") {
      status = .dead(reason: reason)
    } else {
      let notBefore: Instant? = try object.optional("notBefore")
      status = action.isProposed ? .pending(notBefore: notBefore ?? action.due) : .suppressed
    }
    let attempts = try object.optionalInt("attempts") ?? 0
    let fence = try object.optionalInt("fence") ?? 0
    guard attempts >= 0, fence >= 0 else {
      throw JSONError(.numberRange, "expected a count").prefixed(by: .key(attempts < 0 ? "attempts" : "fence"))
    }
    self.init(
      action: action, status: status, attempts: Int(clamping: attempts), fence: UInt64(fence),
      retryReason: try object.optionalString("retryReason"))
  }
}
