public import SCRMModel

/// What makes people of the evidence; changing it loses nothing, because the evidence stays.
public struct IdentityPolicy: Sendable, Hashable, Codable {
  /// The policies of namespaces by their kind, such as `email`.
  public var namespaces: [String: NamespacePolicy]
  /// The policy of every other kind.
  public var others = NamespacePolicy(.account, priority: 100)
  /// Links weaker than this join nobody, 0 … 1.
  @UnitInterval public var minimumStrength: Double = 0.9
  /// How many identifiers one person may have, at least 1.
  public var maximumIdentifiers = 120
  /// Whether a claim of an identifier that somebody else holds verified joins nobody.
  ///
  /// The defence against taking over a profile by typing the victim's address.
  public var protectsVerified = true
  /// Which descriptors separate people.
  public var separating: Set<IdentityDescriptor.Kind> = [.name, .birthDate]
  /// In how many groups that agree on a name or date of birth the neighbours of a shared value may fall for the value
  /// still to join each group in itself; beyond, it joins nobody.
  public var maximumGroups = 4

  /// The defaults: mail addresses, telephone numbers, handles, devices and anonymous ids may turn out shared, the kinds
  /// `organisation`, `group` and `household` are what people belong to, everything else names one account.
  public init() {
    namespaces = [
      "email": NamespacePolicy(.contact, priority: 60), "phone": NamespacePolicy(.contact, priority: 50),
      "handle": NamespacePolicy(.contact, priority: 40), "device": NamespacePolicy(.contact, priority: 20),
      "anonymous": NamespacePolicy(.contact, priority: 10),
      "organisation": NamespacePolicy(.organisation, priority: 0), "group": NamespacePolicy(.group, priority: 0),
      "household": NamespacePolicy(.group, priority: 0),
    ]
    namespaces["phone"]?.predominance = 3
  }

  /// The policy of a namespace.
  public func policy(of namespace: IdentifierNamespace) -> NamespacePolicy { namespaces[namespace.kind] ?? others }
}
