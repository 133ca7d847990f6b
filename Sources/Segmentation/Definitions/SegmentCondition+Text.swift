public import SCRMModel

extension SegmentCondition {
  /// Reads a condition from text of the language with behaviour functions.
  ///
  /// O(n) in the bytes. Facts and fields are checked when the condition becomes part of a ``SegmentCatalogue``.
  /// - Throws: `SegmentError` with the place of what is wrong.
  public init(parsing text: String) throws(SegmentError) {
    let tree: ExpressionTree
    do { tree = try ExpressionTree(parsing: text) } catch { throw SegmentError(.expression, error.description) }
    try self.init(tree)
  }

  /// Makes a condition of a syntax tree.
  ///
  /// `&&`, `||` and `!` are taken apart; a comparison of a behaviour function with a constant becomes a ``Measure``, a
  /// behaviour function of another form its own term, and what else holds behaviour functions an expression.
  /// - Throws: `SegmentError` for a behaviour function with other arguments than it takes.
  public init(_ tree: ExpressionTree) throws(SegmentError) {
    guard BehaviourReader.isBehaviour(tree) else {
      self = Self.split(tree)
      return
    }
    switch tree.node {
    case .operation(.and, let operands): self = .all(try operands.map(Self.make))
    case .operation(.or, let operands): self = .any(try operands.map(Self.make))
    case .operation(.not, let operands): self = .not(try Self.make(operands.first ?? tree))
    case .operation(let sign, let operands) where operands.count == 2:
      let comparison = try Self.comparison(sign, operands[0], operands[1])
      if let comparison { self = comparison } else { self = try Self.mixed(tree) }
    default:
      let term = try Self.term(tree)
      if let term { self = term } else { self = try Self.mixed(tree) }
    }
  }

  /// The condition as a syntax tree; reading it gives the same condition.
  public var tree: ExpressionTree {
    switch self {
    case .constant(let value): .literal(.bool(value))
    case .all(let parts): Self.joined(.and, parts)
    case .any(let parts): Self.joined(.or, parts)
    case .not(let part): .operation(.not, part.tree)
    case .facts(let tree), .expression(let tree): tree
    case .measure(let measure, let comparison, let value):
      .operation(comparison.sign, BehaviourWriter.tree(measure), BehaviourWriter.constant(value))
    case .sequence(let sequence): BehaviourWriter.tree(sequence)
    case .unanswered(let term): BehaviourWriter.tree(term)
    case .segment(let name): .call("segment", .literal(.string(name.rawValue)))
    case .snapshot(let name): .call("snapshot", .literal(.string(name.rawValue)))
    }
  }

  /// The condition as text of the language, on one line.
  public var text: String { tree.text }

  /// Takes a condition over facts apart at `&&`, `||` and `!`.
  static func split(_ tree: ExpressionTree) -> SegmentCondition {
    switch tree.node {
    case .literal(.bool(let value)): .constant(value)
    case .operation(.and, let operands): .all(operands.map(split))
    case .operation(.or, let operands): .any(operands.map(split))
    case .operation(.not, let operands): .not(split(operands.first ?? tree))
    default: .facts(tree)
    }
  }

  private static func make(_ tree: ExpressionTree) throws(SegmentError) -> SegmentCondition {
    try SegmentCondition(tree)
  }

  private static func joined(_ sign: ExpressionOperator, _ parts: [SegmentCondition]) -> ExpressionTree {
    switch parts.count {
    case 0: .literal(.bool(sign == .and))
    case 1: parts[0].tree
    default: ExpressionTree(.operation(sign, parts.map(\.tree)))
    }
  }

  private static func comparison(
    _ sign: ExpressionOperator, _ left: ExpressionTree, _ right: ExpressionTree
  ) throws(SegmentError) -> SegmentCondition? {
    guard let comparison = MeasureComparison(rawValue: sign.rawValue) else { return nil }
    if let (name, arguments) = BehaviourReader.function(left), name == "recency" {
      return try recency(arguments, comparison, right)
    }
    if let measure = try BehaviourReader.measure(left), let value = BehaviourReader.constant(right) {
      return measure.compared(comparison, value)
    }
    if let measure = try BehaviourReader.measure(right), let value = BehaviourReader.constant(left) {
      return measure.compared(comparison.mirrored, value)
    }
    return nil
  }

  /// How long ago something was last done: `recency('login') < days(7)` is a count above zero, `>=` is *ever, but not in*.
  private static func recency(
    _ arguments: [ExpressionTree], _ comparison: MeasureComparison, _ right: ExpressionTree
  ) throws(SegmentError) -> SegmentCondition {
    guard arguments.count == 1, comparison == .less || comparison == .greaterOrEqual else {
      throw SegmentError(.arguments, "expected recency(kinds) < span or recency(kinds) >= span")
    }
    let events = try BehaviourReader.pattern(arguments[0])
    let recent = Measure.count(events, in: .last(try BehaviourReader.span(right)))
    return comparison == .less ? recent >= 1 : Measure.count(events, in: .ever) >= 1 && recent == 0
  }

  private static func term(_ tree: ExpressionTree) throws(SegmentError) -> SegmentCondition? {
    guard let (name, arguments) = BehaviourReader.function(tree) else { return nil }
    switch (name, arguments.count) {
    case ("did", 2):
      return Measure.count(try BehaviourReader.pattern(arguments[0]), in: try BehaviourReader.window(arguments[1])) >= 1
    case ("didNot", 3):
      return .didNot(
        try BehaviourReader.pattern(arguments[0]), in: try BehaviourReader.window(arguments[1]),
        among: try make(arguments[2]))
    case ("sequence", 2), ("sequence", 3):
      guard case .list(let elements) = arguments[0].node else { break }
      let steps = try elements.map { element throws(SegmentError) in try BehaviourReader.pattern(element.value) }
      let gap = try arguments.dropFirst(2).map { tree throws(SegmentError) in try BehaviourReader.span(tree) }.first
      return .sequence(EventSequence(steps, in: try BehaviourReader.window(arguments[1]), gap: gap))
    case ("unanswered", 4):
      return .unanswered(
        UnansweredEvent(
          try BehaviourReader.pattern(arguments[0]), by: try BehaviourReader.pattern(arguments[1]),
          within: try BehaviourReader.span(arguments[2]), in: try BehaviourReader.window(arguments[3])))
    case ("segment", 1): return .segment(SegmentName(try BehaviourReader.text(arguments[0])))
    case ("snapshot", 1): return .snapshot(SegmentName(try BehaviourReader.text(arguments[0])))
    default: break
    }
    guard let form = forms[name] else { return nil }
    throw SegmentError(.arguments, "expected \(form), found \(tree.text)")
  }

  private static let forms = [
    "did": "did(kinds, window)", "didNot": "didNot(kinds, window, population)",
    "sequence": "sequence([kinds, kinds], window) and perhaps a gap",
    "unanswered": "unanswered(kinds, answer, span, window)", "segment": "segment('name')",
    "snapshot": "snapshot('name')", "recency": "recency(kinds) < span or recency(kinds) >= span",
  ]

  /// Behaviour functions among other operations: only measures may stand there.
  private static func mixed(_ tree: ExpressionTree) throws(SegmentError) -> SegmentCondition {
    _ = try measures(in: tree)
    return .expression(tree)
  }

  /// The measures of an expression with the trees that call them, in the order of the text.
  static func measures(in tree: ExpressionTree) throws(SegmentError) -> [(tree: ExpressionTree, measure: Measure)] {
    if let measure = try BehaviourReader.measure(tree) { return [(tree, measure)] }
    if let (name, _) = BehaviourReader.function(tree) {
      throw SegmentError(.arguments, "\(name) is a condition and cannot stand inside another expression: \(tree.text)")
    }
    var found: [(tree: ExpressionTree, measure: Measure)] = []
    for child in tree.children { found += try measures(in: child) }
    return found
  }
}

extension SegmentCondition: CustomStringConvertible {
  /// The text.
  public var description: String { text }
}
