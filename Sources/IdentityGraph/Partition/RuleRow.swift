/// What the policy says of one namespace, without anything that is counted by references.
struct RuleRow: Sendable {
  var limit: Int
  var priority: Int
  var dividing: DescriptorKinds
  var predominance: Int?
  /// Whether the number of values is limited.
  var isLimited: Bool

  /// Whether the role is `contact`, so that names may divide those who use a value.
  var isContact: Bool
  /// Whether people belong to what the identifiers name.
  var isWhole: Bool
  var blocksValues: Bool

  init(_ policy: NamespacePolicy) {
    limit = policy.maximumNeighbours
    priority = policy.priority
    dividing = DescriptorKinds(policy.dividing)
    predominance = policy.predominance
    isContact = policy.role == .contact
    isWhole = policy.role.isWhole
    blocksValues = !policy.blocked.isEmpty
    isLimited = policy.maximumPerPerson != nil || policy.maximumPerWindow != nil
  }
}

/// A set of kinds of descriptors in one byte.
struct DescriptorKinds: Sendable, Equatable {
  private var bits: UInt8 = 0

  init(_ kinds: Set<IdentityDescriptor.Kind>) { for kind in kinds { bits |= Self.bit(kind) } }

  private static func bit(_ kind: IdentityDescriptor.Kind) -> UInt8 {
    switch kind {
    case .name: 1
    case .birthDate: 2
    case .place: 4
    }
  }

  func contains(_ kind: IdentityDescriptor.Kind) -> Bool { bits & Self.bit(kind) != 0 }
  var isEmpty: Bool { bits == 0 }
}
