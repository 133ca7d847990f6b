import SCRMModel

/// Writes behaviour terms as syntax trees, the way ``BehaviourReader`` reads them.
enum BehaviourWriter {
  static func tree(_ measure: Measure) -> ExpressionTree {
    var arguments = [kinds(measure.events)]
    if let field = measure.field { arguments.append(ExpressionTree.name("event").select(field)) }
    arguments.append(tree(measure.window))
    if let filter = measure.events.filter { arguments.append(filter) }
    return ExpressionTree(.call(measure.function.rawValue, target: nil, arguments: arguments))
  }

  static func tree(_ sequence: EventSequence) -> ExpressionTree {
    let steps = ExpressionTree(.list(sequence.steps.map { ExpressionTree.Element(pattern($0)) }))
    var arguments = [steps, tree(sequence.window)]
    if let gap = sequence.gap { arguments.append(span(gap)) }
    return ExpressionTree(.call("sequence", target: nil, arguments: arguments))
  }

  static func tree(_ term: UnansweredEvent) -> ExpressionTree {
    .call("unanswered", pattern(term.events), pattern(term.answer), span(term.delay), tree(term.window))
  }

  static func tree(_ window: TimeWindow) -> ExpressionTree {
    switch window {
    case .rolling(let milliseconds): return span(milliseconds)
    case .calendar(let unit, let zone):
      let name =
        switch unit {
        case .day: "today"
        case .week: "thisWeek"
        case .month: "thisMonth"
        case .year: "thisYear"
        }
      return .call(name, text(zone))
    case .range(let from, let until): return .call("between", instant(from), instant(until))
    case .ever: return .call("ever")
    }
  }

  static func constant(_ value: Value) -> ExpressionTree {
    switch value {
    case .timestamp(let instant): .call("timestamp", text("\(instant.inUTC)"))
    case .duration(let span): .call("duration", text(span.secondsText))
    default: .literal(ExpressionLiteral(value) ?? .null)
    }
  }

  private static func pattern(_ pattern: EventSelection) -> ExpressionTree {
    guard let filter = pattern.filter else { return kinds(pattern) }
    return .call("event", kinds(pattern), filter)
  }

  private static func kinds(_ pattern: EventSelection) -> ExpressionTree {
    switch pattern.kinds.count {
    case 0: text("*")
    case 1: text(pattern.kinds[0].rawValue)
    default: ExpressionTree(.list(pattern.kinds.map { ExpressionTree.Element(text($0.rawValue)) }))
    }
  }

  private static func span(_ milliseconds: Int64) -> ExpressionTree {
    for (name, unit) in [("days", Int64(86_400_000)), ("hours", 3_600_000), ("minutes", 60_000)]
    where milliseconds % unit == 0 && milliseconds != 0 {
      return .call(name, .literal(.int(milliseconds / unit)))
    }
    return .call("within", .call("duration", text(Duration.milliseconds(milliseconds).secondsText)))
  }

  private static func instant(_ milliseconds: Int64) -> ExpressionTree {
    let limits = Instant.distantPast.millisecondsSinceEpoch...Instant.distantFuture.millisecondsSinceEpoch
    let instant = Instant(millisecondsSinceEpoch: min(max(milliseconds, limits.lowerBound), limits.upperBound))
    return constant(.timestamp(instant ?? .epoch))
  }

  private static func text(_ text: String) -> ExpressionTree { .literal(.string(text)) }
}
