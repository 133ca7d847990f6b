import SCRMExpressions
import SCRMModel
import StateCoding

/// Compiles rules and journeys in the vocabulary of a book.
struct RuleCompiler {
  let vocabulary: RuleVocabulary
  let closures: [String: RuleBook.Closure]

  var environment: ExpressionEnvironment { vocabulary.environment }

  func rule(_ definition: RuleDefinition) throws(RuleFault) -> CompiledRule {
    let condition = try condition(definition.condition, of: definition.name, part: "when")
    var fields: [String: FactPath] = [:]
    for (place, action) in definition.actions.enumerated() {
      try take(action, of: definition.name, part: "then[\(place)]", into: &fields)
    }
    for (place, stratum) in (definition.control?.strata ?? []).enumerated() {
      fields[stratum] = try path(stratum, of: definition.name, part: "control.strata[\(place)]")
    }
    if let keywords = definition.keywords {
      guard definition.pattern == nil, definition.tally == nil, definition.isOfInteractions else {
        throw RuleFault(
          .keywords, rule: definition.name, part: "keywords", "expected interactions alone in on, and no pattern")
      }
      do throws(SCRMError) { try KeywordIndex.check(keywords) } catch {
        throw RuleFault(.keywords, rule: definition.name, part: "keywords", "\(error.subject): \(error.reason)")
      }
    }
    let pattern = try pattern(of: definition)
    var used = Set(slots([condition] + (pattern?.conditions ?? []), fields))
    if case .sum(let text)? = definition.tally?.measure { used.formUnion(slots(of: text)) }
    if case .distinct(let text)? = definition.tally?.measure { used.formUnion(slots(of: text)) }
    return CompiledRule(
      definition: definition, hash: nameHash(definition.name), condition: condition, fields: fields,
      slots: used.sorted(), pattern: pattern)
  }

  private func pattern(of rule: RuleDefinition) throws(RuleFault) -> CompiledPattern? {
    guard rule.pattern != nil || rule.tally != nil else { return nil }
    let part = rule.pattern != nil ? "pattern" : "tally"
    guard rule.pattern == nil || rule.tally == nil else {
      throw RuleFault(.pattern, rule: rule.name, part: "tally", "expected a pattern or a tally, not both")
    }
    for (place, trigger) in rule.triggers.enumerated() {
      guard case .interaction = trigger else {
        throw RuleFault(
          .pattern, rule: rule.name, part: "on[\(place)]", "expected a kind of interactions, as a \(part) is of these")
      }
    }
    let follower: PatternFollower
    var conditions: [CompiledCondition] = []
    do throws(SCRMError) {
      // Closures are those of the book, which the book asks itself before it shows an event.
      let answers = { [closures] (name: String) -> PatternMatcher.Closure? in
        closures[name] == nil ? nil : { @Sendable _ in true }
      }
      if let pattern = rule.pattern {
        follower = .pattern(
          try PatternMatcher(pattern, environment, closures: answers), timeouts: rule.looksAtTimeouts)
      } else if let tally = rule.tally {
        follower = .tally(try TallyMatcher(tally, environment, closures: answers))
      } else {
        return nil
      }
    } catch { throw RuleFault(.pattern, rule: rule.name, part: part, error.reason) }
    switch follower {
    case .pattern(let matcher, _):
      for condition in matcher.conditions {
        conditions.append(try self.condition(condition, of: rule.name, part: part))
      }
    case .tally(let matcher):
      conditions.append(try condition(matcher.tally.condition, of: rule.name, part: part + ".where"))
    }
    let beginsWaiting =
      switch rule.pattern?.steps.first?.kind {
      case .all?, .any?: true
      default: false
      }
    return CompiledPattern(
      follower: follower, conditions: conditions, key: try key(follower.key, of: rule.name, part: part + ".key"),
      beginsWaiting: beginsWaiting)
  }

  /// What a pattern is kept for: a thread and a value can be told before anything is known about the person.
  private func key(
    _ key: EventPattern.Key, of rule: String, part: String
  ) throws(RuleFault) -> CompiledPattern.Key {
    switch key {
    case .person: return .person
    case .thread: return .thread
    case .fact(let name):
      let path = try path(name, of: rule, part: part)
      guard vocabulary.isOfInteraction(path) else {
        throw RuleFault(
          .pattern, rule: rule, part: part,
          "expected a fact of the interaction, of event, property, campaign or case, found \(name)")
      }
      return .fact(path)
    }
  }

  private func slots(of text: String) -> Set<Int> {
    (try? environment.compile(text))?.tree.slots(in: environment) ?? []
  }

  func journey(_ definition: JourneyDefinition) throws(RuleFault) -> CompiledJourney {
    let name = definition.name
    try definition.check()
    var all: [CompiledCondition] = []
    func compiled(_ condition: RuleCondition?, _ part: String) throws(RuleFault) -> CompiledCondition? {
      guard let condition else { return nil }
      let compiled = try self.condition(condition, of: name, part: part)
      all.append(compiled)
      return compiled
    }
    let goal = try compiled(definition.goal, "goal")
    let exit = try compiled(definition.exit, "exit")
    var conditions: [[CompiledCondition]] = []
    var rules: [CompiledRule?] = []
    var slots = Set<Int>()
    for (place, step) in definition.steps.enumerated() {
      let part = "steps[\(place)]"
      var own: [CompiledCondition] = []
      var rule: CompiledRule?
      switch step.kind {
      case .act(let actions):
        let definition = RuleDefinition(
          name, version: definition.version, then: actions, tags: definition.tags, purpose: definition.purpose,
          isTransactional: definition.isTransactional)
        rule = try self.rule(definition)
        slots.formUnion(rule?.slots ?? [])
      case .wait: break
      case .await(let condition, _, _): if let one = try compiled(condition, part + ".until") { own.append(one) }
      case .branch(let branches, _):
        for (number, branch) in branches.enumerated() {
          if let one = try compiled(branch.condition, part + ".if[\(number)].when") { own.append(one) }
        }
      }
      conditions.append(own)
      rules.append(rule)
    }
    slots.formUnion(self.slots(all, [:]))
    return CompiledJourney(
      definition: definition, hash: nameHash(name), goal: goal, exit: exit, conditions: conditions,
      slots: slots.sorted(), rules: rules)
  }

  func condition(_ condition: RuleCondition, of rule: String, part: String) throws(RuleFault) -> CompiledCondition {
    if case .closure(let name) = condition {
      guard let closure = closures[name] else {
        throw RuleFault(.unknownClosure, rule: rule, part: part, "no closure \(name) is registered")
      }
      return .closure(closure)
    }
    let program: ExpressionProgram
    do throws(ExpressionError) {
      switch condition {
      case .always, .closure: return .always
      case .text(let text): program = try environment.compile(text)
      case .tree(let tree): program = try environment.compile(tree.tree)
      }
    } catch { throw RuleFault(.condition, rule: rule, part: part, error.description) }
    guard program.resultType == .bool else {
      throw RuleFault(.condition, rule: rule, part: part, "expected a truth value, found \(program.resultType)")
    }
    return .program(program)
  }

  private func take(
    _ action: RuleAction, of rule: String, part: String, into fields: inout [String: FactPath]
  ) throws(RuleFault) {
    if let fault = action.fault() {
      throw RuleFault(.action, rule: rule, part: "\(part).with.\(fault.parameter)", fault.reason)
    }
    for (name, parameter) in action.parameters {
      let part = "\(part).with.\(name)"
      switch parameter {
      case .template(let template):
        for field in template.fields { fields[field] = try path(field, of: rule, part: part) }
      case .field(let field, _): fields[field] = try path(field, of: rule, part: part)
      case .value: break
      }
    }
  }

  private func path(_ name: String, of rule: String, part: String) throws(RuleFault) -> FactPath {
    guard let path = FactPath(name, in: environment) else {
      throw RuleFault(.unknownFact, rule: rule, part: part, "\(name) is not declared")
    }
    return path
  }

  private func slots(_ conditions: [CompiledCondition], _ fields: [String: FactPath]) -> [Int] {
    var slots = Set(fields.values.map(\.slot))
    for condition in conditions { slots.formUnion(condition.program?.tree.slots(in: environment) ?? []) }
    return slots.sorted()
  }
}

extension JourneyDefinition {
  /// Refuses steps that do not fit together.
  func check() throws(RuleFault) {
    func fault(_ part: String, _ reason: String) -> RuleFault { RuleFault(.journey, rule: name, part: part, reason) }
    guard !steps.isEmpty else { throw fault("steps", "expected at least one step") }
    guard steps.count <= 256 else { throw fault("steps", "expected at most 256 steps") }
    for (place, step) in steps.enumerated() {
      guard !step.name.isEmpty, !step.name.sameBytes(as: JourneyStep.end),
        !steps[..<place].contains(where: { $0.name.sameBytes(as: step.name) })
      else { throw fault("steps[\(place)].name", "expected a name of its own that is not end") }
      for case let target? in step.targets
      where !target.sameBytes(as: JourneyStep.end) && !steps.contains(where: { $0.name.sameBytes(as: target) }) {
        throw fault("steps[\(place)]", "there is no step \(target)")
      }
    }
    // Without a pause on the way, a person would go round for ever.
    for start in steps.indices where !steps[start].isPause {
      var pending = followers(start)
      var seen = Set<Int>()
      while let place = pending.popLast() {
        if place == start { throw fault("steps[\(start)]", "\(steps[start].name) leads back to itself without a wait") }
        if !steps[place].isPause, seen.insert(place).inserted { pending += followers(place) }
      }
    }
  }

  func followers(_ place: Int) -> [Int] {
    steps[place].targets.compactMap { target in
      guard let target else { return place + 1 < steps.count ? place + 1 : nil }
      return steps.firstIndex { $0.name.sameBytes(as: target) }
    }
  }
}
