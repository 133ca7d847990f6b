public import SCRMExpressions
public import SCRMModel

/// Why a rule proposes something for an occurrence, or why it does not.
public struct RuleExplanation: Sendable, Hashable {
  /// What the rule comes to.
  public enum Conclusion: Sendable, Hashable {
    /// It proposes something, or matches and has nothing to propose.
    case acts
    /// Its condition holds and all it would propose is held back.
    case suppressed(ProposedAction.Suppression)
    /// It says nothing.
    case silent(Silence)
  }

  /// What keeps a rule silent.
  public enum Silence: Sendable, Hashable {
    /// Nothing of what happened makes it look.
    case notTriggered
    /// It does not count at the time.
    case notValid
    /// It does not look at what someone in this role does.
    case cause(ActorRole)
    /// Its text does not hold the words it needs, as a sentence.
    case keywords(String)
    /// Its pattern or tally is not complete: how far it has come, a line for each course.
    case pattern([String])
    /// Its condition does not hold.
    case condition
    /// Its condition depends on what is missing: the paths.
    case missing([String])
    /// Its condition failed.
    case failed(ExpressionEvaluationError)
    /// The rule named acted in its exclusive group, or let none come after it.
    case passedOver(by: String)
  }

  /// The rule.
  public let rule: String
  /// Its version.
  public let version: Int
  /// What it comes to.
  public let conclusion: Conclusion
  /// The terms of its condition that decided, with the values they saw; `nil` when the condition is a closure, holds always,
  /// or was not looked at.
  public let condition: ExpressionExplanation?
  /// What a closure said.
  public let judgement: Judgement?
  /// What it proposes, suppressed proposals included.
  public let actions: [ProposedAction]

  /// The explanation as lines: the conclusion, the terms with their values, then what guards said.
  ///
  /// Holds personal data when the values do.
  public var lines: [String] {
    var lines = ["\(rule) version \(version) \(conclusion.text)"]
    if case .silent(.pattern(let courses)) = conclusion { lines += courses.map { "- " + $0 } }
    for reason in condition?.reasons ?? [] { lines.append("- " + reason.line) }
    for evidence in judgement?.evidence ?? [] { lines.append("- " + evidence.fact) }
    for action in actions {
      if case .suppressed(let reason) = action.disposition {
        lines.append("- \(action.kind) is held back: \(reason.rawValue)")
      } else {
        lines.append("- \(action.kind) is proposed")
      }
      let known = condition?.reasons.map(\.text) ?? []
      for evidence in action.explanation.evidence where !known.contains(where: { evidence.fact.hasPrefix($0 + " is ") })
      {
        lines.append("  - " + evidence.fact)
      }
      if let otherwise = action.explanation.otherwise { lines.append("  - otherwise: " + otherwise) }
    }
    return lines
  }
}

extension RuleExplanation.Conclusion {
  /// The conclusion in words.
  public var text: String {
    switch self {
    case .acts: "acts"
    case .suppressed(let reason): "is held back: \(reason.rawValue)"
    case .silent(.notTriggered): "does not look: nothing that happened is a trigger of it"
    case .silent(.notValid): "does not count at this time"
    case .silent(.cause(let role)): "does not look at what \(role.rawValue) does"
    case .silent(.keywords(let needed)): "is silent: it needs \(needed)"
    case .silent(.pattern): "is silent: what it waits for is not complete"
    case .silent(.condition): "is silent: its condition does not hold"
    case .silent(.missing(let paths)): "is silent: \(paths.joined(separator: ", ")) is missing"
    case .silent(.failed(let error)): "is silent: its condition failed, \(error.reason)"
    case .silent(.passedOver(let rule)): "is passed over: \(rule) acted"
    }
  }
}

extension RuleBook {
  /// Why a rule proposes something, or why it does not: what stopped it, with the terms and their values.
  ///
  /// For tests, editors and support; nothing is remembered.
  /// - Returns: the explanation; `nil` when no rule has the name.
  /// - Complexity: that of an evaluation of the occurrence.
  public func explain(
    _ name: String, _ occurrence: RuleOccurrence, memory: RuleMemory = RuleMemory(),
    shared: SharedRuleMemory = SharedRuleMemory()
  ) -> RuleExplanation? {
    guard let rule = compiled(name) else { return nil }
    var scratch = RuleScratch(self)
    vocabulary.fill(&scratch.activation, rule.slots, with: occurrence)
    let condition = rule.condition.program?.explain(scratch.activation)
    var judgement: Judgement?
    if case .closure(let closure) = rule.condition { judgement = closure(occurrence) }
    func explanation(
      _ conclusion: RuleExplanation.Conclusion, looked: Bool = true, actions: [ProposedAction] = []
    ) -> RuleExplanation {
      RuleExplanation(
        rule: rule.definition.name, version: rule.definition.version, conclusion: conclusion,
        condition: looked ? condition : nil, judgement: looked ? judgement : nil, actions: actions)
    }
    // Time can complete a pattern, whatever the interactions that it is of.
    guard isTriggered(rule.definition, occurrence, memory) || rule.pattern != nil && occurrence.isTime else {
      return explanation(.silent(.notTriggered), looked: false)
    }
    guard rule.definition.isValid(at: occurrence.now) else { return explanation(.silent(.notValid), looked: false) }
    if let role = occurrence.role, !rule.definition.causes.contains(role) {
      return explanation(.silent(.cause(role)), looked: false)
    }
    if let keywords = rule.definition.keywords, !holdsWords(of: rule, occurrence.interaction) {
      return explanation(.silent(.keywords(keywords.requirement)), looked: false)
    }
    if rule.pattern != nil, let courses = courses(of: rule, occurrence, memory, shared) {
      return explanation(.silent(.pattern(courses)), looked: false)
    }
    switch condition?.verdict {
    case .noMatch?: return explanation(.silent(.condition))
    case .failed(let error)?: return explanation(.silent(.failed(error)))
    case .undecided(let paths)? where rule.definition.missing == .skip: return explanation(.silent(.missing(paths)))
    case .match?, .undecided?, nil: break
    }
    if judgement?.holds == false { return explanation(.silent(.condition)) }
    var (memory, shared) = (memory, shared)
    let outcome = evaluate(occurrence, memory: &memory, shared: &shared, using: &scratch)
    if let other = outcome.passedOver.first(where: { $0.rule.sameBytes(as: name) }) {
      return explanation(.silent(.passedOver(by: other.by)))
    }
    guard let decision = outcome.decisions.first(where: { $0.rule.sameBytes(as: name) }) else {
      return explanation(.silent(.condition))
    }
    return explanation(decision.suppression.map { .suppressed($0) } ?? .acts, actions: decision.actions)
  }

  /// Whether the texts of an interaction hold the words that a rule needs.
  func holdsWords(of rule: CompiledRule, _ interaction: Interaction?) -> Bool {
    guard rule.definition.keywords != nil else { return true }
    guard let interaction, let place = place(of: rule.hash) else { return false }
    var matching = KeywordMatcher.Matching()
    keywords.match(interaction.searchedTexts, into: &matching)
    return matching.contains(place)
  }

  private func isTriggered(_ rule: RuleDefinition, _ occurrence: RuleOccurrence, _ memory: RuleMemory) -> Bool {
    if rule.isForAnyInteraction { return occurrence.interaction != nil }
    return triggers(of: occurrence, memory).contains { rule.triggers.contains($0) }
  }
}

extension RuleBook {
  /// The terms of a rule's condition as written, in the order of the text: its parts without `&&`, `||`, `!` and `?:`.
  package func conditionTerms(of rule: String) -> [String] {
    guard let program = compiled(rule)?.condition.program else { return [] }
    let source = Array(program.source.utf8)
    var terms: [String] = []
    func walk(_ tree: ExpressionTree) {
      if case .operation(let sign, let operands) = tree.node, [.and, .or, .not, .conditional].contains(sign) {
        return operands.forEach(walk)
      }
      let location = tree.location
      guard location.isKnown, location.start <= location.end, Int(location.end) <= source.count else { return }
      terms.append(String(decoding: source[Int(location.start)..<Int(location.end)], as: UTF8.self))
    }
    walk(program.tree)
    return terms
  }
}
