import SCRMModel

/// Finds events that a pattern takes in: it tries values for the fields its condition names.
struct EventWitness {
  let schema: EventSchema
  private let filter: ExpressionTree?
  private let program: ExpressionProgram?
  private let environment: ExpressionEnvironment
  /// The fields the condition names.
  private let named: [Int]
  private var candidates: CandidateValues

  /// How many combinations are tried for one event.
  private static let attempts = 2_000

  init(_ pattern: EventSelection, _ schema: EventSchema) {
    self.schema = schema
    filter = pattern.filter
    environment = schema.environment()
    program = pattern.filter.flatMap { [environment] in try? environment.compile($0) }
    var names: Set<Int> = []
    var rest = pattern.filter.map { [$0] } ?? []
    while let tree = rest.popLast() {
      if case .select(let event, let field, _) = tree.node, case .name("event") = event.node,
        let number = schema.index(of: field)
      {
        names.insert(number)
      }
      rest += tree.children
    }
    named = names.sorted()
    candidates = CandidateValues(pattern.filter.map { [$0] } ?? [])
  }

  /// The fields of an event the pattern takes in; `nil` when none is found.
  /// - Parameter fixed: what fields must be.
  func fields(_ fixed: [Int: Value] = [:]) -> [Int: Value]? {
    guard let program else { return filter == nil ? fixed : nil }
    let free = named.filter { fixed[$0] == nil }
    let choices = free.map { number -> [Value?] in
      candidates.values(of: schema.fields[number].type).map { $0 } + [nil]
    }
    var attempts = 0
    var chosen = fixed
    func search(_ depth: Int) -> Bool {
      if depth == free.count {
        attempts += 1
        return matches(program, chosen)
      }
      for choice in choices[depth] where attempts < Self.attempts {
        chosen[free[depth]] = choice
        if search(depth + 1) { return true }
      }
      chosen[free[depth]] = nil
      return false
    }
    return search(0) ? chosen : nil
  }

  /// Values of a field that events taken in may have, those worth trying first.
  func values(of field: Int, wanted: [Value] = []) -> [Value] {
    var found: [Value] = []
    for value in wanted + candidates.values(of: schema.fields[field].type)
    where !found.contains(value) && fields([field: value]) != nil {
      found.append(value)
    }
    return found
  }

  private func matches(_ program: ExpressionProgram, _ fields: [Int: Value]) -> Bool {
    var activation = ExpressionActivation(environment)
    for (number, value) in fields {
      // What is not a number is as good as no amount.
      if number == 0, case .double(let amount) = value, amount.isNaN { continue }
      guard (try? activation.set(number, value)) != nil else { return false }
    }
    return program.matches(activation)
  }
}
