/// One thing that is wrong with an expression, and where.
public struct ExpressionDiagnostic: Sendable, Hashable {
  /// The kind of fault; new codes may be added.
  public struct Code: Sendable, Hashable, CustomStringConvertible {
    /// The name of the code.
    public let description: String
    /// The text is not of the language.
    public static let syntax = Code(description: "syntax")
    /// The text or the tree exceeds a limit.
    public static let limit = Code(description: "limit")
    /// A name is not declared.
    public static let unknownName = Code(description: "unknownName")
    /// A function is not declared.
    public static let unknownFunction = Code(description: "unknownFunction")
    /// A record has no such field.
    public static let unknownField = Code(description: "unknownField")
    /// A function or an operator is not defined for the types given.
    public static let noSuchOverload = Code(description: "noSuchOverload")
    /// The types do not fit for another reason.
    public static let typeMismatch = Code(description: "typeMismatch")
    /// A macro is used in another form than its own.
    public static let macro = Code(description: "macro")
    /// A pattern or another constant argument is malformed.
    public static let invalidConstant = Code(description: "invalidConstant")
  }

  /// What kind of fault it is.
  public let code: Code
  /// What was found and what was expected.
  public let message: String
  /// Where.
  public let location: ExpressionLocation
  /// What was probably meant, such as the nearest declared name.
  public let suggestion: String?

  /// Creates a diagnostic.
  public init(_ code: Code, _ message: String, at location: ExpressionLocation, suggestion: String? = nil) {
    self.code = code
    self.message = message
    self.location = location
    self.suggestion = suggestion
  }
}
