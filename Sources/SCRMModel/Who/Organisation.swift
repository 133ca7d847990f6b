import SCRMExpressions
import StrictJSON

/// The id of an organisation, as the host gives it.
public struct OrganisationID: TextIdentifier {
  /// The text.
  public let rawValue: String
  /// Wraps a text.
  public init(_ rawValue: String) { self.rawValue = rawValue }
}

/// A company, authority, school or club that people belong to or buy for.
public struct Organisation: Sendable, Hashable, Codable {
  /// The id.
  public var id: OrganisationID
  /// The name.
  public var name: String
  /// Its line of business.
  public var industry: Industry?
  /// The organisation it is part of.
  public var parent: OrganisationID?
  /// The internet domains it uses, in small letters, such as `example.com`.
  public var domains: [String]

  /// Creates an organisation.
  public init(
    id: OrganisationID, name: String, industry: Industry? = nil, parent: OrganisationID? = nil, domains: [String] = []
  ) {
    self.id = id
    self.name = name
    self.industry = industry
    self.parent = parent
    self.domains = domains
  }
}
