import SocialCRM

extension ChangeSet {
  /// The kind of record that the change set names twice; `nil` for none.
  ///
  /// O(rows).
  var repeatedRecord: String? {
    if Self.repeats(states, by: { StatePlace(kind: $0.record.kind, key: $0.record.key) }) { return "state" }
    if Self.repeats(identities, by: \.record.key) { return "identity" }
    if Self.repeats(people, by: \.record.id) { return "person" }
    if Self.repeats(ties, by: \.record.key) { return "tie" }
    return Self.repeats(actions, by: \.id) ? "action" : nil
  }

  private static func repeats<Row, Key: Hashable>(_ rows: [Row], by key: (Row) -> Key) -> Bool {
    guard rows.count > 1 else { return false }
    var seen = Set<Key>(minimumCapacity: rows.count)
    for row in rows where !seen.insert(key(row)).inserted { return true }
    return false
  }

  private struct StatePlace: Hashable {
    let kind: StateKind
    let key: StateKey
  }
}
