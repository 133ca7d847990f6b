import SCRMModel

/// The part of the evidence graph that a batch touches, read from the store and written back.
///
/// A statement changes how its identifiers and their neighbours stand, and the people in the components of those. So
/// these are read as a whole, with their own neighbours as they stood last. Crowded identifiers are not read through:
/// what is shared by too many stays so, whatever comes.
struct Neighbourhood: Sendable {
  let hasher: AccountHasher
  var tables: EvidenceTables
  /// The identifiers that statements of the batch name, in the order of first use.
  var seeds = AccountSet()
  /// Those of the seeds that a statement verifies.
  var verifiedSeeds = AccountSet()
  /// Whether crowds are read through, as before evidence is taken away.
  var opensCrowds = false
  /// What was read, in the order of reading.
  var stored: [StoredIdentifier] = []
  var storedAccounts = AccountSet()
  /// Whether the tables hold what was read.
  var isBuilt = false
  /// The account of each node.
  var accounts = AccountSet()
  /// The evidence of each edge, from its left end.
  var edges: [StoredEdge] = []
  /// The log position that last changed what is stored of a node, for nodes to be written.
  var changed: [UInt32: LogPosition] = [:]
  var changedNodes: [UInt32] = []
  /// The same for identifiers that were only confirmed and may be no nodes.
  var confirmed = AccountSet()
  var confirmedAt: [LogPosition] = []

  /// The items of the batch that were looked through, in which edition of the draft and whether any may be erased, and
  /// those of them that wait for records to be read.
  var judged: (count: Int, edition: Int, mayBeErased: Bool) = (0, -1, false)
  var undecided: [Int] = []

  init(policy: IdentityPolicy, hasher: AccountHasher) {
    self.hasher = hasher
    tables = EvidenceTables(policy: policy, hasher: hasher)
    tables.notesStandings = true
  }

  /// Notes an identifier that a statement names, and whether it verifies it.
  mutating func seed(_ account: AccountID, isVerified: Bool = false) {
    if isVerified { verifiedSeeds.insert(account) }
    seeds.insert(account)
  }

  /// Reads what was loaded of the identifiers asked for.
  mutating func read(_ wanted: [AccountID], from draft: PeopleDraft) throws(SCRMError) {
    for account in wanted { try read(account, from: draft) }
  }

  /// Reads what was loaded of an identifier asked for.
  mutating func read(_ account: AccountID, from draft: PeopleDraft) throws(SCRMError) {
    if storedAccounts.contains(account) { return }
    guard let record = draft.state(StoredIdentifier.stateKey(account)) else { return }
    stored.append(try identifier(of: record))
    storedAccounts.insert(account)
  }

  /// Reads again what the draft read anew since the last time.
  mutating func reread(_ draft: inout PeopleDraft) throws(SCRMError) {
    if draft.refreshedStates.isEmpty { return }
    for key in draft.refreshedStates {
      guard case .person(let person) = key,
        let place = storedAccounts.place(of: AccountID(high: person.high, low: person.low))
      else { continue }
      guard !isBuilt, let record = draft.state(key) else {
        // What is laid out already, or gone, cannot be mended in place.
        self = Neighbourhood(policy: tables.policy, hasher: hasher)
        break
      }
      stored[place] = try identifier(of: record)
    }
    draft.noteRefreshedStates()
  }

  /// What is stored, as it stands by the policy.
  private func identifier(of record: StateRecord) throws(SCRMError) -> StoredIdentifier {
    var identifier = try StoredIdentifier(record)
    if tables.policy.policy(of: identifier.key.namespace).role.isWhole { identifier.flags.insert(.grouped) }
    return identifier
  }

  func find(_ account: AccountID) -> StoredIdentifier? { storedAccounts.place(of: account).map { stored[$0] } }

  func limit(_ key: IdentifierKey) -> Int { tables.policy.policy(of: key.namespace).maximumNeighbours }

  /// Whether an identifier is shared by so many that they are not all kept with it, and that nothing that comes can change
  /// how it stands.
  func isCrowd(_ identifier: StoredIdentifier) -> Bool {
    identifier.flags.contains(.shared) && Int(identifier.degree) > StoredIdentifier.capacity(limit(identifier.key))
      && !mayBelongToHolder(identifier)
  }

  /// Whether an identifier may come to be its holder's alone, however many claim it: once somebody holds it verified,
  /// claims do not count.
  ///
  /// Of a crowd those are kept first who hold it verified, so whoever is not kept does not count then.
  func mayBelongToHolder(_ identifier: StoredIdentifier) -> Bool {
    guard tables.policy.protectsVerified,
      identifier.flags.contains(.held) || verifiedSeeds.contains(identifier.account)
    else { return false }
    return identifier.edges.count { $0.mine >= 2 } <= limit(identifier.key)
  }

  // MARK: Tables

  func account(_ node: UInt32) -> AccountID { accounts.elements[Int(node)] }
  func node(of account: AccountID) -> UInt32? { accounts.place(of: account).map { UInt32(truncatingIfNeeded: $0) } }
  /// The person a node belongs to now.
  func person(_ node: UInt32) -> PersonID { account(tables.nodes[Int(node)].founder).person }

  /// The accounts of a person, ordered.
  func members(_ founder: UInt32) -> [AccountID] {
    // Held here, so that what puts them in order refers to no more than this.
    let accounts = accounts.elements
    var members = tables.members(ofPersonFoundedBy: founder).map { accounts[Int($0)] }
    if members.isEmpty { return [accounts[Int(founder)]] }
    members.sort()
    return members
  }

  /// Nodes in the order of their accounts.
  func inOrder(_ nodes: [UInt32]) -> [UInt32] {
    if nodes.count < 2 { return nodes }
    let accounts = accounts.elements
    return nodes.sorted { accounts[Int($0)] < accounts[Int($1)] }
  }

  /// Notes that what is stored of a node changes.
  mutating func change(_ node: UInt32, at position: LogPosition) {
    if changed.updateValue(position, forKey: node) == nil { changedNodes.append(node) }
  }
}
