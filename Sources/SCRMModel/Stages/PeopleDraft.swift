import SCRMExpressions

/// The identities and people a batch touches: what was loaded, and on top of it what the batch changed so far.
public struct PeopleDraft: Sendable {
  private struct Slot<Record: Sendable>: Sendable {
    var record: Record
    var loaded: LogPosition?
    var isChanged: Bool
  }

  // Slots stand in the order of loading and then of first use, which makes the order of changes reproducible.
  private var identitySlots: [Slot<IdentityRecord>] = []
  private var identityIndex: [IdentifierKey: Int32] = [:]
  private var personSlots: [Slot<PersonRecord>] = []
  private var personIndex: [PersonID: Int32] = [:]
  private var mergeLog: [MergeRecord] = []
  private var mintedAccounts: [IdentifierKey: AccountID] = [:]

  /// Creates a draft on loaded records, with room for `expected` identifiers in all.
  public init(identities: [IdentityRecord], people: [PersonRecord], expecting expected: Int = 0) {
    identitySlots.reserveCapacity(max(identities.count, expected))
    identityIndex.reserveCapacity(max(identities.count, expected))
    personSlots.reserveCapacity(max(people.count, expected))
    personIndex.reserveCapacity(max(people.count, expected))
    add(identities: identities)
    add(people: people)
  }

  /// Adds loaded identities that are not in the draft yet.
  public mutating func add(identities records: [IdentityRecord]) {
    for record in records where identityIndex[record.key] == nil {
      identityIndex[record.key] = Int32(truncatingIfNeeded: identitySlots.count)
      identitySlots.append(Slot(record: record, loaded: record.version, isChanged: false))
    }
  }

  /// Adds loaded people who are not in the draft yet.
  public mutating func add(people records: [PersonRecord]) {
    for record in records where personIndex[record.id] == nil {
      personIndex[record.id] = Int32(truncatingIfNeeded: personSlots.count)
      personSlots.append(Slot(record: record, loaded: record.version, isChanged: false))
    }
  }

  /// The record of an identifier.
  public func identity(_ key: IdentifierKey) -> IdentityRecord? {
    identityIndex[key].map { identitySlots[Int($0)].record }
  }

  /// The account and person of an identifier, without copying its record.
  public func owner(of key: IdentifierKey) -> (account: AccountID, person: PersonID)? {
    guard let index = identityIndex[key] else { return nil }
    return (identitySlots[Int(index)].record.account, identitySlots[Int(index)].record.person)
  }

  /// The account of an identifier: the stored one, or the one that `mint` gives, which is asked once per key.
  public mutating func account(of key: IdentifierKey, mint: (IdentifierKey) -> AccountID) -> AccountID {
    if let known = owner(of: key) { return known.account }
    if let minted = mintedAccounts[key] { return minted }
    let account = mint(key)
    mintedAccounts[key] = account
    return account
  }

  /// The record of a person.
  public func person(_ id: PersonID) -> PersonRecord? { personIndex[id].map { personSlots[Int($0)].record } }

  /// Sets the record of an identifier.
  public mutating func put(_ record: IdentityRecord) {
    if let index = identityIndex[record.key] {
      identitySlots[Int(index)].record = record
      identitySlots[Int(index)].isChanged = true
    } else {
      identityIndex[record.key] = Int32(truncatingIfNeeded: identitySlots.count)
      identitySlots.append(Slot(record: record, loaded: nil, isChanged: true))
    }
  }

  /// Sets the record of a person.
  public mutating func put(_ record: PersonRecord) {
    if let index = personIndex[record.id] {
      personSlots[Int(index)].record = record
      personSlots[Int(index)].isChanged = true
    } else {
      personIndex[record.id] = Int32(truncatingIfNeeded: personSlots.count)
      personSlots.append(Slot(record: record, loaded: nil, isChanged: true))
    }
  }

  /// Notes a merge.
  public mutating func note(_ merge: MergeRecord) { mergeLog.append(merge) }

  /// The changed identities.
  package func identityChanges() -> [Change<IdentityRecord>] {
    identitySlots.compactMap { $0.isChanged ? Change($0.record, replaces: $0.loaded) : nil }
  }

  /// The changed people.
  package func personChanges() -> [Change<PersonRecord>] {
    personSlots.compactMap { $0.isChanged ? Change($0.record, replaces: $0.loaded) : nil }
  }

  /// The merges in order.
  package var merges: [MergeRecord] { mergeLog }
}
