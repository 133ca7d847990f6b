import DenseData
public import SCRMModel

/// Who is who: identifiers, the evidence between them, and the people whom a policy makes of it.
///
/// People are a function of three sets — the statements, the vetoes and the groups — and of the policy. The order in
/// which anything arrived, and how it was cut into commits, has no influence:
///
/// 1. *Edges.* Two identifiers have an edge when a statement that was not withdrawn names one as hub and the other
///    beside it. It is as strong as its strongest statement, and verified when one statement is verified at both ends.
///    An edge is usable when it is strong enough, no veto stands between its ends, and no end is merely claimed that
///    somebody else holds verified.
/// 2. *Identifiers.* A blocked one, one that belongs to a group, and one with more usable edges than its namespace
///    allows stand aside: they join nobody. A contact value whose neighbours go by names or dates of birth that disagree
///    is divided: it is nobody's, but joins those of its neighbours who agree on either; with more than
///    ``IdentityPolicy/maximumGroups`` such groups it stands aside. All others are open.
/// 3. *Links.* The usable edges between open identifiers, and for each divided value the pairs of its open neighbours in
///    one group, in a total order: verified first, then by strength, priority, age, and byte order.
/// 4. *People.* Each link in turn joins the two people at its ends (Kruskal 1956), unless they would together have too
///    many identifiers, break a limit of a namespace, go by descriptors that disagree, or stand on both sides of a veto.
///
/// Steps 1 and 2 look at an identifier's neighbours only. The rules of step 4 are hereditary, so they can be applied as
/// evidence comes wherever nothing was prevented; where something was, the component is settled anew.
///
/// ```swift
/// var graph = EvidenceGraph()
/// try graph.add(statement)
/// ```
///
/// A new statement costs O(neighbours of its identifiers + identifiers of the people it joins) expected; in a component
/// in which something was prevented, O(m log m) in its links. About 250 bytes for an identifier with its text and evidence
/// (measured on one and on ten million). The ids of people and accounts are keyed hashes that are worked out when they are
/// first asked for; looking up by id for the first time costs O(n), and from then on each new identifier a hash and 30 to
/// 50 bytes more.
public struct EvidenceGraph: Sendable {
  var tables: EvidenceTables

  /// Creates an empty graph; `idKey` is the secret of the workspace under which account and person ids are hashed.
  public init(policy: IdentityPolicy = IdentityPolicy(), idKey: [UInt8] = Array("SocialCRM".utf8)) {
    tables = EvidenceTables(policy: policy, hasher: AccountHasher(key: idKey))
  }

  init(tables: EvidenceTables) { self.tables = tables }

  /// The policy.
  public var policy: IdentityPolicy { tables.policy }

  /// How many identifiers are known.
  public var identifierCount: Int { tables.keyIndex.count }

  /// Adds one statement and says what that changed; a statement whose event is known already changes nothing.
  ///
  /// - Throws: `SCRMError` when the statement has no identifier, one twice, or anything too long; then nothing changed.
  @discardableResult
  public mutating func add(_ statement: IdentityStatement) throws(SCRMError) -> [IdentityChange] {
    tables.warm([statement])
    try tables.enter(statement, hashesFrom: 0)
    tables.settle()
    return tables.takeChanges()
  }

  /// Adds one statement as ``add(_:)``, and records the merges it leads to, ordered by the ids, for a host that may want to
  /// revert them; O(identifiers of the people joined) more.
  @discardableResult
  public mutating func add(
    _ statement: IdentityStatement, recording merges: inout [IdentityMerge]
  ) throws(SCRMError) -> [IdentityChange] {
    tables.warm([statement])
    try tables.enter(statement, hashesFrom: 0)
    tables.settle()
    merges += tables.merges()
    return tables.takeChanges()
  }

  /// Adds statements as one commit; those that are refused are left out, the rest stands.
  @discardableResult
  public mutating func add(contentsOf statements: some Sequence<IdentityStatement>) -> IdentityCommit {
    var commit = IdentityCommit()
    let statements = Array(statements)
    var rest = statements[...]
    while !rest.isEmpty {
      tables.enter(rest.prefix(EvidenceTables.block)) { commit.refused.append(($0.event, $1)) }
      rest = rest.dropFirst(EvidenceTables.block)
    }
    tables.settle()
    commit.changes = tables.takeChanges()
    return commit
  }

  /// The person an identifier belongs to; `nil` for one that is unknown or nobody's, see ``standing(of:)``; O(1).
  public func person(of key: IdentifierKey) -> PersonID? {
    guard let node = tables.find(key), tables.nodes[Int(node)].isOpen else { return nil }
    return tables.person(node)
  }

  /// The person whom an id leads to: itself, or the one who now has the identifier it was given for.
  ///
  /// `nil` for an id that was never given, or whose identifier is nobody's now. Redirects are read from the identifiers,
  /// so they never dangle and have one step; O(1), the first look-up by id O(n).
  public func person(redirectedFrom id: PersonID) -> PersonID? {
    guard let node = tables.find(AccountID(high: id.high, low: id.low)), tables.nodes[Int(node)].isOpen else {
      return nil
    }
    return tables.person(node)
  }

  /// The identifiers of a person, in byte order; empty when the id is not that of a person now.
  public func identifiers(of id: PersonID) -> [IdentifierKey] {
    guard let node = tables.find(AccountID(high: id.high, low: id.low)) else { return [] }
    return tables.members(ofPersonFoundedBy: node).map { tables.key($0) }.sorted()
  }

  /// The account id of an identifier, by which interactions, traits, ties and consents are kept; `nil` when unknown.
  public func account(of key: IdentifierKey) -> AccountID? { tables.find(key).map { tables.account($0) } }

  /// All people, ordered by id; O(n log n).
  public func people() -> [IdentifiedPerson] {
    var members: [UInt32: [IdentifierKey]] = [:]
    for node in tables.nodes.indices where tables.nodes[node].isOpen {
      members[tables.nodes[node].founder, default: []].append(tables.key(UInt32(truncatingIfNeeded: node)))
    }
    return members.map {
      IdentifiedPerson(id: tables.account($0.key).person, identifiers: $0.value.sorted())
    }
    .sorted { $0.id < $1.id }
  }
}
