public import StrictJSON

/// Someone who takes part in an interaction: the identifiers by which the source knows them and the role they act in.
public struct Party: Sendable, Hashable, Redacted {
  /// The identifiers; all of them name the same party.
  public var identifiers: [Identifier]
  /// The role the party acts in.
  public var role: ActorRole
  /// The name to show, as the source wrote it.
  public var displayName: String?

  /// Creates a party.
  public init(_ identifiers: [Identifier], role: ActorRole = .customer, displayName: String? = nil) {
    self.identifiers = identifiers
    self.role = role
    self.displayName = displayName
  }

  /// Creates a party known by one identifier.
  public init(
    _ namespace: IdentifierNamespace, _ value: String, role: ActorRole = .customer, displayName: String? = nil
  ) {
    self.init([Identifier(namespace, value)], role: role, displayName: displayName)
  }

  /// Whether identifiers, role and name are the same, texts by bytes.
  public static func == (left: Self, right: Self) -> Bool {
    left.identifiers == right.identifiers && left.role == right.role
      && left.displayName.sameBytes(as: right.displayName)
  }

  /// Hashes identifiers and role.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(identifiers)
    hasher.combine(role)
  }

  /// Role and number of identifiers.
  public var redactedDescription: String { "\(role.rawValue) with \(identifiers.count) identifiers" }
}

/// The role in which a party acts; only customers become people.
public enum ActorRole: String, Sendable, Hashable, Codable, CaseIterable {
  /// A customer, prospect or member of the public.
  case customer
  /// An employee acting for the host.
  case staff
  /// A bot, import or automatic reply; its interactions never trigger rules.
  case automation
  /// The voice of a brand or organisation.
  case brand
}

extension Party: JSONCodable {
  /// Reads `{"ids":[…],"role":…,"name":…}`.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    self.init(
      try object.array("ids"), role: try object.optionalCase("role") ?? .customer,
      displayName: try object.optionalString("name"))
  }

  /// Writes the identifiers, a role other than customer, and the name.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("ids", identifiers)
    if role != .customer { writer.field("role", role.rawValue) }
    writer.field("name", displayName)
    writer.endObject()
  }
}
