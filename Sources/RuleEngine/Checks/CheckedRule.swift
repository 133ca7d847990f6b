import SCRMExpressions
import SCRMModel

/// A rule as it is compared with others.
struct CheckedRule: Sendable {
  /// What makes two rules the same but for their names.
  struct Content: Sendable, Hashable {
    var triggers: Set<RuleTrigger>
    var causes: Set<ActorRole>
    var keywords: KeywordTrigger?
    var condition: RuleCondition
    var pattern: EventPattern?
    var tally: EventTally?
    var actions: [RuleAction]
  }

  let definition: RuleDefinition
  /// The condition; taken to be satisfiable when it is a closure.
  let condition: ConditionAlternatives
  /// Its negation.
  let negation: ConditionAlternatives
  let isClosure: Bool

  init(_ rule: CompiledRule) {
    definition = rule.definition
    condition = rule.condition.program.map { ConditionAlternatives($0.tree) } ?? .always
    negation = ConditionAlternatives(rule.condition.program?.tree ?? .literal(.bool(true)), isNegated: true)
    if case .closure = rule.condition { isClosure = true } else { isClosure = false }
  }

  var content: Content {
    Content(
      triggers: Set(definition.triggers), causes: definition.causes, keywords: definition.keywords,
      condition: definition.condition,
      pattern: definition.pattern, tally: definition.tally,
      actions: definition.actions)
  }

  /// That the event is of one of the kinds that make the rule look; `nil` when something else can.
  var kinds: ConditionAlternatives? {
    guard !definition.triggers.isEmpty, definition.pattern == nil else { return nil }
    var names: [ExpressionTree.Element] = []
    for trigger in definition.triggers {
      switch trigger {
      case .interaction(let kind): names.append(.init(.literal(.string(kind.rawValue))))
      case .serviceCase: names.append(.init(.literal(.string(RuleVocabulary.caseReport.rawValue))))
      default: return nil
      }
    }
    return ConditionAlternatives(
      .operation(.in, ExpressionTree.name("event").select("type"), ExpressionTree(.list(names))))
  }

  /// Whether this rule, which is looked at before, acts whenever the other one would.
  func alwaysTakesPlace(of other: CheckedRule, in environment: ExpressionEnvironment) -> Bool {
    let (own, its) = (definition, other.definition)
    guard own.once == nil, own.cooldown == nil, own.pattern == nil, own.tally == nil, !isClosure,
      own.keywords == nil || own.keywords == its.keywords,
      own.causes.isSuperset(of: its.causes),
      own.triggers.isEmpty
        ? its.isOfInteractions : !its.triggers.isEmpty && Set(own.triggers).isSuperset(of: its.triggers)
    else { return false }
    if let starts = own.starts { guard let later = its.starts, later >= starts else { return false } }
    if let ends = own.ends { guard let earlier = its.ends, earlier <= ends else { return false } }
    // What the other needs rules out that this one's condition does not hold.
    return other.isClosure || its.missing != .skip || its.pattern != nil || its.tally != nil
      ? negation.isContradictory(in: environment)
      : other.condition.and(negation).isContradictory(in: environment)
  }

  /// Whether an action of another rule can make something happen that makes this one look.
  func canBeSetOff(by other: CheckedRule) -> Bool {
    other.definition.actions.contains { action in
      switch action.kind {
      case .openCase: definition.triggers.contains(.serviceCase(.open))
      case .closeCase: definition.triggers.contains(.serviceCase(.closed))
      case .reply, .message:
        definition.causes.contains(.automation)
          && (definition.triggers.isEmpty || definition.triggers.contains(.interaction(.comment))
            || definition.triggers.contains(.interaction(.message))
            || definition.triggers.contains(.interaction(.post)))
      default: false
      }
    }
  }
}

extension RuleDefinition {
  /// Whether nothing but interactions makes it look.
  var isOfInteractions: Bool {
    triggers.allSatisfy { trigger in
      switch trigger {
      case .interaction, .serviceCase: true
      default: false
      }
    }
  }
}
