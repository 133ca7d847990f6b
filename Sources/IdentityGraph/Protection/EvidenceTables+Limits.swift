import SCRMExpressions

/// What is decided on a person as a whole.
///
/// Every rule here is hereditary: what it allows a set of identifiers, it allows every part of the set. So where the
/// whole of a component is allowed, the order in which its links are made does not matter.
extension EvidenceTables {
  /// What keeps the two sets in `left` and `right` from being one person.
  mutating func obstacle() -> JoinObstacle? {
    if left.count + right.count > policy.maximumIdentifiers { return .tooManyIdentifiers }
    for one in left where nodes[Int(one)].flags.contains(.vetoed) {
      for two in right where isVetoed(one, two) { return .veto }
    }
    if hasLimits, let limit = exceededLimit() { return limit }
    if separating.isEmpty { return nil }
    for one in left where lends(one) {
      for two in right where lends(two) {
        if disagree(one, two, by: separating) { return .differentDescriptors }
      }
    }
    return nil
  }

  private func exceededLimit() -> JoinObstacle? {
    // By kind of namespace, because the limit is on the kind: two scopes of it are two values.
    var seen: [UInt16] = []
    // Of several, the one first in byte order, so that the reason does not depend on the order of members.
    var found: (kind: String, obstacle: JoinObstacle)?
    for one in left + right where !seen.contains(nodes[Int(one)].namespace) {
      guard rules[Int(nodes[Int(one)].namespace)].isLimited else { continue }
      let rule = namespacePolicies[Int(nodes[Int(one)].namespace)]
      let kind = namespaces[Int(nodes[Int(one)].namespace)].kind
      var times: [Int64] = []
      for two in left + right {
        let row = nodes[Int(two)]
        guard namespaces[Int(row.namespace)].kind.utf8.elementsEqual(kind.utf8) else { continue }
        if !seen.contains(row.namespace) { seen.append(row.namespace) }
        if !rule.countsVerifiedOnly || row.flags.contains(.verified) { times.append(row.firstSeconds) }
      }
      if let known = found, known.kind.byteOrder(kind) != .descending { continue }
      if let maximum = rule.maximumPerPerson, times.count > maximum {
        found = (kind, .tooManyOfNamespace(kind))
        continue
      }
      if let maximum = rule.maximumPerWindow, maximum < times.count {
        times.sort()
        for place in times.indices.dropFirst(max(maximum, 0))
        where times[place] - times[place - max(maximum, 0)] < Int64(rule.windowSeconds) {
          found = (kind, .tooManyInWindow(kind))
          break
        }
      }
    }
    return found?.obstacle
  }
}
