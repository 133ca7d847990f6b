import SCRMModel

extension EvidenceTables {
  func person(_ node: UInt32) -> PersonID { account(nodes[Int(node)].founder).person }

  /// The identifiers of the person founded by `founder`.
  func members(ofPersonFoundedBy founder: UInt32) -> [UInt32] {
    guard nodes[Int(founder)].isOpen, nodes[Int(founder)].founder == founder else { return [] }
    return component(of: founder).filter { nodes[Int($0)].founder == founder }
  }

  /// The identifiers of the component of a node.
  func component(of node: UInt32) -> [UInt32] {
    var result: [UInt32] = []
    var member = node
    repeat {
      result.append(member)
      member = nodes[Int(member)].next
    } while member != node
    return result
  }

  /// The merges of people known before this commit; asked before the changes are taken.
  func merges() -> [IdentityMerge] {
    // Whoever left is noted with the founder before, so a person who is no more is noted as a whole.
    var before: [UInt32: [UInt32]] = [:]
    for (node, founder) in noted { before[founder, default: []].append(node) }
    var absorbed: [UInt32: [UInt32]] = [:]
    for founder in before.keys where nodes[Int(founder)].founder != founder {
      absorbed[nodes[Int(founder)].founder, default: []].append(founder)
    }
    var merges: [IdentityMerge] = []
    for (heir, founders) in absorbed {
      var kept = (before[heir] ?? []).map { key($0) }
      for node in members(ofPersonFoundedBy: heir)
      where Int(node) < settledNodes && !nodes[Int(node)].flags.contains(.noted) {
        kept.append(key(node))
      }
      for founder in founders.sorted(by: { account($0) < account($1) }) {
        let identifiers = (before[founder] ?? []).map { key($0) }
        // Those who become one under the id of an identifier that is new are merged with the first of them.
        if !kept.isEmpty {
          merges.append(
            IdentityMerge(
              survivor: account(heir).person, absorbed: account(founder).person, survivorIdentifiers: kept.sorted(),
              absorbedIdentifiers: identifiers.sorted()))
        }
        kept += identifiers
      }
    }
    return merges.sorted { ($0.survivor, $0.absorbed) < ($1.survivor, $1.absorbed) }
  }

  /// What happened to people known before this commit, and forgets it.
  mutating func takeChanges() -> [IdentityChange] {
    settledNodes = nodes.count
    if noted.isEmpty { return [] }
    defer { noted.removeAll(keepingCapacity: true) }
    var merged: [PersonID: PersonID] = [:]
    var moved: [Move: [AccountID]] = [:]
    for (node, founder) in noted {
      nodes[Int(node)].flags.remove(.noted)
      if nodes[Int(node)].flags.contains(.erased) { continue }
      let old = account(founder).person
      let now = person(node)
      if old == now { continue }
      // The id leads where its own identifier is.
      let heir = nodes[Int(founder)].flags.contains(.erased) ? old : person(founder)
      if heir != old { merged[old] = heir }
      if heir != now { moved[Move(from: old, to: now), default: []].append(account(node)) }
    }
    let merges = merged.sorted { $0.key < $1.key }.map { IdentityChange.merged(absorbed: $0.key, survivor: $0.value) }
    let moves = moved.sorted { ($0.key.from, $0.key.to) < ($1.key.from, $1.key.to) }
    return merges + moves.map { .moved(from: $0.key.from, to: $0.key.to, accounts: $0.value.sorted()) }
  }

  private struct Move: Hashable {
    let from: PersonID
    let to: PersonID
  }
}
