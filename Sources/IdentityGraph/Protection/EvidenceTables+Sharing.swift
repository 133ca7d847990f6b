/// What is decided at one identifier, from its neighbourhood alone.
extension EvidenceTables {
  /// An account that goes by more descriptors than this says nothing about who it is.
  static let maximumDescriptors: UInt16 = 8

  /// Whether the evidence between two identifiers may join them, as far as their neighbourhoods say.
  func isUsable(_ edge: EdgeRow) -> Bool {
    edge.count > 0 && edge.left != edge.right && edge.strength >= policy.minimumStrength
      && isTrusted(edge, at: edge.left) && isTrusted(edge, at: edge.right) && !isVetoed(edge.left, edge.right)
  }

  /// Whether an edge does not merely claim an identifier that somebody holds verified.
  func isTrusted(_ edge: EdgeRow, at node: UInt32) -> Bool {
    !policy.protectsVerified || edge.assertion(at: node) >= 2 || !nodes[Int(node)].flags.contains(.held)
  }

  func isVetoed(_ left: UInt32, _ right: UInt32) -> Bool {
    guard nodes[Int(left)].flags.contains(.vetoed), nodes[Int(right)].flags.contains(.vetoed),
      let one = vetoSides[left], let two = vetoSides[right]
    else { return false }
    return one.contains { side in two.contains { $0.veto == side.veto && $0.isSecond != side.isSecond } }
  }

  /// Whether the descriptors of a node count.
  func lends(_ node: UInt32) -> Bool {
    let row = nodes[Int(node)]
    return row.descriptorCount > 0 && row.descriptorCount <= Self.maximumDescriptors && Int(row.degree) <= limit(node)
  }

  /// Whether two nodes go by descriptors that tell them apart: of one kind, all of one disagree with all of the other.
  func disagree(_ one: UInt32, _ two: UInt32, by kinds: DescriptorKinds) -> Bool {
    kinds.contains(.name) && compare(one, two, by: .name) == .disagree
      || kinds.contains(.birthDate) && compare(one, two, by: .birthDate) == .disagree
      || kinds.contains(.place) && compare(one, two, by: .place) == .disagree
  }

  /// What the descriptors of one kind say of two nodes: the most friendly pair counts.
  func compare(_ one: UInt32, _ two: UInt32, by kind: IdentityDescriptor.Kind) -> DescriptorComparison {
    var result: DescriptorComparison?
    var left = nodes[Int(one)].descriptorHead
    while left != noRow {
      let mine = descriptorRows[Int(left)]
      if mine.support > 0, descriptors.kind(mine.descriptor) == kind {
        var right = nodes[Int(two)].descriptorHead
        while right != noRow {
          let theirs = descriptorRows[Int(right)]
          if theirs.support > 0, let said = descriptors.compare(mine.descriptor, theirs.descriptor) {
            if said == .agree { return .agree }
            if result != .undecided { result = said }
          }
          right = descriptorRows[Int(right)].next
        }
      }
      left = descriptorRows[Int(left)].next
    }
    return result ?? .undecided
  }

  /// How a node stands: `[]` when it is open, `.shared` or `.divided`.
  ///
  /// A function of the usable evidence at the node and of the descriptors of its neighbours: at most `limit` edges, and
  /// the pairs among them that have descriptors.
  func standing(of node: UInt32) -> NodeRow.Flags {
    let row = nodes[Int(node)]
    let limit = limit(node)
    // Nothing to compare.
    if row.degree + (row.descriptorCount > 0 ? 1 : 0) <= 1, row.descriptorCount <= 1 { return [] }
    if row.flags.contains(.account), Int(row.degree) <= limit { return [] }
    var described: [UInt32] = []
    if !row.flags.contains(.account), lends(node) { described.append(node) }
    var count = 0
    var place = row.edgeHead
    while place != noRow {
      let edge = edges[Int(place)]
      place = edge.next(node)
      guard isUsable(edge) else { continue }
      count += 1
      if count > limit { return .shared }
      let other = edge.other(node)
      if lends(other) { described.append(other) }
    }
    if row.flags.contains(.account) { return [] }
    if row.descriptorCount > 1, contradictsItself(node) { return .shared }
    let dividing = rules[Int(row.namespace)].dividing
    var isDivided = false
    search: for (place, one) in described.enumerated() {
      for two in described[..<place] where disagree(one, two, by: dividing) {
        isDivided = true
        break search
      }
    }
    if !isDivided { return [] }
    return groups(at: node).count > policy.maximumGroups ? .shared : .divided
  }

  /// Whether a contact value goes by two names, or dates, that tell two people apart.
  private func contradictsItself(_ node: UInt32) -> Bool {
    let dividing = rules[Int(nodes[Int(node)].namespace)].dividing
    var own: [UInt32] = []
    var row = nodes[Int(node)].descriptorHead
    while row != noRow {
      let (descriptor, support) = (descriptorRows[Int(row)].descriptor, descriptorRows[Int(row)].support)
      if support > 0, dividing.contains(descriptors.kind(descriptor)) { own.append(descriptor) }
      row = descriptorRows[Int(row)].next
    }
    for (place, one) in own.enumerated() {
      for two in own[..<place] where descriptors.compare(one, two) == .disagree { return true }
    }
    return false
  }
}
