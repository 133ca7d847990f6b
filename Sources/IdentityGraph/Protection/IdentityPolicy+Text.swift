import SCRMModel

extension IdentityPolicy {
  /// Every setting in a fixed order: equal policies have equal texts.
  var canonicalText: String {
    var parts = ["\(minimumStrength)", "\(maximumIdentifiers)", "\(protectsVerified)", "\(maximumGroups)"]
    parts.append(Self.text(separating))
    parts.append(others.canonicalText)
    for (kind, policy) in namespaces.sorted(by: { $0.key.byteOrder($1.key) == .ascending }) {
      parts.append("\(kind.utf8.count):\(kind)=\(policy.canonicalText)")
    }
    return parts.joined(separator: ";")
  }

  fileprivate static func text(_ kinds: Set<IdentityDescriptor.Kind>) -> String {
    kinds.map(\.rawValue).sorted().joined(separator: ",")
  }
}

extension NamespacePolicy {
  fileprivate var canonicalText: String {
    let limits = [maximumPerPerson, maximumPerWindow, predominance].map { $0.map { "\($0)" } ?? "-" }.joined(
      separator: ",")
    let blocked = blocked.map { "\($0)" }.joined(separator: ",")
    return "\(role.rawValue),\(priority),\(limits),\(countsVerifiedOnly),\(windowSeconds),\(maximumNeighbours),"
      + "\(IdentityPolicy.text(dividing)),[\(blocked)]"
  }
}
