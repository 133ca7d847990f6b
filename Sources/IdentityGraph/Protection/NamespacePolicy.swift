/// How identifiers of one kind of namespace may join people.
public struct NamespacePolicy: Sendable, Hashable, Codable {
  /// What an identifier of the namespace names.
  public enum Role: String, Sendable, Hashable, Codable {
    /// An account of one party, given by a platform or the host, such as an openid: never taken for shared.
    case account
    /// A value that people write and may share, such as a telephone number.
    case contact
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
  /// At how many different neighbours a value of role `contact` counts as shared whoever they are.
  public var maximumNeighbours = 24

  /// Which descriptors of its neighbours, when they disagree, show that a value of role `contact` is shared.
  public var dividing: Set<IdentityDescriptor.Kind> = [.name, .birthDate]

  /// How many times as many neighbours as any other group of them the largest group at a shared value must have for the
  /// value to count those who go by neither name nor date of birth to it, at least 2; `nil` counts them to nobody.
  ///
  /// A telephone that three accounts of 李娜 and one of 王伟 use is most likely hers on a fifth account that gives no name.
  public var predominance: Int?

  /// Creates a policy.
  public init(_ role: Role, priority: Int, maximumPerPerson: Int? = nil) {
    self.role = role
    self.priority = priority
    self.maximumPerPerson = maximumPerPerson
  }
}
