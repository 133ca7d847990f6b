import DenseData
import SCRMModel

/// What a batch writes while it is being committed: the rows that the next batch sees in place of stored ones.
struct PendingRows: Sendable {
  private var changes: ChangeSet
  private var entryIndex: HashIndex
  private var identityIndex: HashIndex
  private var personIndex: HashIndex
  private var tieIndex: HashIndex
  private var stateIndex: HashIndex
  /// Whether interactions were taken back or replaced.
  let holdsRevisions: Bool

  /// O(rows).
  init(_ changes: ChangeSet) {
    self.changes = changes
    entryIndex = HashIndex(capacity: changes.entries.count)
    identityIndex = HashIndex(capacity: changes.identities.count)
    personIndex = HashIndex(capacity: changes.people.count)
    tieIndex = HashIndex(capacity: changes.ties.count)
    stateIndex = HashIndex(capacity: changes.states.count)
    for place in changes.entries.indices {
      if let hash = changes.entries[place].eventHash { entryIndex.insert(hash, row: place) }
    }
    Self.note(changes.identities, in: &identityIndex) { $0.keyHash }
    Self.note(changes.people, in: &personIndex) { $0.id.indexHash }
    Self.note(changes.ties, in: &tieIndex) { $0.key.indexHash }
    Self.note(changes.states, in: &stateIndex) { $0.keyHash }
    holdsRevisions = changes.states.contains { $0.record.isKind(RevisionGroup.kind) }
  }

  private static func note<Record>(
    _ rows: [Change<Record>], in index: inout HashIndex, _ hash: (borrowing Record) -> UInt64
  ) {
    rows.withUnsafeBufferPointer { rows in
      // Through a pointer, since a subscript would count references to each record.
      guard let first = rows.baseAddress else { return }
      for place in rows.indices { index.insert(hash((first + place).pointee.record), row: place) }
    }
  }

  /// Takes in what is decided about people on top of these rows, in place of rows of the same keys; O(rows of `later`).
  mutating func add(_ later: ChangeSet) {
    for row in later.identities {
      Self.put(row, row.record.keyHash, in: &changes.identities, &identityIndex) {
        $0.record.isSameIdentity(as: row.record)
      }
    }
    for row in later.people {
      Self.put(row, row.record.id.indexHash, in: &changes.people, &personIndex) { $0.record.id == row.record.id }
    }
    for row in later.states {
      Self.put(row, row.record.keyHash, in: &changes.states, &stateIndex) {
        $0.record.isSameState(as: row.record)
      }
    }
  }

  private static func put<Row>(
    _ row: Row, _ hash: UInt64, in rows: inout [Row], _ index: inout HashIndex, _ isSame: (Row) -> Bool
  ) {
    if let place = index.find(hash, { isSame(rows[$0]) }) {
      rows[place] = row
    } else {
      index.insert(hash, row: rows.count)
      rows.append(row)
    }
  }

  /// An accepted interaction.
  func entry(_ key: EventKey) -> LogEntry? {
    entryIndex.find(key.indexHash) {
      if case .interaction(let interaction, _) = changes.entries[$0].body { interaction.isEvent(key) } else { false }
    }.map { changes.entries[$0] }
  }

  /// Whether an interaction with the same key was accepted, found out without copying either.
  func holds(_ interaction: Interaction) -> Bool {
    entryIndex.find(interaction.keyHash) {
      if case .interaction(let known, _) = changes.entries[$0].body { known.isEvent(interaction.key) } else { false }
    } != nil
  }

  /// The states that change.
  var states: [Change<StateRecord>] { changes.states }

  /// The ties that change.
  var ties: [Change<TieRecord>] { changes.ties }

  /// The interactions that are being committed.
  var interactions: [Interaction] {
    changes.entries.compactMap { if case .interaction(let interaction, _) = $0.body { interaction } else { nil } }
  }

  /// An identity, if it changed.
  func identity(_ key: IdentifierKey) -> Change<IdentityRecord>? {
    identityIndex.find(key.indexHash) { changes.identities[$0].record.isRow(of: key) }.map { changes.identities[$0] }
  }

  /// A person, if the record changed.
  func person(_ id: PersonID) -> Change<PersonRecord>? {
    personIndex.find(id.indexHash) { changes.people[$0].record.id == id }.map { changes.people[$0] }
  }

  /// A tie, if it changed.
  func tie(_ key: TieKey) -> Change<TieRecord>? {
    tieIndex.find(key.indexHash) { changes.ties[$0].record.key == key }.map { changes.ties[$0] }
  }

  /// A state, if it changed.
  func state(_ kind: StateKind, _ key: StateKey) -> Change<StateRecord>? {
    stateIndex.find(key.indexHash) { changes.states[$0].record.isState(kind, key) }
      .map { changes.states[$0] }
  }
}

extension Change {
  /// What is stored once the change is committed.
  var current: Record? { isRemoval ? nil : record }
}
