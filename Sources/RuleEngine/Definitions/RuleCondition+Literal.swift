extension RuleCondition: ExpressibleByStringLiteral {
  /// A text of the condition language.
  public init(stringLiteral text: String) { self = .text(text) }
}
