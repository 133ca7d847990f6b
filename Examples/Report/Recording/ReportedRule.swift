import SocialCRM

/// What a report says of a rule, whichever stage decides by it.
struct ReportedRule: Sendable {
  var name: String
  /// The kinds of interactions it looks at; empty for all.
  var kinds: Set<InteractionKind>
  var keywords: KeywordTrigger?

  /// The rules of a stage in the order in which it looks at them; none of a stage that is not known.
  static func all(of stage: any RuleStage) -> [ReportedRule] {
    if let set = stage as? RuleSet {
      return set.rules.map { ReportedRule(name: $0.name, kinds: $0.kinds, keywords: $0.keywords) }
    }
    guard let book = stage as? RuleBook else { return [] }
    let rules = book.rules.map { rule in
      let kinds = rule.triggers.compactMap { if case .interaction(let kind) = $0 { kind } else { nil } }
      return ReportedRule(name: rule.name, kinds: Set(kinds), keywords: rule.keywords)
    }
    return rules + book.journeyNames.map { ReportedRule(name: $0, kinds: [], keywords: nil) }
  }
}
