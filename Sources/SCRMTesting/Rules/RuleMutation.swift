public import SocialCRM

/// A small change of one rule that its scenarios should notice.
public struct RuleMutation: Sendable, Hashable, CustomStringConvertible {
  /// The rule.
  public let rule: String
  /// What was changed, such as `event.amount > 100.0 to event.amount >= 100.0`.
  public let change: String
  let definition: RuleDefinition

  /// Rule and change.
  public var description: String { "\(rule): \(change)" }

  /// The mutations of a rule: each comparison turned and moved by one, each conjunction made a disjunction and the other
  /// way round, each part left out or negated; and the rule silenced.
  public static func all(of rule: RuleDefinition) -> [RuleMutation] {
    guard let tree = tree(of: rule.condition) else { return [] }
    return variants(of: tree).map { change in
      var definition = rule
      definition.condition = .text(change.tree.text)
      return RuleMutation(rule: rule.name, change: change.text, definition: definition)
    }
  }

  /// The mutations of a document's rules that no scenario notices.
  ///
  /// - Complexity: one run of the scenarios for each mutation.
  /// - Throws: what running a scenario throws; a scenario that fails without a mutation notices nothing, so
  ///   `SCRMError` with `invalidValue` when one does.
  public static func survivors(
    of document: RuleDocument, scenarios: [RuleScenario], zones: [ZoneRules] = []
  ) async throws -> [RuleMutation] {
    for scenario in scenarios where try await !scenario.run(document.book(zones: zones)).passed {
      throw SCRMError(
        .invalidValue, subject: "scenario \(scenario.name)", "expected it to pass with the rules as they are")
    }
    var survivors: [RuleMutation] = []
    for (place, rule) in document.rules.enumerated() {
      for mutation in all(of: rule) {
        var mutated = document
        mutated.rules[place] = mutation.definition
        // What the types refuse needs no test to notice it.
        guard let book = try? mutated.book(zones: zones) else { continue }
        var isNoticed = false
        for scenario in scenarios where try await !scenario.run(book).passed {
          isNoticed = true
          break
        }
        if !isNoticed { survivors.append(mutation) }
      }
    }
    return survivors
  }

  private static func tree(of condition: RuleCondition) -> ExpressionTree? {
    switch condition {
    case .text(let text): try? ExpressionTree(parsing: text)
    case .tree(let tree): tree.tree
    case .always, .closure: nil
    }
  }

  private static func variants(of tree: ExpressionTree) -> [(tree: ExpressionTree, text: String)] {
    var variants: [(tree: ExpressionTree, text: String)] = []
    func add(_ changed: ExpressionTree) { variants.append((changed, "\(tree.text) to \(changed.text)")) }
    if case .operation(let sign, let operands) = tree.node {
      for other in replacements(of: sign) { add(ExpressionTree(.operation(other, operands))) }
      if sign == .and || sign == .or, operands.count > 1 {
        for place in operands.indices {
          var rest = operands
          rest.remove(at: place)
          add(rest.count == 1 ? rest[0] : ExpressionTree(.operation(sign, rest)))
        }
      }
      if sign == .not, let operand = operands.first { add(operand) }
      for (place, operand) in operands.enumerated() {
        if let moved = moved(operand) {
          var changed = operands
          changed[place] = moved
          add(ExpressionTree(.operation(sign, changed)))
        }
        guard sign == .and || sign == .or || sign == .not || sign == .conditional else { continue }
        for variant in Self.variants(of: operand) {
          var changed = operands
          changed[place] = variant.tree
          variants.append((ExpressionTree(.operation(sign, changed)), variant.text))
        }
      }
    }
    switch tree.node {
    case .operation(.not, _), .operation(.and, _), .operation(.or, _): break
    default: add(.operation(.not, tree))
    }
    return variants
  }

  private static func replacements(of sign: ExpressionOperator) -> [ExpressionOperator] {
    switch sign {
    case .and: [.or]
    case .or: [.and]
    case .less: [.lessOrEqual]
    case .lessOrEqual: [.less]
    case .greater: [.greaterOrEqual]
    case .greaterOrEqual: [.greater]
    default: []
    }
  }

  /// A whole number moved by one.
  private static func moved(_ tree: ExpressionTree) -> ExpressionTree? {
    guard case .literal(.int(let value)) = tree.node, value < .max else { return nil }
    return .literal(.int(value + 1))
  }
}
