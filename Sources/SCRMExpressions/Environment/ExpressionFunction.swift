/// A function of one name with its overloads, declared to the checker and called by the evaluator.
///
/// ```swift
/// let isVIP = ExpressionFunction(
///   "isVIP",
///   [
///     .init([.string], returns: .bool, cost: 5) { arguments in .bool(arguments.first?.stringValue == "u1") }
///   ])
/// ```
public struct ExpressionFunction: Sendable {
  /// One form of a function.
  public struct Overload: Sendable {
    /// What a host function does: pure, quick and total.
    ///
    /// The arguments have the kinds declared, unless a parameter is
    /// `dyn` or a value came from one.
    public typealias Implementation = @Sendable ([Value]) throws(ValueError) -> Value

    /// The types of the arguments; the target of a member function is the first.
    public let parameters: [ExpressionType]
    /// The type of the result.
    public let result: ExpressionType
    /// Whether it is called on a target, `target.function(…)`.
    public let isMember: Bool
    /// What a call costs, in the units of the budget.
    public let cost: UInt64
    let body: FunctionBody

    /// Creates a host function.
    public init(
      _ parameters: [ExpressionType], returns result: ExpressionType, isMember: Bool = false, cost: UInt64 = 1,
      _ implementation: @escaping Implementation
    ) {
      self.parameters = parameters
      self.result = result
      self.isMember = isMember
      self.cost = max(cost, 1)
      body = .host(implementation)
    }

    init(
      _ parameters: [ExpressionType], returns result: ExpressionType, isMember: Bool, builtIn: BuiltInFunction
    ) {
      self.parameters = parameters
      self.result = result
      self.isMember = isMember
      cost = 1
      body = .builtIn(builtIn)
    }
  }

  /// The name, with dots for a name space: `text.words`.
  public let name: String
  /// The overloads.
  public let overloads: [Overload]

  /// Creates a function.
  public init(_ name: String, _ overloads: [Overload]) {
    self.name = name
    self.overloads = overloads
  }
}

/// What a call runs.
enum FunctionBody: Sendable {
  case builtIn(BuiltInFunction)
  case host(ExpressionFunction.Overload.Implementation)
}
