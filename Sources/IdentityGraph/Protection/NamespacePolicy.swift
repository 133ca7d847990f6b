import SCRMModel

/// How identifiers of one kind of namespace may join people.
public struct NamespacePolicy: Sendable, Hashable, Codable {
  /// What an identifier of the namespace names.
  public enum Role: String, Sendable, Hashable, Codable {
    /// An account of one party, given by a platform or the host, such as an openid: never divided by the names of those
    /// it is seen with.
    case account
    /// A value that people write and may share, such as a telephone number.
    case contact
    /// An organisation that people belong to, such as an employer's number: the evidence at it is of membership and joins
    /// nobody.
    case organisation
    /// A group that people belong to, such as a household: as an organisation, with another kind of membership.
    case group
  }

  /// What an identifier names.
  public var role: Role
  /// Which links are made first where not all can be: greater first.
  ///
  /// A link has the lesser priority of its two ends.
  public var priority: Int
  /// How many different values one person may have; `nil` for any number.
  ///
  /// 1 states a definite no: two loyalty numbers are two people.
  public var maximumPerPerson: Int?
  /// Whether only verified values count for the limits, as for national ids.
  public var countsVerifiedOnly = false
  /// How many values that were first seen within ``windowSeconds`` of one another one person may have; `nil` for any.
  public var maximumPerWindow: Int?
  /// The length of the window, seconds.
  public var windowSeconds = 86_400
  /// Values that join nobody.
  public var blocked: [ValuePattern] = []
  /// With more different neighbours than this a value counts as shared whoever they are, and joins nobody.
  ///
  /// 100 for an account, which may be seen with many browsers and devices over the years; 24 for all else.
  public var maximumNeighbours: Int

  /// Which descriptors of its neighbours, when they disagree, show that a value of role `contact` is shared.
  public var dividing: Set<IdentityDescriptor.Kind> = [.name, .birthDate]

  /// How many times as many neighbours as any other group of them the largest group at a shared value must have for the
  /// value to count those who go by neither name nor date of birth to it, at least 2; `nil` counts them to nobody.
  ///
  /// A telephone that three accounts of 李娜 and one of 王伟 use is most likely hers on a fifth account that gives no name.
  public var predominance: Int?

  /// Creates a policy, with the ``maximumNeighbours`` of the role.
  public init(_ role: Role, priority: Int, maximumPerPerson: Int? = nil) {
    self.role = role
    self.priority = priority
    self.maximumPerPerson = maximumPerPerson
    maximumNeighbours = role == .account ? 100 : 24
  }
}

extension NamespacePolicy.Role {
  /// Whether an identifier of the role names something that several people belong to.
  var isWhole: Bool { self == .organisation || self == .group }

  /// What an identifier of the role names, where people belong to it; the scope is a part of the id.
  func whole(_ key: IdentifierKey) -> GroupMembership.Whole? {
    let id = key.namespace.scope.isEmpty ? key.key : key.namespace.scope + ":" + key.key
    switch self {
    case .organisation: return .organisation(OrganisationID(id))
    case .group: return .group(GroupID(id))
    case .account, .contact: return nil
    }
  }
}
