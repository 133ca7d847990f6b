import SCRMExpressions
import SCRMModel
import StateCoding

/// Checks a set of rules and journeys before it goes live: types, unknown facts and names, conditions that can never hold,
/// rules that others leave no place, circles.
///
/// ```swift
/// for finding in RuleChecker(vocabulary).check(rules) { print(finding) }
/// // warning: late, when: the condition can never hold (contradiction)
/// ```
///
/// - Complexity: O(rules) for single rules, O(rules in a group or behind a stop squared) for those that shadow.
public struct RuleChecker: Sendable {
  /// What conditions and templates may name.
  public let vocabulary: RuleVocabulary
  /// The names of the closures that conditions may call.
  public let closures: Set<String>
  /// The segments there are; `nil` when that is not known.
  public let segments: Set<String>?
  /// The published scores there are; `nil` when that is not known.
  public let scores: Set<String>?

  /// Creates a checker.
  public init(
    _ vocabulary: RuleVocabulary, closures: Set<String> = [], segments: Set<String>? = nil, scores: Set<String>? = nil
  ) {
    self.vocabulary = vocabulary
    self.closures = closures
    self.segments = segments
    self.scores = scores
  }

  /// What is wrong or doubtful, by rule in the order in which rules are looked at.
  public func check(_ rules: [RuleDefinition], journeys: [JourneyDefinition] = []) -> [RuleFinding] {
    let compiler = RuleCompiler(
      vocabulary: vocabulary,
      closures: Dictionary(uniqueKeysWithValues: closures.map { ($0, Self.silent) }))
    var findings: [RuleFinding] = []
    var sound: [CheckedRule] = []
    var names: Set<UInt64> = []
    for definition in rules.sorted(by: { $0.precedes($1) }) {
      if !names.insert(nameHash(definition.name)).inserted {
        findings.append(.init(.error, .fault, rule: definition.name, part: "name", "the name is taken"))
      }
      do throws(RuleFault) {
        let rule = CheckedRule(try compiler.rule(definition))
        findings += check(rule, journeys)
        sound.append(rule)
      } catch { findings.append(.init(.error, .fault, rule: error.rule, part: error.part, error.reason)) }
    }
    for journey in journeys {
      if !names.insert(nameHash(journey.name)).inserted {
        findings.append(.init(.error, .fault, rule: journey.name, part: "name", "the name is taken"))
      }
      do throws(RuleFault) {
        _ = try compiler.journey(journey)
        findings += check(journey)
      } catch { findings.append(.init(.error, .fault, rule: error.rule, part: error.part, error.reason)) }
    }
    return findings + shadows(sound) + duplicates(sound) + circles(sound)
  }

  private static let silent: RuleBook.Closure = { _ in Judgement(false) }

  // MARK: Single rules

  private func check(_ rule: CheckedRule, _ journeys: [JourneyDefinition]) -> [RuleFinding] {
    var findings: [RuleFinding] = []
    let definition = rule.definition
    func warn(_ code: RuleFinding.Code, _ part: String, _ reason: String) {
      findings.append(.init(.warning, code, rule: definition.name, part: part, reason))
    }
    if rule.condition.isContradictory(in: vocabulary.environment) {
      warn(.contradiction, "when", "the condition can never hold")
    } else if let kinds = rule.kinds, rule.condition.and(kinds).isContradictory(in: vocabulary.environment) {
      warn(.unreachable, "when", "the condition can never hold for the interactions that make the rule look")
    }
    for (place, trigger) in definition.triggers.enumerated() {
      switch trigger {
      case .entered(let name), .left(let name):
        if let segments, !segments.contains(name) { warn(.unknownName, "on[\(place)]", "there is no segment \(name)") }
      case .score(let name):
        if let scores, !scores.contains(name) { warn(.unknownName, "on[\(place)]", "there is no score \(name)") }
      default: break
      }
    }
    for (place, action) in definition.actions.enumerated()
    where action.kind == .startJourney || action.kind == .stopJourney {
      if let name = action.parameters["journey"]?.plainText, !journeys.contains(where: { $0.name.sameBytes(as: name) })
      {
        warn(.unknownName, "then[\(place)].with.journey", "there is no journey \(name), so that it is left to the host")
      }
    }
    return findings
  }

  private func check(_ journey: JourneyDefinition) -> [RuleFinding] {
    var reached: Set<Int> = [0]
    var pending = [0]
    while let place = pending.popLast() {
      for next in journey.followers(place) where reached.insert(next).inserted { pending.append(next) }
    }
    return journey.steps.indices.filter { !reached.contains($0) }.map {
      RuleFinding(
        .warning, .unreachableStep, rule: journey.name, part: "steps[\($0)]",
        "nothing leads to \(journey.steps[$0].name)")
    }
  }

  // MARK: Rules among each other

  private func shadows(_ rules: [CheckedRule]) -> [RuleFinding] {
    var findings: [RuleFinding] = []
    for (place, rule) in rules.enumerated() {
      let shadow = rules[..<place].first { other in
        let isExclusive =
          other.definition.stops
          || other.definition.group.map { group in rule.definition.group.map { group.sameBytes(as: $0) } ?? false }
            ?? false
        return isExclusive && other.alwaysTakesPlace(of: rule, in: vocabulary.environment)
      }
      if let shadow {
        findings.append(
          .init(
            .warning, .shadowed, rule: rule.definition.name, part: "priority",
            "whenever it could act, \(shadow.definition.name) acts before it"))
      }
    }
    return findings
  }

  private func duplicates(_ rules: [CheckedRule]) -> [RuleFinding] {
    var findings: [RuleFinding] = []
    var seen: [CheckedRule.Content: String] = [:]
    for rule in rules where !rule.definition.actions.isEmpty {
      if let first = seen[rule.content] {
        findings.append(
          .init(
            .warning, .duplicate, rule: rule.definition.name, part: "then",
            "it proposes the same as \(first) whenever it does"))
      } else {
        seen[rule.content] = rule.definition.name
      }
    }
    return findings
  }

  /// Rules whose actions make things happen that make rules look, in a circle.
  private func circles(_ rules: [CheckedRule]) -> [RuleFinding] {
    let next = rules.map { rule in rules.indices.filter { rules[$0].canBeSetOff(by: rule) } }
    return rules.indices.compactMap { start in
      var seen: Set<Int> = []
      var pending = next[start]
      while let place = pending.popLast() {
        if place == start {
          return RuleFinding(
            .warning, .loop, rule: rules[start].definition.name, part: "then",
            "what it proposes can set it off again, directly or through others; the loop guard would end that")
        }
        if seen.insert(place).inserted { pending += next[place] }
      }
      return nil
    }
  }
}
