import SCRMModel

/// Reads behaviour functions from the syntax tree of a condition.
enum BehaviourReader {
  /// The functions that give a value.
  static let measures: [String: Measure.Function] = [
    "count": .count, "sum": .sum, "average": .average, "minimum": .minimum, "maximum": .maximum,
    "distinct": .distinct, "first": .first, "last": .last, "firstTime": .firstTime, "lastTime": .lastTime,
  ]
  /// The functions that give a truth value.
  static let conditions: Set<String> = ["did", "didNot", "sequence", "unanswered", "segment", "snapshot", "recency"]

  /// The name of the behaviour function a tree calls, if it calls one.
  static func function(_ tree: ExpressionTree) -> (name: String, arguments: [ExpressionTree])? {
    guard case .call(let name, nil, let arguments) = tree.node, measures[name] != nil || conditions.contains(name)
    else { return nil }
    return (name, arguments)
  }

  /// Whether a behaviour function is called anywhere in a tree.
  static func isBehaviour(_ tree: ExpressionTree) -> Bool {
    function(tree) != nil || tree.children.contains(where: isBehaviour)
  }

  /// The measure a tree calls; `nil` when it calls none.
  static func measure(_ tree: ExpressionTree) throws(SegmentError) -> Measure? {
    guard let (name, arguments) = function(tree), let function = measures[name] else { return nil }
    let form =
      function.readsField
      ? "\(name)(kinds, event.field, window) and perhaps a condition over event"
      : "\(name)(kinds, window) and perhaps a condition over event"
    let fixed = function.readsField ? 3 : 2
    guard arguments.count == fixed || arguments.count == fixed + 1 else {
      throw SegmentError(.arguments, "expected \(form), found \(arguments.count) arguments")
    }
    var field: String?
    if function.readsField {
      guard case .select(let event, let name, false) = arguments[1].node, case .name("event") = event.node else {
        throw SegmentError(.arguments, "expected a field such as event.amount in \(form), found \(arguments[1].text)")
      }
      field = name
    }
    let filter = arguments.count > fixed ? arguments[fixed] : nil
    return Measure(
      function, of: EventSelection(try kinds(arguments[0]), where: filter), field: field,
      in: try window(arguments[fixed - 1]))
  }

  /// `'purchase'`, `['like', 'share']`, or `'*'` for every kind.
  static func kinds(_ tree: ExpressionTree) throws(SegmentError) -> [InteractionKind] {
    switch tree.node {
    case .literal(.string("*")): return []
    case .literal(.string(let kind)) where !kind.isEmpty: return [InteractionKind(kind)]
    case .list(let elements) where !elements.isEmpty:
      var kinds: [InteractionKind] = []
      for element in elements {
        guard case .literal(.string(let kind)) = element.value.node, !element.isOptional, !kind.isEmpty else {
          throw SegmentError(.arguments, "expected the name of a kind, found \(element.value.text)")
        }
        kinds.append(InteractionKind(kind))
      }
      return kinds
    default:
      throw SegmentError(.arguments, "expected kinds such as 'purchase' or ['like', 'share'], found \(tree.text)")
    }
  }

  /// A kind, kinds, or `event(kinds, condition)`.
  static func pattern(_ tree: ExpressionTree) throws(SegmentError) -> EventSelection {
    if case .call("event", nil, let arguments) = tree.node, arguments.count == 2 {
      return EventSelection(try kinds(arguments[0]), where: arguments[1])
    }
    return EventSelection(try kinds(tree))
  }

  /// `days(30)`, `hours(6)`, `minutes(5)`, `within(duration('90s'))`, `today('UTC')`, `thisWeek`, `thisMonth`, `thisYear`,
  /// `between(timestamp('…'), timestamp('…'))`, `ever()`.
  static func window(_ tree: ExpressionTree) throws(SegmentError) -> TimeWindow {
    if case .call(let name, nil, let arguments) = tree.node {
      switch (name, arguments.count) {
      case ("ever", 0): return .ever
      case ("between", 2): return .between(try instant(arguments[0]), try instant(arguments[1]))
      case ("today", 1): return .today(try text(arguments[0]))
      case ("thisWeek", 1): return .thisWeek(try text(arguments[0]))
      case ("thisMonth", 1): return .thisMonth(try text(arguments[0]))
      case ("thisYear", 1): return .thisYear(try text(arguments[0]))
      case ("days", 1), ("hours", 1), ("minutes", 1), ("within", 1): return .last(try span(tree))
      default: break
      }
    }
    throw SegmentError(
      .arguments, "expected a window such as days(30), today('UTC') or ever(), found \(tree.text)")
  }

  /// A span of time: `days(1)`, `hours(1)`, `minutes(1)`, `within(duration('90s'))` or `duration('90s')`.
  static func span(_ tree: ExpressionTree) throws(SegmentError) -> Duration {
    if case .call(let name, nil, let arguments) = tree.node, arguments.count == 1 {
      if case .literal(.int(let count)) = arguments[0].node, let count = Int(exactly: count) {
        switch name {
        case "days": return .days(count)
        case "hours": return .hours(count)
        case "minutes": return .minutes(count)
        default: break
        }
      }
      if name == "within" { return try span(arguments[0]) }
      if name == "duration", case .duration(let span)? = constant(tree) { return span }
    }
    throw SegmentError(.arguments, "expected a span such as days(1) or duration('90m'), found \(tree.text)")
  }

  static func text(_ tree: ExpressionTree) throws(SegmentError) -> String {
    guard case .literal(.string(let text)) = tree.node else {
      throw SegmentError(.arguments, "expected a text, found \(tree.text)")
    }
    return text
  }

  private static func instant(_ tree: ExpressionTree) throws(SegmentError) -> Instant {
    guard case .timestamp(let instant)? = constant(tree) else {
      throw SegmentError(.arguments, "expected a time such as timestamp('2025-01-01T00:00:00Z'), found \(tree.text)")
    }
    return instant
  }

  /// The value of a literal, of `timestamp('…')` or of `duration('…')`; `nil` for what is no constant.
  static func constant(_ tree: ExpressionTree) -> Value? {
    switch tree.node {
    case .literal(let literal): return literal.value
    case .operation(.negate, _), .call("timestamp", nil, _), .call("duration", nil, _):
      let environment = ExpressionEnvironment()
      guard let program = try? environment.compile(tree) else { return nil }
      return try? program.evaluate(ExpressionActivation(environment))
    default: return nil
    }
  }
}
