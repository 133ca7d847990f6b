/// Something a check of a set of rules found.
public struct RuleFinding: Sendable, Hashable, CustomStringConvertible {
  /// How bad it is.
  public enum Severity: String, Sendable, Hashable, Codable, CaseIterable {
    /// The rule cannot be taken into a book.
    case error
    /// The rule can do nothing, or not what it seems to.
    case warning
  }

  /// The kind of finding; codes may be added.
  public struct Code: Sendable, Hashable, CustomStringConvertible {
    /// The stable name of the code.
    public let description: String
    /// A rule or journey cannot be compiled; the reason names the type, fact or part.
    public static let fault = Code(description: "fault")
    /// The condition can never hold.
    public static let contradiction = Code(description: "contradiction")
    /// The condition can never hold for what makes the rule look.
    public static let unreachable = Code(description: "unreachable")
    /// Whenever the rule could act, another has taken its place.
    public static let shadowed = Code(description: "shadowed")
    /// Rules set off one another in a circle, which the loop guard would end.
    public static let loop = Code(description: "loop")
    /// A segment, score or journey that is not known.
    public static let unknownName = Code(description: "unknownName")
    /// A step of a journey that nothing leads to.
    public static let unreachableStep = Code(description: "unreachableStep")
    /// Two rules with the same triggers, condition and actions.
    public static let duplicate = Code(description: "duplicate")
  }

  /// How bad it is.
  public let severity: Severity
  /// What kind of finding it is.
  public let code: Code
  /// The rule or journey.
  public let rule: String
  /// The part of its JSON form, such as `when`.
  public let part: String
  /// What was found.
  public let reason: String

  /// Creates a finding.
  public init(_ severity: Severity, _ code: Code, rule: String, part: String, _ reason: String) {
    self.severity = severity
    self.code = code
    self.rule = rule
    self.part = part
    self.reason = reason
  }

  /// `warning: rule, part: reason (code)`.
  public var description: String { "\(severity.rawValue): \(rule), \(part): \(reason) (\(code))" }
}
