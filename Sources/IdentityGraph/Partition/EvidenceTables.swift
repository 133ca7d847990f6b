import DenseData
import SCRMExpressions
import SCRMModel

/// The evidence, laid out in arrays of plain rows that name one another by index.
struct EvidenceTables: Sendable {
  var policy: IdentityPolicy
  var accounts: AccountTable
  var nodes = ContiguousArray<NodeRow>()
  var edges = ContiguousArray<EdgeRow>()
  var evidence = ContiguousArray<EvidenceRow>()
  var events = ContiguousArray<EventRow>()
  var descriptors = DescriptorTable()
  var descriptorRows = ContiguousArray<DescriptorRow>()
  var namespaces: [IdentifierNamespace] = []
  /// The policy of each namespace, in full and as rows.
  var namespacePolicies: [NamespacePolicy] = []
  var rules = ContiguousArray<RuleRow>()
  var separating: DescriptorKinds
  var sources = Interner<SourceID>()
  private var lastSource: UInt32 = 0
  /// What was worked out of the statements that are entered next.
  var ahead = StatementHashes()
  /// Written only, so that what is read ahead is read.
  var warmth: UInt32 = 0
  /// The bytes of keys and of event ids.
  var text = ContiguousArray<UInt8>()
  var keyIndex = HashIndex()
  /// The edges both of whose ends are crowded; the others are found in the shorter list of an end.
  var edgeIndex = HashIndex()
  var eventIndex = HashIndex()
  /// The vetoes, and for each vetoed node the vetoes and sides it is on.
  var vetoes: [IdentityVeto] = []
  var vetoSides: [UInt32: [VetoSide]] = [:]
  /// The accounts that may not come back.
  var tombstones: Set<AccountID> = []
  /// The groups that own identifiers.
  var owners: [UInt32: GroupMembership.Whole] = [:]

  /// The size of a component and whether its people are less than the whole of it, kept at its root.
  var components = ContiguousArray<ComponentRow>()
  // Work of one commit.
  var dirty = ContiguousArray<UInt32>()
  var pending = ContiguousArray<UInt32>()
  var rebuilding = ContiguousArray<UInt32>()
  var noted = ContiguousArray<(node: UInt32, founder: UInt32)>()
  var settledNodes = 0
  /// Whether the identifiers that stand otherwise after a commit are listed in `restood`.
  var notesStandings = false
  var restood = ContiguousArray<UInt32>()
  var local = ContiguousArray<UInt32>()
  var left = ContiguousArray<UInt32>()
  var right = ContiguousArray<UInt32>()

  /// Whether any namespace has a limit, which makes joins count values.
  var hasLimits = false

  init(policy: IdentityPolicy, hasher: AccountHasher) {
    self.policy = policy
    separating = DescriptorKinds(policy.separating)
    accounts = AccountTable(hasher)
  }
}

/// A component: those who might be one person if nothing forbade it.
struct ComponentRow: Sendable {
  var size: UInt32 = 1
  /// Whether something was prevented in it, so that it holds several people.
  var isDivided = false
  var isRebuilding = false
}

/// One side of a veto.
struct VetoSide: Sendable, Hashable {
  var veto: Int
  var isSecond: Bool
}

extension EvidenceTables {
  // MARK: Texts

  mutating func append(_ text: String) -> (offset: UInt32, length: UInt16) {
    let offset = self.text.count
    self.text.makeRoom(for: text.utf8.count)
    self.text.append(contentsOf: text.utf8)
    return (UInt32(truncatingIfNeeded: offset), UInt16(truncatingIfNeeded: self.text.count - offset))
  }

  func isText(_ string: String, offset: UInt32, length: UInt16) -> Bool {
    guard string.utf8.count == Int(length) else { return false }
    let start = Int(offset)
    let isSame = string.utf8.withContiguousStorageIfAvailable { bytes in
      text.withUnsafeBufferPointer { text in
        for place in bytes.indices where text[start + place] != bytes[place] { return false }
        return true
      }
    }
    return isSame ?? text[start..<start + Int(length)].elementsEqual(string.utf8)
  }

  func string(offset: UInt32, length: UInt16) -> String {
    String(decoding: text[Int(offset)..<Int(offset) + Int(length)], as: UTF8.self)
  }

  func key(_ node: UInt32) -> IdentifierKey {
    let row = nodes[Int(node)]
    return IdentifierKey(
      namespaces[Int(row.namespace)], key: string(offset: row.keyOffset, length: row.keyLength))
  }

  func eventKey(_ event: UInt32) -> EventKey {
    let row = events[Int(event)]
    return EventKey(
      sources.elements[Int(row.source)], string(offset: row.idOffset, length: row.idLength))
  }

  /// Byte order of namespace, then key: what decides where nothing else does, so that neither the order of arrival nor
  /// the secret of the ids has a say.
  func precedes(_ left: UInt32, _ right: UInt32) -> Bool {
    if left == right { return false }
    let (one, two) = (nodes[Int(left)], nodes[Int(right)])
    if one.namespace != two.namespace { return namespaces[Int(one.namespace)] < namespaces[Int(two.namespace)] }
    return text[Int(one.keyOffset)..<Int(one.keyOffset) + Int(one.keyLength)].lexicographicallyPrecedes(
      text[Int(two.keyOffset)..<Int(two.keyOffset) + Int(two.keyLength)])
  }

  /// Whether `left` was seen before `right`: by time, then byte order.
  func wasSeenBefore(_ left: UInt32, _ right: UInt32) -> Bool {
    let (one, two) = (nodes[Int(left)], nodes[Int(right)])
    if one.firstSeconds != two.firstSeconds { return one.firstSeconds < two.firstSeconds }
    if one.firstNanoseconds != two.firstNanoseconds { return one.firstNanoseconds < two.firstNanoseconds }
    return precedes(left, right)
  }

  // MARK: Rows

  func find(_ key: IdentifierKey) -> UInt32? { find(key, key.indexHash) }

  func find(_ key: IdentifierKey, _ hash: UInt64) -> UInt32? {
    var probe = keyIndex.probe(hash)
    while let row = keyIndex.next(&probe) {
      if isText(key.key, offset: nodes[row].keyOffset, length: nodes[row].keyLength),
        namespaces[Int(nodes[row].namespace)] == key.namespace
      {
        return UInt32(truncatingIfNeeded: row)
      }
    }
    return nil
  }

  func find(_ event: EventKey) -> UInt32? { find(event, event.indexHash) }

  func find(_ event: EventKey, _ hash: UInt64) -> UInt32? {
    var probe = eventIndex.probe(hash)
    while let row = eventIndex.next(&probe) {
      if isText(event.id, offset: events[row].idOffset, length: events[row].idLength),
        sources.elements[Int(events[row].source)] == event.source
      {
        return UInt32(truncatingIfNeeded: row)
      }
    }
    return nil
  }

  /// The number of a source; most statements come from the same source as the one before.
  mutating func intern(_ source: SourceID) -> UInt32 {
    if Int(lastSource) < sources.count, sources.elements[Int(lastSource)] == source { return lastSource }
    lastSource = UInt32(truncatingIfNeeded: sources.intern(source))
    return lastSource
  }

  mutating func intern(_ namespace: IdentifierNamespace) -> UInt16 {
    if let known = namespaces.firstIndex(of: namespace) { return UInt16(truncatingIfNeeded: known) }
    let rule = policy.policy(of: namespace)
    namespaces.append(namespace)
    namespacePolicies.append(rule)
    rules.append(RuleRow(rule))
    if rules.last?.isLimited == true { hasLimits = true }
    return UInt16(truncatingIfNeeded: namespaces.count - 1)
  }

  /// The node of a key, a new one when it is new; `nil` when it was erased for good.
  mutating func intern(_ key: IdentifierKey, at time: Instant) -> UInt32? { intern(key, key.indexHash, at: time) }

  mutating func intern(_ key: IdentifierKey, _ hash: UInt64, at time: Instant) -> UInt32? {
    if let known = find(key, hash) { return known }
    if !tombstones.isEmpty, tombstones.contains(accounts.hasher.account(of: key)) { return nil }
    let index = UInt32(truncatingIfNeeded: nodes.count)
    let namespace = intern(key.namespace)
    let (offset, length) = append(key.key)
    nodes.makeRoom()
    nodes.append(
      NodeRow(
        firstSeconds: time.secondsSinceEpoch, firstNanoseconds: time.nanoseconds, keyOffset: offset,
        keyLength: length, namespace: namespace, flags: flags(of: key, namespace), component: index, next: index,
        founder: index))
    components.makeRoom()
    components.append(ComponentRow())
    local.makeRoom()
    local.append(0)
    keyIndex.insert(hash, row: Int(index))
    accounts.append(key)
    return index
  }

  func flags(of key: IdentifierKey, _ namespace: UInt16) -> NodeRow.Flags {
    let rule = rules[Int(namespace)]
    var flags: NodeRow.Flags = rule.isContact ? [] : .account
    if rule.isWhole { flags.insert(.grouped) }
    if rule.blocksValues, namespacePolicies[Int(namespace)].blocked.contains(where: { $0.matches(key.key) }) {
      flags.insert(.blocked)
    }
    return flags
  }

  func limit(_ node: UInt32) -> Int { rules[Int(nodes[Int(node)].namespace)].limit }
}
