import IdentityGraph

/// Policies from the most careful to none at all, the default first.
enum PolicyFrontier {
  private static let contacts = ["phone", "email", "handle"]

  static var policies: [(String, IdentityPolicy)] {
    var result = [("default", IdentityPolicy())]
    for groups in [0, 1, 2, 8] {
      var policy = IdentityPolicy()
      policy.maximumGroups = groups
      result.append(("at most \(groups) groups at a shared value", policy))
    }
    for factor in [nil, 2, 4] {
      var policy = IdentityPolicy()
      policy.namespaces["phone"]?.predominance = factor
      result.append(("unnamed to the larger by \(factor.map { "\($0)" } ?? "nothing")", policy))
    }
    for neighbours in [4, 8, 16, 64] {
      var policy = IdentityPolicy()
      for kind in contacts { policy.namespaces[kind]?.maximumNeighbours = neighbours }
      result.append(("at most \(neighbours) neighbours", policy))
    }
    for descriptors in [[], [IdentityDescriptor.Kind.name], [.birthDate]] {
      var policy = IdentityPolicy()
      policy.separating = Set(descriptors)
      let names = descriptors.map(\.rawValue).joined(separator: ", ")
      result.append(("separated by \(names.isEmpty ? "nothing" : names)", policy))
    }
    for kind in contacts {
      var policy = IdentityPolicy()
      policy.namespaces[kind]?.maximumNeighbours = 1
      result.append(("\(kind) joins nobody", policy))
    }
    return result
  }
}
