import SCRMExpressions
import StrictJSON

/// The id of a group, as the host or the platform gives it.
public struct GroupID: TextIdentifier {
  /// The text.
  public let rawValue: String
  /// Wraps a text.
  public init(_ rawValue: String) { self.rawValue = rawValue }
}

/// A number of people who belong together: a household, a chat group, a circle within a company.
public struct Group: Sendable, Hashable, Codable, Redacted {
  /// What holds a group together; the set is open.
  public struct Kind: TextIdentifier {
    /// The name.
    public let rawValue: String
    /// Wraps a name.
    public init(_ rawValue: String) { self.rawValue = rawValue }

    /// People who live together.
    public static let household: Self = "household"
    /// A group chat.
    public static let chatGroup: Self = "chat_group"
    /// People of one company.
    public static let companyCircle: Self = "company_circle"
  }

  /// The id.
  public var id: GroupID
  /// What holds it together.
  public var kind: Kind
  /// Its name.
  public var name: String?
  /// The channel it meets on; see ``Channel``.
  public var channel: String?
  /// The organisation it belongs to.
  public var organisation: OrganisationID?

  /// Creates a group.
  public init(
    id: GroupID, kind: Kind, name: String? = nil, channel: String? = nil, organisation: OrganisationID? = nil
  ) {
    self.id = id
    self.kind = kind
    self.name = name
    self.channel = channel
    self.organisation = organisation
  }

  /// The kind and channel.
  public var redactedDescription: String { kind.rawValue + (channel.map { " on " + $0 } ?? "") }
}
