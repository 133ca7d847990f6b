import EventTime
import SCRMModel

/// Numbers the conditions of a pattern, equal ones alike, and writes the pattern in numbers.
struct PatternNumbering {
  private(set) var conditions: [RuleCondition] = []

  mutating func definition(of pattern: EventPattern) throws(PatternError) -> PatternDefinition {
    var steps: [PatternStep] = []
    for step in pattern.steps { steps.append(numbered(step)) }
    guard conditions.count <= 64 else {
      throw PatternError(reason: "expected at most 64 different conditions, got \(conditions.count)")
    }
    return PatternDefinition(
      steps: steps, window: pattern.window.map { PatternTime.microseconds($0) }, skip: pattern.skip.internalForm)
  }

  private mutating func number(_ condition: RuleCondition) -> Int {
    if let known = conditions.firstIndex(of: condition) { return known }
    conditions.append(condition)
    return conditions.count - 1
  }

  private mutating func numbered(_ step: EventPattern.Step) -> PatternStep {
    var result: PatternStep
    switch step.kind {
    case .takes(let condition, let contiguity):
      result = PatternStep(step.name, number(condition), contiguity: contiguity.internalForm)
    case .notNext(let condition): result = PatternStep(step.name, number(condition), kind: .notNext)
    case .notFollowedBy(let condition): result = PatternStep(step.name, number(condition), kind: .notFollowedBy)
    case .all(let parts): result = PatternStep(step.name, PatternGate(.all, parts.map { part($0) }))
    case .any(let parts): result = PatternStep(step.name, PatternGate(.any, parts.map { part($0) }))
    }
    result.minimum = step.minimum
    result.maximum = step.maximum
    result.inner = step.inner.internalForm
    result.isOptional = step.isOptional
    result.isGreedy = step.isGreedy
    result.until = step.until.map { number($0) }
    return result
  }

  private mutating func part(_ part: EventPattern.Part) -> PatternGate.Part {
    switch part {
    case .event(let name, let condition): .event(name: name, condition: number(condition))
    case .absence(let condition, let span):
      .absence(condition: number(condition), duration: span.map { PatternTime.microseconds($0) })
    }
  }
}

extension EventPattern.Contiguity {
  fileprivate var internalForm: PatternStep.Contiguity {
    switch self {
    case .strict: .strict
    case .relaxed: .relaxed
    case .any: .any
    }
  }
}

extension EventPattern.Skip {
  fileprivate var internalForm: PatternSkip {
    switch self {
    case .noSkip: .noSkip
    case .skipToNext: .skipToNext
    case .skipPastLastEvent: .skipPastLastEvent
    case .skipToFirst(let step): .skipToFirst(step)
    case .skipToLast(let step): .skipToLast(step)
    }
  }
}
