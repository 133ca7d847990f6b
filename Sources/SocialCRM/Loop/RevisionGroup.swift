import SCRMModel
import StateCoding

/// An interaction together with what takes it back or replaces it, in whatever order they arrive.
///
/// At most one of the group counts: nothing after a retraction, else the latest replacement by event time and key, else
/// the original. The state is a set, so it does not depend on the order of arrival.
struct RevisionGroup: Sendable, Hashable {
  static let kind: StateKind = "revision"
  static let schema = 1

  struct Edit: Sendable, Hashable, Comparable {
    var occurred: Instant
    var id: String

    static func < (left: Edit, right: Edit) -> Bool {
      left.occurred != right.occurred
        ? left.occurred < right.occurred : left.id.utf8.lexicographicallyPrecedes(right.id.utf8)
    }
  }

  let original: EventKey
  private(set) var isRetracted = false
  private(set) var edits: [Edit] = []
  private(set) var hasOriginal = false

  init(original: EventKey) { self.original = original }

  init(_ record: StateRecord, original: EventKey) throws(SCRMError) {
    self = try record.decoded(schema: Self.schema) { reader throws(StateDecodingError) in
      var group = RevisionGroup(original: original)
      group.isRetracted = try reader.bool()
      group.hasOriginal = try reader.bool()
      for _ in 0..<(try reader.count()) {
        group.edits.append(Edit(occurred: try reader.requiredInstant(), id: try reader.string()))
      }
      return group
    }
  }

  func record(version: LogPosition) -> StateRecord {
    var writer = ByteWriter()
    writer.bool(isRetracted)
    writer.bool(hasOriginal)
    writer.count(edits.count)
    for edit in edits {
      writer.instant(edit.occurred)
      writer.string(edit.id)
    }
    return StateRecord(
      kind: Self.kind, key: .event(original), version: version, schema: Self.schema, bytes: writer.bytes)
  }

  /// The interaction that counts.
  var effective: EventKey? {
    if isRetracted { return nil }
    if let last = edits.last { return EventKey(original.source, last.id) }
    return hasOriginal ? original : nil
  }

  /// Takes an interaction of the group into account.
  mutating func add(_ interaction: Interaction) {
    switch interaction.revision {
    case nil: hasOriginal = true
    case .retracts: isRetracted = true
    case .replaces:
      let edit = Edit(occurred: interaction.occurred.inUTC, id: interaction.key.id)
      edits.insert(edit, at: edits.firstIndex { edit < $0 } ?? edits.endIndex)
    }
  }

  /// Says that the original was in the log before the group was needed.
  mutating func noteOriginal() { hasOriginal = true }
}
