package import SCRMModel
import StateCoding

/// What the survivor of a merge had before, kept so that the merge can be reverted.
struct MergeNote {
  static let schema = 1

  var position: LogPosition
  var absorbed: PersonID
  var kept: [AccountID]

  static func key(_ position: LogPosition, _ absorbed: PersonID) -> StateKey {
    .name("merge:\(position):\(absorbed)")
  }

  init(position: LogPosition, absorbed: PersonID, kept: [AccountID]) {
    self.position = position
    self.absorbed = absorbed
    self.kept = kept
  }

  init(_ record: StateRecord, absorbed: PersonID) throws(SCRMError) {
    let kept = try record.decoded(schema: Self.schema) { reader throws(StateDecodingError) in
      var kept: [AccountID] = []
      for _ in 0..<(try reader.count()) { kept.append(AccountID(high: try reader.fixed(), low: try reader.fixed())) }
      return kept
    }
    self.init(position: record.version, absorbed: absorbed, kept: kept)
  }

  var record: StateRecord {
    var writer = ByteWriter()
    writer.count(kept.count)
    for account in kept {
      writer.fixed(account.high)
      writer.fixed(account.low)
    }
    return StateRecord(
      kind: StoredIdentifier.kind, key: Self.key(position, absorbed), version: position, schema: Self.schema,
      bytes: writer.bytes)
  }
}

extension EvidenceResolver {
  /// The key of the state in which it is noted what the survivor of a merge had before.
  package static func noteKey(of merge: MergeRecord) -> StateKey { MergeNote.key(merge.position, merge.absorbed) }

  /// The accounts that the survivor of a merge had before.
  package static func keptAccounts(_ record: StateRecord, of merge: MergeRecord) throws(SCRMError) -> [AccountID] {
    try MergeNote(record, absorbed: merge.absorbed).kept
  }
}
