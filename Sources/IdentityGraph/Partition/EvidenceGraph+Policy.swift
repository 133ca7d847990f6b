import SCRMModel

extension EvidenceGraph {
  /// Makes people of the same evidence by another policy; nothing is lost, and going back gives the same people again.
  ///
  /// O(n + m log m).
  @discardableResult
  public mutating func adopt(_ policy: IdentityPolicy) -> [IdentityChange] {
    tables.adopt(policy)
    tables.settle()
    return tables.takeChanges()
  }
}

extension EvidenceTables {
  mutating func adopt(_ policy: IdentityPolicy) {
    self.policy = policy
    separating = DescriptorKinds(policy.separating)
    namespacePolicies = namespaces.map { policy.policy(of: $0) }
    rules = ContiguousArray(namespacePolicies.map { RuleRow($0) })
    hasLimits = rules.contains { $0.isLimited }
    for index in nodes.indices {
      let node = UInt32(truncatingIfNeeded: index)
      if nodes[index].flags.contains(.erased) { continue }
      nodes[index].flags.subtract([.account, .blocked, .shared, .divided, .grouped])
      nodes[index].flags.formUnion(flags(of: key(node), nodes[index].namespace))
      if owners[node] != nil { nodes[index].flags.insert(.grouped) }
      // Everybody alone, and then the evidence as if it came now.
      components[index] = ComponentRow()
      (nodes[index].component, nodes[index].next) = (node, node)
      found(node, by: node)
      mark(node)
    }
    rebuilding.removeAll(keepingCapacity: true)
    for edge in edges.indices where edges[edge].count > 0 { pending.append(UInt32(truncatingIfNeeded: edge)) }
  }
}
