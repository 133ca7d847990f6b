import SCRMModel

extension ExplanationProbe {
  /// Why a term stays as it is whatever still happens; `nil` when that is not certain.
  ///
  /// - Parameter changesByItself: when it changes if nothing happens.
  func finality(_ number: Int, changesByItself: Int64?) -> String? {
    if changesByItself != nil { return nil }
    let holds = holds(number)
    switch explainer.tree.terms[number].condition {
    case .measure(let measure, let comparison, let limit):
      return finality(measure, comparison, limit, holds: holds)
    case .sequence(let sequence): return finality(of: sequence.window, holds: holds)
    case .unanswered(let term):
      if case .rolling(let span) = term.window, span <= term.delay {
        return "the window is not longer than the time to answer"
      }
      return finality(of: term.window, holds: holds)
    case .facts(let tree): return facts(tree).isEmpty ? "it names no fact" : nil
    case .expression(let tree):
      let measures = (try? SegmentCondition.measures(in: tree)) ?? []
      let isOver = measures.allSatisfy { opening($0.measure.window) == nil }
      return isOver && facts(tree).isEmpty ? "its range of time is over" : nil
    default: return nil
    }
  }

  /// What only ever begins to hold, and is over with its range.
  private func finality(of window: TimeWindow, holds: Bool) -> String? {
    if opening(window) == nil { return "its range of time is over" }
    return holds && Self.keepsAll(window) ? "what happened stays in its window" : nil
  }

  /// Whether nothing ever leaves a window.
  static func keepsAll(_ window: TimeWindow) -> Bool {
    switch window {
    case .ever, .range: true
    case .rolling, .calendar: false
    }
  }

  private func finality(
    _ measure: Measure, _ comparison: MeasureComparison, _ limit: Value, holds: Bool
  ) -> String? {
    if opening(measure.window) == nil { return "its range of time is over" }
    if measure.function == .lastTime, !holds, case .timestamp(let limit) = limit {
      // Whatever is still to come is later than now.
      let limit = limit.millisecondsSinceEpoch
      let isPast = comparison == .less ? limit <= live.clock &+ 1 : limit <= live.clock
      if isPast, [.less, .lessOrEqual, .equal].contains(comparison) { return "the time it asks for is past" }
    }
    if measure.function == .count || measure.function == .distinct,
      grows(.int(0), comparison, limit, comparison.holds(.int(0), limit))
    {
      return "it is so for every number"
    }
    guard Self.keepsAll(measure.window), let value = value(measure) else { return nil }
    let reason = "what happened stays in its window"
    switch measure.function {
    case .first, .firstTime: return reason
    case .count, .distinct, .maximum, .lastTime: return grows(value, comparison, limit, holds) ? reason : nil
    case .minimum: return grows(value, comparison.mirrored, limit, holds, downwards: true) ? reason : nil
    case .sum: return addsOnly(measure) && grows(value, comparison, limit, holds) ? reason : nil
    case .average, .last: return nil
    }
  }

  /// Whether a comparison of a value that only grows is settled; `downwards` for one that only falls, with the
  /// comparison mirrored.
  private func grows(
    _ value: Value, _ comparison: MeasureComparison, _ limit: Value, _ holds: Bool, downwards: Bool = false
  ) -> Bool {
    let order = (try? value.compare(to: limit)) ?? .unordered
    let isBeyond = order == (downwards ? .ascending : .descending)
    switch comparison {
    case .greater, .greaterOrEqual: return holds
    case .less, .lessOrEqual: return !holds
    case .equal: return !holds && isBeyond
    case .notEqual: return holds && isBeyond
    }
  }

  /// Whether the condition over events lets only numbers from 0 on into a sum.
  private func addsOnly(_ measure: Measure) -> Bool {
    guard let filter = measure.events.filter, let field = measure.field else { return false }
    let parts: [ExpressionTree]
    if case .operation(.and, let operands) = filter.node { parts = operands } else { parts = [filter] }
    return parts.contains { part in
      guard case .operation(let sign, let operands) = part.node, operands.count == 2,
        sign == .greater || sign == .greaterOrEqual, operands[0] == ExpressionTree.name("event").select(field),
        case .literal(let literal) = operands[1].node, let least = literal.value.doubleValue
      else { return false }
      return least >= 0
    }
  }
}
