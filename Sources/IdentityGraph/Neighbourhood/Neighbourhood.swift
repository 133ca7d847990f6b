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
  var seeds: [AccountID] = []
  var isSeed: Set<AccountID> = []
  /// Those of the seeds that a statement verifies.
  var isVerifiedSeed: Set<AccountID> = []
  /// Whether crowds are read through, as before evidence is taken away.
  var opensCrowds = false
  /// What was read, in the order of reading.
  var stored: [StoredIdentifier] = []
  var storedIndex: [AccountID: Int] = [:]
  /// Whether the tables hold what was read.
  var isBuilt = false
  /// The account of each node, and the node of each account.
  var accounts: [AccountID] = []
  var nodes: [AccountID: UInt32] = [:]
  /// The evidence of each edge, from its left end.
  var edges: [StoredEdge] = []
  /// The log position that last changed what is stored of a node, for nodes to be written.
  var changed: [UInt32: LogPosition] = [:]
  var changedNodes: [UInt32] = []

  init(policy: IdentityPolicy, hasher: AccountHasher) {
    self.hasher = hasher
    tables = EvidenceTables(policy: policy, hasher: hasher)
    tables.notesStandings = true
  }

  /// Notes an identifier that a statement names, and whether it verifies it.
  mutating func seed(_ account: AccountID, isVerified: Bool = false) {
    if isVerified { isVerifiedSeed.insert(account) }
    if isSeed.insert(account).inserted { seeds.append(account) }
  }

  /// Reads what was loaded of the identifiers asked for.
  mutating func read(_ wanted: [AccountID], from draft: PeopleDraft) throws(SCRMError) {
    for account in wanted where storedIndex[account] == nil {
      guard let record = draft.state(StoredIdentifier.stateKey(account)) else { continue }
      storedIndex[account] = stored.count
      stored.append(try StoredIdentifier(record))
    }
  }

  func find(_ account: AccountID) -> StoredIdentifier? { storedIndex[account].map { stored[$0] } }

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
      identifier.flags.contains(.held) || isVerifiedSeed.contains(identifier.account)
    else { return false }
    return identifier.edges.count { $0.mine >= 2 } <= limit(identifier.key)
  }

  // MARK: Tables

  func account(_ node: UInt32) -> AccountID { accounts[Int(node)] }
  /// The person a node belongs to now.
  func person(_ node: UInt32) -> PersonID { account(tables.nodes[Int(node)].founder).person }

  /// The accounts of a person, ordered.
  func members(_ founder: UInt32) -> [AccountID] {
    let members = tables.members(ofPersonFoundedBy: founder)
    return members.isEmpty ? [account(founder)] : members.map { account($0) }.sorted()
  }

  /// Notes that what is stored of a node changes.
  mutating func change(_ node: UInt32, at position: LogPosition) {
    if changed.updateValue(position, forKey: node) == nil { changedNodes.append(node) }
  }
}
