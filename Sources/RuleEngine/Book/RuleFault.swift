import SCRMExpressions
import SCRMModel

/// What is wrong with a rule or a journey, so that it cannot be taken into a book.
public struct RuleFault: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kind of fault; codes may be added.
  public struct Code: Sendable, Hashable, CustomStringConvertible {
    /// The stable name of the code.
    public let description: String
    /// A condition is not of the language, names what is not declared, or does not fit its types.
    public static let condition = Code(description: "condition")
    /// A closure was not registered.
    public static let unknownClosure = Code(description: "unknownClosure")
    /// A field of a template, a parameter or a stratum is not declared.
    public static let unknownFact = Code(description: "unknownFact")
    /// The parameters of an action do not fit its kind.
    public static let action = Code(description: "action")
    /// The name is taken, or is not in the book.
    public static let name = Code(description: "name")
    /// The steps of a journey do not fit together.
    public static let journey = Code(description: "journey")
    /// A pattern over time cannot be compiled.
    public static let pattern = Code(description: "pattern")
    /// Words cannot be looked for.
    public static let keywords = Code(description: "keywords")
    /// There would be more than a book may hold.
    public static let limit = Code(description: "limit")
  }

  /// What kind of fault it is.
  public let code: Code
  /// The rule or journey.
  public let rule: String
  /// The part of its JSON form, such as `when` or `then[0].with.text`.
  public let part: String
  /// What was found and what was expected.
  public let reason: String

  /// Creates a fault.
  public init(_ code: Code, rule: String, part: String, _ reason: String) {
    self.code = code
    self.rule = rule
    self.part = part
    self.reason = reason
  }

  /// `rule, part: reason`.
  public var description: String { "\(rule), \(part): \(reason)" }
}
