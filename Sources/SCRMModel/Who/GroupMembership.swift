public import SCRMExpressions
public import StrictJSON

/// That a person or an account belongs, or belonged, to an organisation or a group.
public struct GroupMembership: Sendable, Hashable, Codable, Redacted {
  /// Who belongs.
  ///
  /// An account keeps its membership when people are merged and split; a person's follows the redirect.
  public enum Member: Sendable, Hashable {
    /// A person.
    case person(PersonID)
    /// An account.
    case account(AccountID)
  }

  /// What is belonged to.
  public enum Whole: Sendable, Hashable {
    /// An organisation.
    case organisation(OrganisationID)
    /// A group.
    case group(GroupID)
  }

  /// Who belongs.
  public var member: Member
  /// What is belonged to.
  public var whole: Whole
  /// As what, such as `owner`, `employee`, `child`.
  public var role: String?
  /// From when on; `nil` when unknown.
  public var since: Instant?
  /// Until when, exclusive; `nil` while it lasts.
  public var until: Instant?

  /// Creates a membership.
  public init(_ member: Member, in whole: Whole, role: String? = nil, since: Instant? = nil, until: Instant? = nil) {
    self.member = member
    self.whole = whole
    self.role = role
    self.since = since
    self.until = until
  }

  /// Whether it holds at a time: from `since` on, until before `until`.
  public func isActive(at time: Instant) -> Bool {
    since.map { $0 <= time } ?? true && until.map { time < $0 } ?? true
  }

  /// Which kind belongs to which kind.
  public var redactedDescription: String {
    let member =
      switch member {
      case .person(let id): "person \(id)"
      case .account(let id): "account \(id)"
      }
    return switch whole {
    case .organisation: member + " in an organisation"
    case .group: member + " in a group"
    }
  }
}

extension GroupMembership.Member: JSONCodable {
  /// Reads `{"person":…}` or `{"account":…}`.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    if let person: PersonID = try object.optional("person") {
      self = .person(person)
    } else {
      self = .account(try object.required("account"))
    }
  }

  /// Writes the kind and the id.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    switch self {
    case .person(let id): writer.field("person", id)
    case .account(let id): writer.field("account", id)
    }
    writer.endObject()
  }
}

extension GroupMembership.Whole: JSONCodable {
  /// Reads `{"organisation":…}` or `{"group":…}`.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    if let organisation: OrganisationID = try object.optional("organisation") {
      self = .organisation(organisation)
    } else {
      self = .group(try object.required("group"))
    }
  }

  /// Writes the kind and the id.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    switch self {
    case .organisation(let id): writer.field("organisation", id)
    case .group(let id): writer.field("group", id)
    }
    writer.endObject()
  }
}
