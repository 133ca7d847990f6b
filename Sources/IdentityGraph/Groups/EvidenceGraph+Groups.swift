import SCRMExpressions
public import SCRMModel

/// Organisations and households: who belongs to them is evidence like any other, and never a merge.
///
/// An identifier of a namespace whose role is ``NamespacePolicy/Role/organisation`` or ``NamespacePolicy/Role/group`` names
/// a whole by itself; any other can be given to one.
extension EvidenceGraph {
  /// Gives an identifier to an organisation or a group, such as a household's telephone number or a role mailbox.
  ///
  /// From now on the identifier joins nobody, and its evidence is of membership. O(its neighbours and their people).
  /// - Throws: `SCRMError` when the identifier is unknown.
  @discardableResult
  public mutating func give(_ key: IdentifierKey, to whole: GroupMembership.Whole) throws(SCRMError) -> [IdentityChange]
  {
    guard let node = tables.find(key) else {
      throw SCRMError(.missing, subject: "\(key)", "expected an identifier of the graph")
    }
    tables.give(node, to: whole)
    tables.unsettle(node)
    tables.settle()
    return tables.takeChanges()
  }

  /// Takes back an identifier that was given to an organisation or a group; nothing happens to any other.
  @discardableResult
  public mutating func takeBack(_ key: IdentifierKey) -> [IdentityChange] {
    guard let node = tables.find(key), tables.owners[node] != nil else { return [] }
    tables.give(node, to: nil)
    tables.unsettle(node)
    tables.settle()
    return tables.takeChanges()
  }

  /// The organisation or group an identifier belongs to, or names; O(1).
  public func owner(of key: IdentifierKey) -> GroupMembership.Whole? { tables.find(key).flatMap { tables.whole($0) } }

  /// The people who use an identifier without it being theirs, ordered by id: whom a household or a team might hold.
  ///
  /// O(its neighbours).
  public func users(of key: IdentifierKey) -> [PersonID] {
    guard let node = tables.find(key) else { return [] }
    return Set(tables.users(of: node).map(\.person)).sorted()
  }

  /// The memberships in an identifier's organisation or group: the people who use it, ordered by id, each since the
  /// earliest evidence in force.
  ///
  /// The evidence itself is at the identifier: ``evidence(at:)``. O(its neighbours).
  public func memberships(by key: IdentifierKey) -> [GroupMembership] {
    guard let node = tables.find(key), let whole = tables.whole(node) else { return [] }
    var since: [PersonID: Instant] = [:]
    for user in tables.users(of: node) { since[user.person] = min(since[user.person] ?? .distantFuture, user.since) }
    return since.sorted { $0.key < $1.key }.map { GroupMembership(.person($0.key), in: whole, since: $0.value) }
  }

  /// The memberships of a person: the organisations and groups whose identifiers the person's are seen with, each since
  /// the earliest evidence in force, in the byte order of those identifiers.
  ///
  /// Empty when the id is not that of a person now. O(edges of the person).
  public func memberships(of person: PersonID) -> [GroupMembership] {
    guard let founder = tables.find(AccountID(high: person.high, low: person.low)) else { return [] }
    var wholes: [UInt32: Instant] = [:]
    for member in tables.members(ofPersonFoundedBy: founder) {
      for (other, since) in tables.wholes(around: member) {
        wholes[other] = min(wholes[other] ?? .distantFuture, since)
      }
    }
    var result: [GroupMembership] = []
    for (node, since) in wholes.sorted(by: { tables.precedes($0.key, $1.key) }) {
      guard let whole = tables.whole(node) else { continue }
      // Two identifiers of one household are one membership.
      if let known = result.firstIndex(where: { $0.whole == whole }) {
        result[known].since = min(result[known].since ?? since, since)
      } else {
        result.append(GroupMembership(.person(person), in: whole, since: since))
      }
    }
    return result
  }
}

extension EvidenceTables {
  /// Sets to whom a node was given; one that names a whole by its role goes on doing so.
  mutating func give(_ node: UInt32, to owner: GroupMembership.Whole?) {
    owners[node] = owner
    if owner != nil || rules[Int(nodes[Int(node)].namespace)].isWhole {
      nodes[Int(node)].flags.insert(.grouped)
    } else {
      nodes[Int(node)].flags.remove(.grouped)
    }
  }

  /// What a node belongs to, or names.
  func whole(_ node: UInt32) -> GroupMembership.Whole? {
    owners[node] ?? namespacePolicies[Int(nodes[Int(node)].namespace)].role.whole(key(node))
  }

  /// The people with evidence in force at a node, each with its earliest time; a person once for each identifier.
  func users(of node: UInt32) -> [(person: PersonID, since: Instant)] {
    neighbours(of: node).compactMap { nodes[Int($0.node)].isOpen ? (person($0.node), $0.since) : nil }
  }

  /// The organisations' and groups' nodes with evidence in force at a node.
  func wholes(around node: UInt32) -> [(node: UInt32, since: Instant)] {
    neighbours(of: node).filter { nodes[Int($0.node)].flags.contains(.grouped) }
  }

  private func neighbours(of node: UInt32) -> [(node: UInt32, since: Instant)] {
    var result: [(node: UInt32, since: Instant)] = []
    var place = nodes[Int(node)].edgeHead
    while place != noRow {
      let edge = edges[Int(place)]
      place = edge.next(node)
      guard edge.count > 0, edge.left != edge.right else { continue }
      let since = Instant(secondsSinceEpoch: edge.firstSeconds, nanoseconds: edge.firstNanoseconds) ?? .epoch
      result.append((edge.other(node), since))
    }
    return result
  }
}
