extension PatternDefinition {
  /// Checks what a pattern must keep to.
  func check() throws(PatternError) {
    guard let first = steps.first, first.kind == .takes || first.kind == .waits else {
      throw PatternError(step: steps.first?.name, reason: "expected a first step that takes events or waits")
    }
    guard steps.count <= PatternAutomaton.maximumStepCount else {
      throw PatternError(reason: "expected at most \(PatternAutomaton.maximumStepCount) steps")
    }
    guard window.map({ $0 >= 0 }) ?? true else { throw PatternError(reason: "expected a window that is not negative") }
    var names: [[UInt8]] = []
    for step in steps {
      let name = Array(step.name.utf8)
      guard !names.contains(name) else { throw PatternError(step: step.name, reason: "expected a name of its own") }
      names.append(name)
      try check(step)
    }
    for (before, step) in zip(steps, steps.dropFirst()) { try check(step, after: before) }
    guard let last = steps.last, last.kind != .notNext, last.kind != .notFollowedBy || window != nil else {
      throw PatternError(step: steps.last?.name, reason: "expected a window when a negation ends the pattern")
    }
    if steps.first(where: { !$0.isOptional })?.kind == .waits, first.kind != .waits {
      throw PatternError(step: first.name, reason: "expected a step that must occur, as one that waits follows")
    }
    for case .skipToFirst(let name) in [skip] { try checkSkip(to: name) }
    for case .skipToLast(let name) in [skip] { try checkSkip(to: name) }
  }

  private func check(_ step: PatternStep) throws(PatternError) {
    if let gate = step.gate { try check(gate, of: step.name) }
    for number in [step.condition, step.until ?? 0] { try checkPredicate(number, step.name) }
    guard step.minimum >= 1, (step.maximum ?? .max) >= step.minimum else {
      throw PatternError(step: step.name, reason: "expected 1 ≤ minimum ≤ maximum")
    }
    let isPlain =
      step.minimum == 1 && step.maximum == 1 && !step.isOptional && !step.isGreedy && step.until == nil
    guard step.kind == .takes || isPlain else {
      throw PatternError(step: step.name, reason: "expected no count, option or end condition on a negation or wait")
    }
  }

  private func check(_ gate: PatternGate, of name: String) throws(PatternError) {
    guard (1...PatternGate.maximumPartCount).contains(gate.parts.count) else {
      throw PatternError(step: name, reason: "expected 1 to \(PatternGate.maximumPartCount) parts")
    }
    let hasEvent = gate.parts.contains { if case .event = $0 { true } else { false } }
    for part in gate.parts {
      switch part {
      case .event(_, let condition): try checkPredicate(condition, name)
      case .absence(let condition, let duration):
        try checkPredicate(condition, name)
        guard duration.map({ $0 > 0 }) ?? (gate.combination == .all && hasEvent) else {
          throw PatternError(step: name, reason: "expected an absence for a time, or together with an event")
        }
      }
    }
  }

  private func check(_ step: PatternStep, after before: PatternStep) throws(PatternError) {
    if before.kind != .takes, before.kind != .waits, step.isOptional || step.kind == .waits {
      throw PatternError(step: step.name, reason: "expected a step that must take an event after a negation")
    }
    if step.kind == .waits, before.isGreedy || before.until != nil {
      throw PatternError(step: before.name, reason: "expected no greedy or ended step before one that waits")
    }
    if before.kind == .waits, step.kind == .notNext || step.kind == .takes && step.contiguity == .strict {
      throw PatternError(step: step.name, reason: "expected followedBy after a step that waits")
    }
  }

  private func checkPredicate(_ number: Int, _ name: String) throws(PatternError) {
    guard (0..<64).contains(number) else {
      throw PatternError(step: name, reason: "expected predicates numbered 0 to 63, got \(number)")
    }
  }

  private func checkSkip(to name: String) throws(PatternError) {
    guard steps.contains(where: { $0.name.utf8.elementsEqual(name.utf8) && $0.kind == .takes }) else {
      throw PatternError(step: name, reason: "expected the skip strategy to name a step that takes events")
    }
  }
}
