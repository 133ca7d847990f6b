import SCRMModel

/// An event pattern compiled for the kinds of a table.
struct BatchPattern: Sendable {
  /// Whether each kind of the table counts; `nil` when all do.
  let kinds: [Bool]?
  /// What must hold of the fields.
  let filter: Filter

  enum Filter: Sendable {
    case none
    /// The amount compared with a number, the common case.
    case amount(MeasureComparison, Double)
    case program(ExpressionProgram, ExpressionEnvironment, fields: [Int])
  }

  init(_ pattern: EventSelection, _ table: EventTable, _ schema: EventSchema) throws(SegmentError) {
    kinds = pattern.kinds.isEmpty ? nil : table.kinds.map { pattern.kinds.contains($0) }
    guard let tree = pattern.filter else {
      filter = .none
      return
    }
    if case .operation(let sign, let operands) = tree.node, let comparison = MeasureComparison(rawValue: sign.rawValue),
      operands.count == 2, case .select(let event, "amount", false) = operands[0].node,
      case .name("event") = event.node,
      case .literal(.double(let number)) = operands[1].node
    {
      filter = .amount(comparison, number)
      return
    }
    let environment = schema.environment()
    do {
      filter = .program(try environment.compile(tree), environment, fields: Array(schema.fields.indices))
    } catch {
      throw SegmentError(.expression, error.description)
    }
  }

  /// Whether an event of a table fits.
  func fits(_ row: Int, _ table: EventTable) -> Bool {
    let event = table.rows[row]
    if let kinds, !kinds[event.key.kind] { return false }
    switch filter {
    case .none: return true
    case .amount(let comparison, let number): return !event.amount.isNaN && comparison.holds(event.amount, number)
    case .program(let program, let environment, let fields):
      var activation = ExpressionActivation(environment)
      for field in fields {
        // A value of another type than declared counts as missing, as everywhere.
        if let value = table.value(field, of: row) { try? activation.set(field, value) }
      }
      return program.matches(activation)
    }
  }
}
