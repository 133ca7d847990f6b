import DenseData
import EventTime
public import SCRMModel
import StateCoding

/// Keeps the ties between accounts: how often one addressed another, by kind and day.
///
/// The tie stage of the loop. A tie is directed from the account that acts to the account it is directed at; counts are
/// sums, so the state does not depend on the order of interactions and a retracted one is taken back.
public struct TieKeeper: Sendable {
  /// Creates a keeper.
  public init() {}

  static let schema = 1

  /// Decodes a tie, as for reports and graphs.
  /// - Throws: `SCRMError` with `unsupportedSchema` or `corruptState`.
  public func decode(_ record: TieRecord) throws(SCRMError) -> ActivityHistory {
    // Put together only when it is needed, which takes longer than decoding.
    func subject() -> String { "tie \(record.key.from)→\(record.key.to)" }
    guard record.schema == Self.schema else {
      throw SCRMError(.unsupportedSchema, subject: subject(), "expected schema \(Self.schema), found \(record.schema)")
    }
    return try decodeState(record.bytes, subject: subject()) { reader throws(StateDecodingError) in
      try ActivityHistory(from: &reader)
    }
  }
}

extension TieKeeper: TieStage {
  /// Name and version.
  public var fingerprint: String { "ties/1" }

  /// Opens loaded ties.
  public func begin(_ records: [TieRecord]) throws(SCRMError) -> any TieSession {
    try KeptTies(keeper: self, records: records)
  }
}

/// A batch's view of ties.
struct KeptTies: TieSession {
  private struct Slot {
    let key: TieKey
    var history: ActivityHistory
    let loaded: LogPosition?
    var version: LogPosition
    var isChanged = false

    /// The tie as it is to be stored.
    var change: Change<TieRecord> {
      var writer = ByteWriter(reservingCapacity: 32)
      history.write(to: &writer)
      let record = TieRecord(key: key, version: version, schema: TieKeeper.schema, bytes: writer.bytes)
      return Change(record, replaces: loaded)
    }
  }

  private var index: HashIndex
  private var slots: [Slot] = []

  init(keeper: TieKeeper, records: [TieRecord]) throws(SCRMError) {
    // With room for ties that come to be.
    index = HashIndex(capacity: records.count * 3 / 2 + 16)
    slots.reserveCapacity(records.count * 3 / 2 + 16)
    for record in records {
      index.insert(record.key.indexHash, row: slots.count)
      slots.append(
        Slot(key: record.key, history: try keeper.decode(record), loaded: record.version, version: record.version))
    }
  }

  mutating func count(_ interaction: Interaction, on key: TieKey, sign: Int32, at position: LogPosition) {
    let slot: Int
    if let known = index.find(key.indexHash, { slots[$0].key == key }) {
      slot = known
    } else {
      slot = slots.count
      index.insert(key.indexHash, row: slot)
      slots.append(Slot(key: key, history: ActivityHistory(), loaded: nil, version: position))
    }
    slots[slot].history.record(interaction, sign: sign)
    slots[slot].history.prune()
    slots[slot].version = position
    slots[slot].isChanged = true
  }

  func changes() -> [Change<TieRecord>] {
    var result: [Change<TieRecord>] = []
    result.reserveCapacity(slots.count)
    for place in slots.indices where slots[place].isChanged { result.append(slots[place].change) }
    return result
  }
}
