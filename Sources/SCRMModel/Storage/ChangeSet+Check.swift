import DenseData

extension ChangeSet {
  /// The kind of record that the change set names twice, which no store accepts; `nil` for none.
  ///
  /// For adapters whose tables do not refuse it by themselves. O(rows).
  public var repeatedRecord: String? {
    if Self.repeats(states, by: \.record.key, and: { $0.record.kind == $1.record.kind }) { return "state" }
    if Self.repeats(identities, by: \.record.key) { return "identity" }
    if Self.repeats(people, by: \.record.id) { return "person" }
    if Self.repeats(ties, by: \.record.key) { return "tie" }
    return Self.repeats(actions, by: \.id) ? "action" : nil
  }

  private static func repeats<Row, Key: IndexHashable>(
    _ rows: [Row], by key: (Row) -> Key, and isSame: (Row, Row) -> Bool = { _, _ in true }
  ) -> Bool {
    guard rows.count > 1 else { return false }
    var seen = HashIndex(capacity: rows.count)
    for (place, row) in rows.enumerated() {
      let rowKey = key(row)
      if seen.find(rowKey.indexHash, { key(rows[$0]) == rowKey && isSame(rows[$0], row) }) != nil { return true }
      seen.insert(rowKey.indexHash, row: place)
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

  /// Whether the entry takes up an event key, found out without copying it.
  func isEvent(_ key: EventKey) -> Bool {
    switch body {
    case .interaction(let interaction, _): interaction.isEvent(key)
    case .tombstone(let tombstone): tombstone.key == key
    default: false
    }
  }
}
