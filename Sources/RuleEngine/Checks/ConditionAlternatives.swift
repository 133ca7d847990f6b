import SCRMExpressions

/// A condition as alternatives, each a set of terms that must hold together (disjunctive normal form), so that it can be
/// told whether it can hold at all.
///
/// What is claimed is claimed with certainty: "contradictory" means that no event can make the condition match. A
/// condition with too many alternatives, or with terms that are not understood, is taken to be satisfiable.
struct ConditionAlternatives: Sendable {
  /// A term, or that it does not hold.
  struct Term: Sendable, Hashable {
    var tree: ExpressionTree
    var isNegated: Bool
  }

  /// How many alternatives are looked at.
  static let maximum = 256

  /// The alternatives; `nil` when there are too many.
  let terms: [[Term]]?

  /// That always holds.
  static let always = ConditionAlternatives(terms: [[]])

  private init(terms: [[Term]]?) { self.terms = terms }

  /// The alternatives of a condition, or of its negation.
  init(_ tree: ExpressionTree, isNegated: Bool = false) { terms = Self.expand(tree, isNegated) }

  /// Both hold.
  func and(_ other: ConditionAlternatives) -> ConditionAlternatives {
    ConditionAlternatives(terms: Self.product([terms, other.terms]))
  }

  private static func expand(_ tree: ExpressionTree, _ isNegated: Bool) -> [[Term]]? {
    switch tree.node {
    case .operation(.not, let operands) where operands.count == 1: return expand(operands[0], !isNegated)
    case .operation(.and, let operands), .operation(.or, let operands):
      let isConjunction = if case .operation(.and, _) = tree.node { !isNegated } else { isNegated }
      let parts = operands.map { expand($0, isNegated) }
      return isConjunction ? product(parts) : sum(parts)
    case .operation(.conditional, let operands) where operands.count == 3:
      return sum([
        product([expand(operands[0], false), expand(operands[1], isNegated)]),
        product([expand(operands[0], true), expand(operands[2], isNegated)]),
      ])
    case .literal(.bool(let value)): return value != isNegated ? [[]] : []
    default: return [[Term(tree: tree, isNegated: isNegated)]]
    }
  }

  private static func sum(_ parts: [[[Term]]?]) -> [[Term]]? {
    var all: [[Term]] = []
    for part in parts {
      guard let part, all.count + part.count <= maximum else { return nil }
      all += part
    }
    return all
  }

  private static func product(_ parts: [[[Term]]?]) -> [[Term]]? {
    var all: [[Term]] = [[]]
    // What can never hold makes the whole so, however many alternatives the rest has.
    if parts.contains(where: { $0?.isEmpty ?? false }) { return [] }
    for part in parts {
      guard let part, all.count * part.count <= maximum else { return nil }
      all = all.flatMap { left in part.map { left + $0 } }
    }
    return all
  }

  /// Whether no event can make it match.
  func isContradictory(in environment: ExpressionEnvironment) -> Bool {
    guard let terms else { return false }
    return terms.allSatisfy { alternative in
      var limits = TermLimits(environment)
      return !alternative.allSatisfy { limits.take($0) }
    }
  }
}

/// What the terms taken so far leave possible for each field.
struct TermLimits {
  /// The values left for a field.
  struct Field {
    /// The values it may have; `nil` for any.
    var values: [ExpressionLiteral]?
    var excluded: [ExpressionLiteral] = []
    var lower: (limit: Double, isStrict: Bool)?
    var upper: (limit: Double, isStrict: Bool)?
    var tests: [(test: ConditionTest, isNegated: Bool)] = []
  }

  private let environment: ExpressionEnvironment
  private var fields: [String: Field] = [:]
  private var others: [ExpressionTree: Bool] = [:]

  init(_ environment: ExpressionEnvironment) { self.environment = environment }

  /// Takes a term; says whether all can still hold together.
  mutating func take(_ term: ConditionAlternatives.Term) -> Bool {
    guard case .test(let field, let test) = ConditionTree(term.tree) else { return takeOther(term) }
    let name = field.path.joined(separator: ".")
    // Of values whose type is not known, `5` and `5.0` may both be equal.
    guard let slot = environment.slot(name),
      [.string, .int, .uint, .double, .bool].contains(environment.variables[slot].type)
    else { return takeOther(term) }
    let type = environment.variables[slot].type
    var limits = fields[name] ?? Field()
    switch test {
    case .isTrue: limits.keep([.bool(!term.isNegated)])
    case .compares(.equal, let literal) where !term.isNegated, .compares(.notEqual, let literal) where term.isNegated:
      limits.keep([literal])
    case .compares(.equal, let literal), .compares(.notEqual, let literal): limits.excluded.append(literal)
    case .isIn(let literals):
      if term.isNegated { limits.excluded += literals } else { limits.keep(literals) }
    case .compares(let comparison, let literal):
      // What is not less need not be greater or equal: NaN is neither.
      guard let limit = literal.value.doubleValue, abs(limit) < 0x1p53, !term.isNegated || type == .int || type == .uint
      else {
        return takeOther(term)
      }
      limits.compare(comparison, limit, isNegated: term.isNegated)
    case .text: limits.tests.append((test, term.isNegated))
    case .includes, .exists: return takeOther(term)
    }
    fields[name] = limits
    return limits.isPossible(isWhole: type == .int || type == .uint) && takeOther(term)
  }

  private mutating func takeOther(_ term: ConditionAlternatives.Term) -> Bool {
    if let known = others[term.tree] { return known == term.isNegated }
    others[term.tree] = term.isNegated
    return true
  }
}

extension TermLimits.Field {
  fileprivate mutating func keep(_ literals: [ExpressionLiteral]) {
    let literals = literals.map(\.withoutSignOfZero)
    values = values.map { known in known.filter { literals.contains($0) } } ?? literals
  }

  fileprivate mutating func compare(_ comparison: ConditionTest.Comparison, _ limit: Double, isNegated: Bool) {
    let isAbove = comparison == .greater || comparison == .greaterOrEqual
    let isStrict = (comparison == .greater || comparison == .less) != isNegated
    if isAbove != isNegated {
      if lower.map({ limit > $0.limit || limit == $0.limit && isStrict }) ?? true { lower = (limit, isStrict) }
    } else if upper.map({ limit < $0.limit || limit == $0.limit && isStrict }) ?? true {
      upper = (limit, isStrict)
    }
  }

  fileprivate func isPossible(isWhole: Bool) -> Bool {
    if let values { return values.contains { admits($0) } }
    if let lower, let upper {
      if isWhole {
        let first = lower.isStrict ? lower.limit.rounded(.down) + 1 : lower.limit.rounded(.up)
        let last = upper.isStrict ? upper.limit.rounded(.up) - 1 : upper.limit.rounded(.down)
        return first <= last
      }
      return lower.limit < upper.limit || lower.limit == upper.limit && !lower.isStrict && !upper.isStrict
    }
    let prefixes = tests.compactMap { test, isNegated -> [UInt8]? in
      if case .text(.startsWith, let text) = test, !isNegated { Array(text.utf8) } else { nil }
    }
    return prefixes.allSatisfy { left in prefixes.allSatisfy { $0.starts(with: left) || left.starts(with: $0) } }
  }

  private func admits(_ literal: ExpressionLiteral) -> Bool {
    if excluded.contains(where: { $0.withoutSignOfZero == literal }) { return false }
    if let number = literal.value.doubleValue {
      if let lower, number < lower.limit || number == lower.limit && lower.isStrict { return false }
      if let upper, number > upper.limit || number == upper.limit && upper.isStrict { return false }
    }
    guard case .string(let text) = literal else { return true }
    return tests.allSatisfy { test, isNegated in
      guard case .text(let kind, let part) = test else { return true }
      let (bytes, sought) = (Array(text.utf8), Array(part.utf8))
      switch kind {
      case .contains: return bytes.holds(sought) != isNegated
      case .startsWith: return bytes.starts(with: sought) != isNegated
      case .endsWith: return bytes.reversed().starts(with: sought.reversed()) != isNegated
      case .matches: return true
      }
    }
  }
}

extension ExpressionLiteral {
  /// Zero and negative zero are equal.
  fileprivate var withoutSignOfZero: ExpressionLiteral { if case .double(0) = self { .double(0) } else { self } }
}

extension [UInt8] {
  fileprivate func holds(_ part: [UInt8]) -> Bool {
    part.isEmpty || indices.contains { self[$0...].starts(with: part) }
  }
}
