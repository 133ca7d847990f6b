public import SCRMModel

extension EvidenceGraph {
  /// Gives an identifier to an organisation or a group, such as a household's telephone number or a role mailbox.
  ///
  /// Membership is evidence, never a merge: from now on the identifier joins nobody. O(its neighbours and their people).
  /// - Throws: `SCRMError` when the identifier is unknown.
  @discardableResult
  public mutating func give(_ key: IdentifierKey, to whole: GroupMembership.Whole) throws(SCRMError) -> [IdentityChange]
  {
    guard let node = tables.find(key) else {
      throw SCRMError(.missing, subject: "\(key)", "expected an identifier of the graph")
    }
    tables.owners[node] = whole
    tables.nodes[Int(node)].flags.insert(.grouped)
    tables.unsettle(node)
    tables.settle()
    return tables.takeChanges()
  }

  /// Takes an identifier back from its group; nothing happens when it has none.
  @discardableResult
  public mutating func takeBack(_ key: IdentifierKey) -> [IdentityChange] {
    guard let node = tables.find(key), tables.owners.removeValue(forKey: node) != nil else { return [] }
    tables.nodes[Int(node)].flags.remove(.grouped)
    tables.unsettle(node)
    tables.settle()
    return tables.takeChanges()
  }

  /// The organisation or group an identifier belongs to.
  public func owner(of key: IdentifierKey) -> GroupMembership.Whole? {
    tables.find(key).flatMap { tables.owners[$0] }
  }

  /// The people who use an identifier without it being theirs, ordered by id: whom a household or a team might hold.
  public func users(of key: IdentifierKey) -> [PersonID] {
    guard let node = tables.find(key) else { return [] }
    var people = Set<PersonID>()
    var place = tables.nodes[Int(node)].edgeHead
    while place != noRow {
      let edge = tables.edges[Int(place)]
      let other = edge.other(node)
      if edge.count > 0, tables.nodes[Int(other)].isOpen { people.insert(tables.person(other)) }
      place = edge.next(node)
    }
    return people.sorted()
  }

  /// The memberships that follow from an identifier's group: the people who use it.
  public func memberships(by key: IdentifierKey) -> [GroupMembership] {
    guard let whole = owner(of: key) else { return [] }
    return users(of: key).map { GroupMembership(.person($0), in: whole) }
  }
}
