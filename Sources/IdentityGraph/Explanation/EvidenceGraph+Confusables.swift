public import SCRMModel

extension EvidenceGraph {
  /// Handles of one namespace that look alike and are not one person's, ordered: who may pretend to be whom.
  ///
  /// They are never joined for it. O(n).
  public func confusableHandles() -> [[IdentifierKey]] {
    struct Look: Hashable {
      var namespace: UInt16
      var skeleton: String
    }
    let kind = IdentifierNamespace.handle("").kind
    let isHandle = tables.namespaces.map { $0.kind == kind }
    var looks: [Look: [UInt32]] = [:]
    for (index, row) in tables.nodes.enumerated() where isHandle[Int(row.namespace)] && !row.flags.contains(.erased) {
      let node = UInt32(truncatingIfNeeded: index)
      looks[Look(namespace: row.namespace, skeleton: HandleConfusables.skeleton(of: tables.key(node).key)), default: []]
        .append(node)
    }
    return looks.values.filter { nodes in
      nodes.contains { tables.nodes[Int($0)].founder != tables.nodes[Int(nodes[0])].founder }
    }
    .map { nodes in nodes.map { tables.key($0) }.sorted() }.sorted { $0[0] < $1[0] }
  }
}
