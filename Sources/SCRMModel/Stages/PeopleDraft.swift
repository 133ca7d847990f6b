import DenseData
import SCRMExpressions

/// The identities and people a batch touches: what was loaded, and on top of it what the batch changed so far.
public struct PeopleDraft: Sendable {
  private struct Slot<Record: Sendable>: Sendable {
    var record: Record
    var loaded: LogPosition?
    var isChanged: Bool
    /// For an identity: the slot of its person when it was last looked for, or −1; to be checked before it is believed.
    var holder: Int32 = -1
  }

  // Slots stand in the order of loading and then of first use, which makes the order of changes reproducible.
  private var identitySlots: [Slot<IdentityRecord>] = []
  private var identityIndex: HashIndex
  private var personSlots: [Slot<PersonRecord>] = []
  private var personIndex: HashIndex
  private var mergeLog: [MergeRecord] = []
  private var minted = KeyedRows<MintedAccount>()
  /// The identity slots by the number of the key in the batch; −1 for keys that were not loaded.
  private var numberedSlots: [Int32] = []
  /// The accounts that were minted for numbered keys.
  private var numberedAccounts: [AccountID?] = []
  private var stateSlots: [StateSlot] = []
  private var stateIndex = HashIndex()
  /// What the stage keeps for this batch beyond the records.
  public var scratch: (any Sendable)?
  /// The states that were read anew since the stage last looked; what it made of them before no longer holds.
  public private(set) var refreshedStates: [StateKey] = []
  /// How often records were read anew; while it stays, what a stage found out about the batch holds.
  public private(set) var edition = 0

  private struct StateSlot: Sendable {
    let key: StateKey
    var record: StateRecord?
    var loaded: LogPosition?
    var isChanged = false
  }

  private struct MintedAccount: KeyedRow {
    let rowKey: IdentifierKey
    let account: AccountID
  }

  /// Creates a draft on loaded records, with room for `expected` identifiers in all.
  public init(identities: [IdentityRecord], people: [PersonRecord], expecting expected: Int = 0) {
    identitySlots.reserveCapacity(max(identities.count, expected))
    identityIndex = HashIndex(capacity: max(identities.count, expected))
    personSlots.reserveCapacity(max(people.count, expected))
    personIndex = HashIndex(capacity: max(people.count, expected))
    minted = KeyedRows(expecting: expected / 4)
    add(identities: identities)
    add(people: people)
  }

  /// Creates a draft for a batch whose keys are numbered.
  ///
  /// - Parameters:
  ///   - identities: what was found by the numbers that were looked up, in their order.
  ///   - isLookedUp: which numbers were.
  ///   - people: what was found of people, each once.
  package init(_ identities: [IdentityRecord?], of isLookedUp: [Bool], people: [PersonRecord?]) {
    self.init(identities: [], people: [], expecting: isLookedUp.count)
    personSlots.reserveCapacity(people.count)
    for case let record? in people {
      personIndex.insert(record.id.indexHash, row: personSlots.count)
      personSlots.append(Slot(record: record, loaded: record.version, isChanged: false))
    }
    numberedSlots = [Int32](repeating: -1, count: isLookedUp.count)
    numberedAccounts = [AccountID?](repeating: nil, count: isLookedUp.count)
    var next = 0
    for number in isLookedUp.indices where isLookedUp[number] {
      defer { next += 1 }
      guard let record = identities[next] else { continue }
      numberedSlots[number] = Int32(truncatingIfNeeded: identitySlots.count)
      identityIndex.insert(record.keyHash, row: identitySlots.count)
      identitySlots.append(
        Slot(
          record: record, loaded: record.version, isChanged: false,
          holder: slot(record.person).map { Int32(truncatingIfNeeded: $0) } ?? -1))
    }
  }

  /// Adds loaded identities that are not in the draft yet.
  public mutating func add(identities records: [IdentityRecord]) {
    for record in records where slot(record.key) == nil {
      identityIndex.insert(record.key.indexHash, row: identitySlots.count)
      identitySlots.append(Slot(record: record, loaded: record.version, isChanged: false))
    }
  }

  /// Adds loaded people who are not in the draft yet.
  public mutating func add(people records: [PersonRecord]) {
    for record in records where slot(record.id) == nil {
      personIndex.insert(record.id.indexHash, row: personSlots.count)
      personSlots.append(Slot(record: record, loaded: record.version, isChanged: false))
    }
  }

  /// Sets what is stored of an identifier, whatever was loaded before; it must not have been changed yet.
  package mutating func refresh(_ record: IdentityRecord) {
    guard let slot = slot(record.key) else {
      edition += 1
      return add(identities: [record])
    }
    identitySlots[slot] = Slot(record: record, loaded: record.version, isChanged: false)
    edition += 1
  }

  /// Sets what is stored of a person, whatever was loaded before; it must not have been changed yet.
  package mutating func refresh(_ record: PersonRecord) {
    guard let slot = slot(record.id) else {
      edition += 1
      return add(people: [record])
    }
    personSlots[slot] = Slot(record: record, loaded: record.version, isChanged: false)
    edition += 1
  }

  /// Adds what is stored of the stage's states, or that nothing is, where the draft does not know it yet.
  public mutating func add(states: [(key: StateKey, record: StateRecord?)]) {
    if stateSlots.isEmpty {
      stateSlots.reserveCapacity(states.count * 2)
      stateIndex = HashIndex(capacity: states.count * 2)
    }
    for (key, record) in states where slot(key) == nil {
      stateIndex.insert(key.indexHash, row: stateSlots.count)
      stateSlots.append(StateSlot(key: key, record: record, loaded: record?.version))
    }
  }

  /// Sets what is stored of a state, whatever was loaded before; it must not have been changed yet.
  package mutating func refresh(_ key: StateKey, _ record: StateRecord?) {
    guard let slot = slot(key) else {
      edition += 1
      return add(states: [(key, record)])
    }
    stateSlots[slot] = StateSlot(key: key, record: record, loaded: record?.version)
    refreshedStates.append(key)
    edition += 1
  }

  /// Forgets which states were read anew.
  public mutating func noteRefreshedStates() { refreshedStates.removeAll() }

  /// The keys of the states in the draft, also of those that are not stored.
  package var stateKeys: [StateKey] { stateSlots.map(\.key) }

  /// Whether it is known what is stored of a state.
  public func knowsState(_ key: StateKey) -> Bool { slot(key) != nil }

  /// The stage's state of this key.
  public func state(_ key: StateKey) -> StateRecord? { slot(key).flatMap { stateSlots[$0].record } }

  /// Makes room for further states.
  package mutating func expect(states count: Int) { stateSlots.reserveCapacity(stateSlots.count + count) }

  /// Sets a state of the stage.
  public mutating func put(_ record: StateRecord) { set(record.key, record) }

  /// Removes a state of the stage.
  public mutating func removeState(_ key: StateKey) { set(key, nil) }

  private mutating func set(_ key: StateKey, _ record: StateRecord?) {
    if let slot = slot(key) {
      stateSlots[slot].record = record
      stateSlots[slot].isChanged = true
    } else {
      stateIndex.insert(key.indexHash, row: stateSlots.count)
      stateSlots.append(StateSlot(key: key, record: record, loaded: nil, isChanged: true))
    }
  }

  private func slot(_ key: StateKey) -> Int? { stateIndex.find(key.indexHash) { stateSlots[$0].key == key } }

  /// The changed states.
  package func stateChanges(_ kind: StateKind) -> [Change<StateRecord>] {
    stateSlots.compactMap { slot in
      guard slot.isChanged else { return nil }
      if let record = slot.record { return Change(record, replaces: slot.loaded) }
      guard let loaded = slot.loaded else { return nil }
      return Change(
        StateRecord(kind: kind, key: slot.key, version: loaded, schema: 0, bytes: []), replaces: loaded, isRemoval: true
      )
    }
  }

  /// The people in the draft.
  package var personIDs: [PersonID] { personSlots.map(\.record.id) }

  private func slot(_ key: IdentifierKey) -> Int? {
    identityIndex.find(key.indexHash) { identitySlots[$0].record.isRow(of: key) }
  }

  private func slot(_ id: PersonID) -> Int? { personIndex.find(id.indexHash) { personSlots[$0].record.id == id } }

  /// The record of an identifier.
  public func identity(_ key: IdentifierKey) -> IdentityRecord? {
    slot(key).map { identitySlots[$0].record }
  }

  /// The account and person of an identifier, without copying its record.
  public func owner(of key: IdentifierKey) -> (account: AccountID, person: PersonID)? {
    guard let slot = slot(key) else { return nil }
    return (identitySlots[slot].record.account, identitySlots[slot].record.person)
  }

  /// The account of an identifier: the stored one, or the one that `mint` gives, which is asked once per key.
  public mutating func account(of key: IdentifierKey, mint: (IdentifierKey) -> AccountID) -> AccountID {
    if let known = owner(of: key) { return known.account }
    if let known = minted[key] { return known.account }
    let account = mint(key)
    minted.append(MintedAccount(rowKey: key, account: account), key)
    return account
  }

  /// The slot of one of a party's identifiers, by its number where it has one that leads there.
  private func slot(of entries: [NormalisedParty.Entry], at place: Int) -> Int? {
    let number = Int(entries[place].number)
    if number >= 0, number < numberedSlots.count, numberedSlots[number] >= 0 { return Int(numberedSlots[number]) }
    // Not by the function for a key, as a key that is handed in is copied.
    return identityIndex.find(entries[place].key.indexHash) {
      identitySlots[$0].record.isRow(of: entries[place].key)
    }
  }

  /// The account and person of one of a party's identifiers.
  package func owner(of entries: [NormalisedParty.Entry], at place: Int) -> (account: AccountID, person: PersonID)? {
    guard let slot = slot(of: entries, at: place) else { return nil }
    return (identitySlots[slot].record.account, identitySlots[slot].record.person)
  }

  /// The record of the person behind one of a party's identifiers.
  package func person(behind entries: [NormalisedParty.Entry], at place: Int) -> PersonRecord? {
    personSlot(behind: entries, at: place).map { personSlots[$0].record }
  }

  private func personSlot(behind entries: [NormalisedParty.Entry], at place: Int) -> Int? {
    guard let slot = slot(of: entries, at: place) else { return nil }
    let id = identitySlots[slot].record.person
    let holder = Int(identitySlots[slot].holder)
    return holder >= 0 && personSlots[holder].record.id == id ? holder : self.slot(id)
  }

  /// The person behind one of a party's identifiers if they have several accounts and, where `time` is given, not all of
  /// them were seen before it; most have not, and are not copied.
  package func personOfSeveralAccounts(
    behind entries: [NormalisedParty.Entry], at place: Int, notAllBefore time: Instant?
  ) -> PersonRecord? {
    guard let slot = personSlot(behind: entries, at: place), personSlots[slot].record.accountCount > 1 else {
      return nil
    }
    if let time, personSlots[slot].record.knewAllAccounts(before: time) { return nil }
    return personSlots[slot].record
  }

  /// The account of one of a party's identifiers: the stored one, or the one that `mint` gives.
  package mutating func account(
    of entries: [NormalisedParty.Entry], at place: Int, mint: (IdentifierKey) -> AccountID
  ) -> AccountID {
    let number = Int(entries[place].number)
    let isNumbered = number >= 0 && number < numberedSlots.count
    if let slot = slot(of: entries, at: place) {
      // Whoever was put since is found by the number from now on.
      if isNumbered { numberedSlots[number] = Int32(truncatingIfNeeded: slot) }
      return identitySlots[slot].record.account
    }
    if isNumbered, let known = numberedAccounts[number] { return known }
    let account = account(of: entries[place].key, mint: mint)
    if isNumbered { numberedAccounts[number] = account }
    return account
  }

  /// Whether the record of a person is in the draft.
  package func knowsPerson(_ id: PersonID) -> Bool { slot(id) != nil }

  /// The record of a person.
  public func person(_ id: PersonID) -> PersonRecord? { slot(id).map { personSlots[$0].record } }

  /// Sets the record of an identifier.
  public mutating func put(_ record: IdentityRecord) {
    if let slot = slot(record.key) {
      identitySlots[slot].record = record
      identitySlots[slot].isChanged = true
    } else {
      identityIndex.insert(record.key.indexHash, row: identitySlots.count)
      identitySlots.append(Slot(record: record, loaded: nil, isChanged: true))
    }
  }

  /// Sets the record of a person.
  public mutating func put(_ record: PersonRecord) {
    if let slot = slot(record.id) {
      personSlots[slot].record = record
      personSlots[slot].isChanged = true
    } else {
      personIndex.insert(record.id.indexHash, row: personSlots.count)
      personSlots.append(Slot(record: record, loaded: nil, isChanged: true))
    }
  }

  /// Notes a merge.
  public mutating func note(_ merge: MergeRecord) { mergeLog.append(merge) }

  /// The changed identities.
  package func identityChanges() -> [Change<IdentityRecord>] {
    identitySlots.indices.compactMap {
      identitySlots[$0].isChanged ? Change(identitySlots[$0].record, replaces: identitySlots[$0].loaded) : nil
    }
  }

  /// The changed people.
  package func personChanges() -> [Change<PersonRecord>] {
    personSlots.indices.compactMap {
      personSlots[$0].isChanged ? Change(personSlots[$0].record, replaces: personSlots[$0].loaded) : nil
    }
  }

  /// The merges in order.
  package var merges: [MergeRecord] { mergeLog }
}
