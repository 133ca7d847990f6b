import DenseData
import SocialCRM

extension ChangeSetDraw {
  /// A change set that breaks exactly one rule.
  mutating func refusedChanges(_ key: String, rows: Int) async throws -> ChangeSet {
    var changes = try await changes(key, rows: rows)
    let wrong = LogPosition(UInt64(random.below(3)))
    switch random.below(8) {
    case 0:
      let record = Sample.personRecord(number(), version: 1)
      changes.people.removeAll { $0.record.id == record.id }
      changes.people.append(Change(record, replaces: wrong, isRemoval: random.below(2) == 0))
    case 1:
      let record = Sample.state(stateKey(), pick(Self.kinds))
      changes.states.removeAll { $0.record.kind == record.kind && $0.record.key == record.key }
      changes.states.insert(Change(record, replaces: wrong), at: 0)
    case 2:
      let record = Sample.tie(number(), number())
      changes.ties.removeAll { $0.record.key == record.key }
      changes.ties.append(Change(record, replaces: wrong))
    case 3:
      let record = Sample.identity(identifierKey(), number())
      changes.identities.removeAll { $0.record.key == record.key }
      changes.identities.append(Change(record, replaces: wrong, isRemoval: random.below(2) == 0))
    case 4: changes.entries.append(LogEntry(position: changes.head.next.next, body: .clock(Sample.now)))
    case 5:
      let known = await reference.log(after: .start, limit: .max).compactMap { entry -> EventKey? in
        if case .interaction(let interaction, _) = entry.body { interaction.key } else { nil }
      }
      if known.isEmpty { fallthrough }
      changes.add(Sample.interaction(pick(known)))
    case 6:
      changes.actions.append(Sample.action(900))
      changes.actions.append(Sample.action(900))
    default:
      let record = Sample.personRecord(800)
      changes.people += [Change(record, replaces: nil), Change(record, replaces: nil)]
    }
    return changes
  }
}
