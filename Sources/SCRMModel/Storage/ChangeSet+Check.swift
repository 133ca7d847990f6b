import DenseData

extension ChangeSet {
  /// The kind of record that the change set names twice, which no store accepts; `nil` for none.
  ///
  /// For adapters whose tables do not refuse it by themselves. O(rows).
  public var repeatedRecord: String? {
    if Self.repeats(states, { $0.record.keyHash }, { $0.record.isSameState(as: $1.record) }) { return "state" }
    if Self.repeats(identities, { $0.record.keyHash }, { $0.record.isSameIdentity(as: $1.record) }) {
      return "identity"
    }
    if Self.repeats(people, { $0.record.id.indexHash }, { $0.record.id == $1.record.id }) { return "person" }
    if Self.repeats(ties, { $0.record.key.indexHash }, { $0.record.key == $1.record.key }) { return "tie" }
    return Self.repeats(actions, { $0.id.indexHash }, { $0.id == $1.id }) ? "action" : nil
  }

  private static func repeats<Row>(
    _ rows: [Row], _ hash: (Row) -> UInt64, _ isSame: (Row, Row) -> Bool
  ) -> Bool {
    guard rows.count > 1 else { return false }
    var seen = HashIndex(capacity: rows.count)
    for place in rows.indices {
      let rowHash = hash(rows[place])
      if seen.find(rowHash, { isSame(rows[$0], rows[place]) }) != nil { return true }
      seen.insert(rowHash, row: place)
    }
    return false
  }
}

extension LogEntry {
  /// The event key that the entry takes up.
  var eventKey: EventKey? {
    switch body {
    case .interaction(let interaction, _): interaction.key
    case .tombstone(let tombstone): tombstone.key
    default: nil
    }
  }

  /// The hash of the event key that the entry takes up.
  package var eventHash: UInt64? {
    switch body {
    case .interaction(let interaction, _): interaction.keyHash
    case .tombstone(let tombstone): tombstone.key.indexHash
    default: nil
    }
  }

  /// Whether the entry takes up an event key, found out without copying it.
  func isEvent(_ key: EventKey) -> Bool {
    switch body {
    case .interaction(let interaction, _): interaction.isEvent(key)
    case .tombstone(let tombstone): tombstone.key == key
    default: false
    }
  }
}
