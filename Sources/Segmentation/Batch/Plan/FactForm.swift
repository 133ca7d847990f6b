import SCRMModel

/// A condition over facts in a form that is evaluated column by column.
///
/// The logic has three values: a comparison with a fact that somebody does not have neither holds nor fails.
indirect enum FactForm: Sendable, Hashable {
  /// A fact that is a truth value.
  case flag(Int)
  case int(Int, MeasureComparison, Int64)
  case double(Int, MeasureComparison, Double)
  /// A whole number that is one of several.
  case intAmong(Int, [Int64])
  /// A text that fulfils something, by its place in the dictionary.
  case text(Int, [Bool])
  /// A list of texts that holds one, by the number of its test; `nil` when no list holds it.
  case listHolds(Int, Int?)
  case has(Int)
  case not(FactForm)
  case all([FactForm])
  case any([FactForm])

  /// The form of an expression; `nil` when it has none and goes through the language person by person.
  ///
  /// Texts that are looked for in lists are added to the tests.
  init?(_ tree: ExpressionTree, _ population: Population, _ tests: inout [ListBits.Test]) {
    func column(_ tree: ExpressionTree) -> (number: Int, column: FactColumn)? {
      guard let path = Self.path(tree), let number = population.facts.index(of: path) else { return nil }
      return (number, population.columns[number])
    }
    switch tree.node {
    case .operation(.and, let parts), .operation(.or, let parts):
      var forms: [FactForm] = []
      for part in parts {
        guard let form = FactForm(part, population, &tests) else { return nil }
        forms.append(form)
      }
      if case .operation(.and, _) = tree.node { self = .all(forms) } else { self = .any(forms) }
    case .operation(.not, let parts):
      guard parts.count == 1, let form = FactForm(parts[0], population, &tests) else { return nil }
      self = .not(form)
    case .operation(.in, let parts):
      guard parts.count == 2, let form = Self.among(parts[0], parts[1], &tests, column) else { return nil }
      self = form
    case .operation(let sign, let parts):
      guard let comparison = MeasureComparison(rawValue: sign.rawValue), parts.count == 2 else { return nil }
      if case .literal(let literal) = parts[1].node, let (number, column) = column(parts[0]) {
        guard let form = Self.comparison(number, column, comparison, literal.value) else { return nil }
        self = form
      } else if case .literal(let literal) = parts[0].node, let (number, column) = column(parts[1]) {
        guard let form = Self.comparison(number, column, comparison.mirrored, literal.value) else { return nil }
        self = form
      } else {
        return nil
      }
    case .call("has", nil, let arguments):
      guard arguments.count == 1, case .select = arguments[0].node, let (number, column) = column(arguments[0])
      else { return nil }
      if case .values = column.values { return nil }
      self = .has(number)
    case .name, .select:
      guard let (number, column) = column(tree), case .bools = column.values else { return nil }
      self = .flag(number)
    default: return nil
    }
  }

  /// `a.b.c` of a chain of plain selections.
  private static func path(_ tree: ExpressionTree) -> String? {
    switch tree.node {
    case .name(let name): name
    case .select(let operand, let field, false): path(operand).map { "\($0).\(field)" }
    default: nil
    }
  }

  private static func comparison(
    _ number: Int, _ column: FactColumn, _ comparison: MeasureComparison, _ value: Value
  ) -> FactForm? {
    switch (column.values, value) {
    case (.ints, .int(let constant)): return .int(number, comparison, constant)
    case (.doubles, .double(let constant)): return .double(number, comparison, constant)
    case (.bools, .bool(let constant)) where comparison == .equal:
      return constant ? .flag(number) : .not(.flag(number))
    case (.texts(_, let dictionary), .string):
      return .text(number, dictionary.map { comparison.holds(.string($0), value) })
    default: return nil
    }
  }

  private static func among(
    _ element: ExpressionTree, _ list: ExpressionTree, _ tests: inout [ListBits.Test],
    _ column: (ExpressionTree) -> (number: Int, column: FactColumn)?
  ) -> FactForm? {
    if case .literal(.string(let text)) = element.node, let (number, column) = column(list),
      case .textLists(_, _, let dictionary) = column.values
    {
      guard let code = dictionary.firstIndex(where: { $0.sameBytes(as: text) }) else { return .listHolds(number, nil) }
      let test = ListBits.Test(column: number, code: UInt32(code))
      if let known = tests.firstIndex(of: test) { return .listHolds(number, known) }
      tests.append(test)
      return .listHolds(number, tests.count - 1)
    }
    guard case .list(let elements) = list.node, let (number, column) = column(element) else { return nil }
    var values: [Value] = []
    for element in elements {
      guard case .literal(let literal) = element.value.node, !element.isOptional else { return nil }
      values.append(literal.value)
    }
    switch column.values {
    case .texts(_, let dictionary): return .text(number, dictionary.map { values.contains(.string($0)) })
    case .ints:
      var numbers: [Int64] = []
      for value in values {
        guard case .int(let number) = value else { return nil }
        numbers.append(number)
      }
      return .intAmong(number, numbers)
    default: return nil
    }
  }
}
