import SCRMExpressions
import StrictJSON

/// The id of an employee, as the host gives it.
public struct StaffID: TextIdentifier {
  /// The text.
  public let rawValue: String
  /// Wraps a text.
  public init(_ rawValue: String) { self.rawValue = rawValue }
}

/// An employee who serves people, with what is needed to route work to them.
public struct StaffMember: Sendable, Hashable, Codable, Redacted {
  /// The id.
  public var id: StaffID
  /// The name to show.
  public var name: String
  /// By which the channels know them, such as a WeCom user id.
  public var identifiers: [Identifier]
  /// The team or department.
  public var team: String?
  /// What they can help with, such as `billing`.
  public var skills: [String]
  /// The languages they speak, as BCP 47 tags.
  public var languages: [String]
  /// Whether work may be given to them now.
  public var isAvailable: Bool

  /// Creates an employee.
  public init(
    id: StaffID, name: String, identifiers: [Identifier] = [], team: String? = nil, skills: [String] = [],
    languages: [String] = [], isAvailable: Bool = true
  ) {
    self.id = id
    self.name = name
    self.identifiers = identifiers
    self.team = team
    self.skills = skills
    self.languages = languages
    self.isAvailable = isAvailable
  }

  /// The number of skills.
  public var redactedDescription: String { "staff member with \(skills.count) skills" }
}
