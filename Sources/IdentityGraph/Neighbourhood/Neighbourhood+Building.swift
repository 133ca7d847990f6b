import SCRMExpressions
import SCRMModel

extension Neighbourhood {
  /// Lays out what was read in tables, as it stood when it was written.
  ///
  /// What was read only to see it confirmed stays outside: nothing that comes changes how it stands.
  mutating func build(_ draft: PeopleDraft) {
    if isBuilt { return }
    isBuilt = true
    let reach = reach()
    let places = reach.wanted.elements.compactMap { storedAccounts.place(of: $0) }.sorted()
    for place in places { restore(stored[place], isCore: reach.core.contains(stored[place].account)) }
    for place in places { restoreEdges(of: stored[place], reach.core) }
    for place in places where stored[place].edges.count < Int(stored[place].degree) { closeUnlessWhole(stored[place]) }
    restorePeople(draft, reach.core)
    tables.settledNodes = tables.nodes.count
  }

  private mutating func restore(_ identifier: StoredIdentifier, isCore: Bool) {
    let time = Instant(secondsSinceEpoch: identifier.seconds, nanoseconds: identifier.nanoseconds) ?? .epoch
    guard let node = add(identifier.key, identifier.account, at: time) else { return }
    let index = Int(node)
    tables.nodes[index].flags.formUnion(identifier.flags)
    if !isCore || isCrowd(identifier) && !(opensCrowds && seeds.contains(identifier.account)) {
      tables.nodes[index].flags.insert(.foreign)
    }
    tables.nodes[index].degree = identifier.degree
    for (descriptor, support) in identifier.descriptors {
      let place = tables.descriptors.use(descriptor)
      tables.descriptorRows.append(
        DescriptorRow(descriptor: place, support: support, next: tables.nodes[index].descriptorHead))
      tables.nodes[index].descriptorHead = UInt32(truncatingIfNeeded: tables.descriptorRows.count - 1)
      tables.nodes[index].descriptorCount += 1
    }
    if !identifier.vetoes.isEmpty {
      tables.vetoSides[node] = identifier.vetoes.map {
        VetoSide(veto: Int(clamping: $0.position.rawValue), isSecond: $0.isSecond)
      }
    }
    if let owner = identifier.owner { tables.owners[node] = owner }
  }

  /// Edges between identifiers of whom one is in the core; where the ends differ, because one is a crowd, the fuller
  /// record counts.
  private mutating func restoreEdges(of identifier: StoredIdentifier, _ core: AccountSet) {
    guard let one = node(of: identifier.account) else { return }
    let isCore = core.contains(identifier.account)
    for stored in identifier.edges {
      guard let two = node(of: stored.other), isCore || core.contains(stored.other) else { continue }
      let edge = tables.internEdge(one, two)
      let isLeft = tables.edges[Int(edge)].left == one
      let ours = isLeft ? stored : stored.mirrored(identifier.account)
      if Int(edge) == edges.count {
        edges.append(ours)
      } else if edges[Int(edge)].count < ours.count {
        edges[Int(edge)] = ours
      }
      sum(edge)
    }
  }

  /// Leaves an identifier as it stands while some of its neighbours are not known: those whom a crowd did not keep.
  private mutating func closeUnlessWhole(_ identifier: StoredIdentifier) {
    guard let node = node(of: identifier.account), !mayBelongToHolder(identifier) else { return }
    var (count, place) = (0, tables.nodes[Int(node)].edgeHead)
    while place != noRow {
      if tables.edges[Int(place)].count > 0 { count += 1 }
      place = tables.edges[Int(place)].next(node)
    }
    if count < Int(identifier.degree) { tables.nodes[Int(node)].flags.insert(.foreign) }
  }

  /// Reads an edge's row from its evidence.
  mutating func sum(_ edge: UInt32) {
    let stored = edges[Int(edge)]
    let first = stored.evidence.first
    tables.edges[Int(edge)].count = stored.count
    tables.edges[Int(edge)].strength = stored.strength
    tables.edges[Int(edge)].leftAssertion = stored.mine
    tables.edges[Int(edge)].rightAssertion = stored.theirs
    tables.edges[Int(edge)].isVerified = stored.isVerified
    tables.edges[Int(edge)].firstSeconds = first?.seconds ?? .max
    tables.edges[Int(edge)].firstNanoseconds = first?.nanoseconds ?? 0
  }

  private mutating func restorePeople(_ draft: PeopleDraft, _ core: AccountSet) {
    for node in tables.nodes.indices {
      let node = UInt32(truncatingIfNeeded: node)
      guard let owner = draft.owner(of: tables.key(node)) else { continue }
      let founder = self.node(of: AccountID(high: owner.person.high, low: owner.person.low))
      if let founder, core.contains(account(node)) { tables.nodes[Int(node)].founder = founder }
    }
    for edge in tables.edges.indices {
      let row = tables.edges[edge]
      guard tables.isUsable(row), connects(row.left), connects(row.right) else { continue }
      tables.unite(row.left, row.right)
    }
    // A component is divided when something in it is, or when it holds more than one person.
    for node in tables.nodes.indices where !tables.nodes[node].flags.contains(.foreign) {
      let row = tables.nodes[node]
      let root = Int(row.component)
      if row.flags.contains(.divided) || row.founder != tables.nodes[root].founder {
        tables.components[root].isDivided = true
      }
    }
  }

  private func connects(_ node: UInt32) -> Bool {
    tables.nodes[Int(node)].connects && !tables.nodes[Int(node)].flags.contains(.foreign)
  }

  /// Adds a node; `nil` when it may not come back.
  private mutating func add(_ key: IdentifierKey, _ account: AccountID, at time: Instant) -> UInt32? {
    guard let node = tables.intern(key, at: time) else { return nil }
    accounts.insert(account)
    return node
  }

  /// The node of an identifier: the one there is, or one of what is known of the account.
  mutating func node(_ key: IdentifierKey, _ account: AccountID, known link: AccountLink?, at time: Instant) -> UInt32?
  {
    if let node = self.node(of: account) { return node }
    guard let node = add(key, account, at: link?.firstSeen ?? time) else { return nil }
    if let link, link.assertion >= .verified { tables.nodes[Int(node)].flags.insert(.verified) }
    return node
  }

  /// The node as it is to be stored; `nil` when there is nothing to keep.
  func identifier(_ node: UInt32) -> StoredIdentifier? {
    let row = tables.nodes[Int(node)]
    let key = tables.key(node)
    var result = StoredIdentifier(
      account: account(node), key: key, seconds: row.firstSeconds, nanoseconds: row.firstNanoseconds,
      flags: row.flags.intersection(StoredIdentifier.kept), degree: row.degree, descriptors: [], edges: [],
      vetoes: [], owner: tables.owners[node])
    var descriptor = row.descriptorHead
    while descriptor != noRow {
      let item = tables.descriptorRows[Int(descriptor)]
      if item.support > 0 { result.descriptors.append((tables.descriptors[item.descriptor], item.support)) }
      descriptor = item.next
    }
    result.descriptors.sort { left, right in
      left.descriptor.kind != right.descriptor.kind
        ? left.descriptor.kind.rawValue < right.descriptor.kind.rawValue
        : left.descriptor.value.byteOrder(right.descriptor.value) == .ascending
    }
    var edge = row.edgeHead
    while edge != noRow {
      let item = tables.edges[Int(edge)]
      if item.count > 0, item.left != item.right {
        let stored = edges[Int(edge)]
        result.edges.append(item.left == node ? stored : stored.mirrored(account(item.left)))
      }
      edge = item.next(node)
    }
    // The evidence with those of a crowd who were not read stays as it was.
    if let place = storedAccounts.place(of: result.account) {
      for edge in stored[place].edges {
        if let other = self.node(of: edge.other), tables.edge(between: node, and: other) != nil { continue }
        result.edges.append(edge)
      }
    }
    let capacity = StoredIdentifier.capacity(limit(key))
    if result.edges.count > capacity {
      // Of a crowd those stay who hold it verified; the others have the evidence on their side.
      result.edges.sort { left, right in
        (left.mine >= 2) != (right.mine >= 2) ? left.mine >= 2 : left.other < right.other
      }
      result.edges.removeLast(result.edges.count - capacity)
    }
    result.edges.sort { $0.other < $1.other }
    result.vetoes = (tables.vetoSides[node] ?? []).map {
      StoredVeto(position: LogPosition(UInt64($0.veto)), isSecond: $0.isSecond)
    }.sorted()
    return result.isEmpty ? nil : result
  }
}
