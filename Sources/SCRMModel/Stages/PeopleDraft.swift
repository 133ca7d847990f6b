import SCRMExpressions

/// The identities and people a batch touches: what was loaded, and on top of it what the batch changed so far.
public struct PeopleDraft: Sendable {
  private struct Slot<Record: Sendable>: Sendable {
    var record: Record
    var loaded: LogPosition?
    var isChanged: Bool
  }

  private var identities: [IdentifierKey: Slot<IdentityRecord>] = [:]
  private var people: [PersonID: Slot<PersonRecord>] = [:]
  private var mergeLog: [MergeRecord] = []

  /// Creates a draft on loaded records.
  public init(identities: [IdentityRecord], people: [PersonRecord]) {
    self.identities.reserveCapacity(identities.count)
    self.people.reserveCapacity(people.count)
    for record in identities {
      self.identities[record.key] = Slot(record: record, loaded: record.version, isChanged: false)
    }
    for record in people { self.people[record.id] = Slot(record: record, loaded: record.version, isChanged: false) }
  }

  /// Adds loaded records that are not in the draft yet.
  public mutating func add(people records: [PersonRecord]) {
    for record in records where people[record.id] == nil {
      people[record.id] = Slot(record: record, loaded: record.version, isChanged: false)
    }
  }

  /// The record of an identifier.
  public func identity(_ key: IdentifierKey) -> IdentityRecord? { identities[key]?.record }

  /// The record of a person.
  public func person(_ id: PersonID) -> PersonRecord? { people[id]?.record }

  /// Sets the record of an identifier.
  public mutating func put(_ record: IdentityRecord) {
    identities[record.key] = Slot(record: record, loaded: identities[record.key]?.loaded, isChanged: true)
  }

  /// Sets the record of a person.
  public mutating func put(_ record: PersonRecord) {
    people[record.id] = Slot(record: record, loaded: people[record.id]?.loaded, isChanged: true)
  }

  /// Notes a merge.
  public mutating func note(_ merge: MergeRecord) { mergeLog.append(merge) }

  /// The changed identities in key order.
  package func identityChanges() -> [Change<IdentityRecord>] {
    identities.values.filter(\.isChanged).map { Change($0.record, replaces: $0.loaded) }
      .sorted { $0.record.key < $1.record.key }
  }

  /// The changed people in id order.
  package func personChanges() -> [Change<PersonRecord>] {
    people.values.filter(\.isChanged).map { Change($0.record, replaces: $0.loaded) }
      .sorted { $0.record.id < $1.record.id }
  }

  /// The merges in order.
  package var merges: [MergeRecord] { mergeLog }
}
