import SQLiteStore
import SocialCRM

/// Looks at what a killed writer left.
struct TrialCheck {
  private let store: SQLiteStore

  init(_ store: SQLiteStore) { self.store = store }

  /// Which part of a batch is in the store.
  private enum Presence { case whole, torn, absent }

  /// Looks at the batches after `known`, which were found whole before.
  /// - Returns: the last batch that is in the store.
  func check(after known: Int, acknowledged: Int, into result: inout TrialResult) async throws -> Int {
    var last = known
    var number = known + 1
    while true {
      switch try await presence(of: TrialBatch(number: number)) {
      case .whole: last = number
      case .torn:
        result.torn += 1
        last = number
      case .absent:
        guard number <= acknowledged else {
          try await checkCounts(through: last, into: &result)
          result.integrityErrors += try await store.database.integrityErrors().count
          return last
        }
        result.lost += 1
      }
      number += 1
    }
  }

  /// Compares every row of a batch with what was committed.
  private func presence(of batch: TrialBatch) async throws -> Presence {
    let changes = batch.changes(on: TrialBatch.head(after: batch.number - 1))
    let own = changes.states.filter { $0.record.key != TrialBatch.counter }.map(\.record)
    let events = changes.entries.compactMap { entry -> EventKey? in
      if case .interaction(let interaction, _) = entry.body { interaction.key } else { nil }
    }
    let people = changes.people.map(\.record.id)
    var found = [
      same(try await store.entries(for: events), changes.entries),
      same(try await store.identities(for: changes.identities.map(\.record.key)), changes.identities.map(\.record)),
      same(try await store.people(people), changes.people.map(\.record)),
      same(try await store.ties(changes.ties.map(\.record.key)), changes.ties.map(\.record)),
      same(try await store.states("trial", own.map(\.key)), own),
      same(try await store.actions(changes.actions.map(\.id)).map { $0?.action }, changes.actions),
    ].flatMap { $0 }
    let memberships = try await store.memberships(of: people)
    found += zip(memberships, changes.memberships).map { $0 == [$1.membership] }
    if found.allSatisfy({ $0 }) { return .whole }
    return found.contains(true) ? .torn : .absent
  }

  private func same<Row: Equatable>(_ found: [Row?], _ expected: [Row]) -> [Bool] {
    zip(found, expected).map { $0 == $1 }
  }

  /// Whether the store holds what the batches up to `last` bring, and nothing else.
  private func checkCounts(through last: Int, into result: inout TrialResult) async throws {
    let rows = Int(clamping: TrialBatch.head(after: last).rawValue)
    result.doubled += max(Int(clamping: try await store.head().rawValue) - rows, 0)
    result.doubled += max(try await actions() - rows, 0)
    let counter = try await store.states("trial", [TrialBatch.counter])[0]
    if let counter, last > 0, counter.bytes != TrialBatch(number: last).counted { result.torn += 1 }
  }

  private func actions() async throws -> Int {
    var count = 0
    var last: ActionID?
    while true {
      let page = try await store.actions(after: last, limit: 1_000)
      guard let final = page.last else { return count }
      count += page.count
      last = final.action.id
    }
  }
}
