import SCRMModel

/// The events that some terms share: one pattern, and the field they read.
///
/// Every window over the same stream is answered from one log, so an event is kept once, however many windows hold it.
struct LiveStream: Sendable {
  /// How the pattern's condition is decided.
  enum Filter: Sendable {
    case none
    /// The amount compared with a constant; NaN fulfils nothing.
    case amount(MeasureComparison, Double)
    case general(ExpressionProgram, ExpressionEnvironment)
  }

  /// What an entry keeps besides its time.
  enum Content: UInt8, Sendable {
    case nothing, number, value
  }

  struct Key: Hashable {
    let events: EventSelection
    let field: String?

    static func == (left: Key, right: Key) -> Bool {
      left.events == right.events && left.field.sameBytes(as: right.field)
    }

    func hash(into hasher: inout Hasher) { hasher.combine(events) }
  }

  let events: EventSelection
  let filter: Filter
  /// The number of the field that is read; events without it are not in the stream.
  let field: Int?
  let content: Content
  /// Names the stream in stored state: the same for the same pattern and field.
  let identity: UInt64
  /// How long an event may matter, in milliseconds; `nil` for ever.
  var retention: Int64? = 0

  /// Whether an event of a matching kind is in the stream.
  @inline(__always)
  func admits(_ amount: Double, _ further: [Value?]) -> Bool {
    switch filter {
    case .none: true
    case .amount(let comparison, let number): !amount.isNaN && comparison.holds(amount, number)
    case .general(let program, let environment): Self.matches(program, environment, amount, further)
    }
  }

  private static func matches(
    _ program: ExpressionProgram, _ environment: ExpressionEnvironment, _ amount: Double, _ further: [Value?]
  ) -> Bool {
    var activation = ExpressionActivation(environment)
    for slot in environment.variables.indices {
      let value = slot == 0 ? (amount.isNaN ? nil : Value.double(amount)) : further.value(slot - 1)
      // A value of another type than declared is as good as none.
      if let value { try? activation.set(slot, value) }
    }
    return program.matches(activation)
  }

  /// `event.amount >= 30.0` needs no interpreter.
  static func filter(_ tree: ExpressionTree?, _ environment: ExpressionEnvironment) throws(ExpressionError) -> Filter {
    guard let tree else { return .none }
    if case .operation(let sign, let operands) = tree.node, operands.count == 2,
      let comparison = MeasureComparison(rawValue: sign.rawValue),
      operands[0] == ExpressionTree.name("event").select("amount"), case .literal(let literal) = operands[1].node
    {
      switch literal {
      case .double(let number): return .amount(comparison, number)
      case .int(let number) where comparison != .equal && comparison != .notEqual && number.magnitude < 1 << 53:
        return .amount(comparison, Double(number))
      default: break
      }
    }
    return .general(try environment.compile(tree), environment)
  }
}

extension [Value?] {
  /// The element, or nothing beyond the end.
  func value(_ index: Int) -> Value? { index < count ? self[index] : nil }
}
