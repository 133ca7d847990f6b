import SocialCRM

extension ScenarioRun {
  /// Why an expectation is not met; `nil` when it is.
  func whyNot(_ expectation: ScenarioExpectation) async throws -> String? {
    switch expectation.kind {
    case .action(let kind, let rule):
      if actions(kind, rule).contains(where: \.isProposed) { return nil }
      return try await whyNoAction(kind, rule)
    case .noAction(let kind, let rule):
      return actions(kind, rule).first(where: \.isProposed)?.explanation.text
    case .suppressed(let reason, let rule):
      if actions(nil, rule).contains(where: { $0.disposition == .suppressed(reason) }) { return nil }
      return try await whyNoAction(nil, rule)
    case .cancelled(let rule): return try await whyNotCancelled(rule)
    case .onePerson(let names, let isOne): return try await whyNotOne(names, isOne)
    case .accepted: return unexpected { $0.isAccepted }
    case .duplicate: return unexpected { $0.isDuplicate }
    case .refused(let code):
      let isMet = outcomes.contains { $0.refusal != nil && (code == nil || $0.refusal?.code == code) }
      return isMet ? nil : unexpected { _ in false }
    case .member, .tier, .trait, .facts: return try await whyNotOfPerson(expectation)
    }
  }

  private func unexpected(_ isMet: (InteractionOutcome) -> Bool) -> String? {
    if outcomes.isEmpty { return "nothing has happened yet" }
    let others = outcomes.filter { !isMet($0) }
    return others.isEmpty ? nil : others.map(\.redactedDescription).joined(separator: "\n")
  }

  // MARK: Actions

  private func actions(_ kind: String?, _ rule: String?) -> [ProposedAction] {
    (outcomes.flatMap(\.actions) + timed).filter {
      (kind == nil || $0.kind == kind) && (rule == nil || $0.rule == rule)
    }
  }

  private func whyNoAction(_ kind: String?, _ rule: String?) async throws -> String {
    if let refused = outcomes.first(where: { $0.refusal != nil }) { return refused.redactedDescription }
    if let held = actions(nil, rule).first { return described(held) }
    var lines = actions(nil, nil).filter(\.isProposed).map { "proposed instead: \($0.kind) by \($0.rule)" }
    if lines.isEmpty { lines = ["no rule proposed anything"] }
    if let book = configuration.rules as? RuleBook {
      return (lines + (try await explanations(rule, book))).joined(separator: "\n")
    }
    guard let rules = configuration.rules as? RuleSet else { return lines.joined(separator: "\n") }
    let names = rule.map { [$0] } ?? rules.rules.map(\.name)
    for name in names {
      guard rules.rules.contains(where: { $0.name == name }) else {
        lines.append("there is no rule \(name)")
        continue
      }
      if let explanation = try await explanation(of: name, rules) { lines.append(explanation.text) }
    }
    return lines.joined(separator: "\n")
  }

  private func described(_ action: ProposedAction) -> String {
    switch action.disposition {
    case .proposed: "proposed: \(action.kind) by \(action.rule)\n" + action.explanation.text
    case .suppressed(let reason): "suppressed for \(reason.rawValue)\n" + action.explanation.text
    }
  }

  private func explanation(of rule: String, _ rules: RuleSet) async throws -> Explanation? {
    for (interaction, outcome) in zip(interactions, outcomes).reversed() {
      guard let person = outcome.person, let facts = try await crm.facts(of: person) else { continue }
      return rules.explain(rule, RuleInput(interaction: interaction, person: facts, changes: outcome.segments))
    }
    return nil
  }

  /// Why the rules of a book are silent, with the terms of their conditions.
  private func explanations(_ rule: String?, _ book: RuleBook) async throws -> [String] {
    if let rule, book.rule(rule) == nil { return ["there is no rule \(rule)"] }
    for (interaction, outcome) in zip(interactions, outcomes).reversed() {
      guard let person = outcome.person, let facts = try await crm.facts(of: person) else { continue }
      let occurrence = RuleOccurrence(
        RuleInput(interaction: interaction, person: facts, changes: outcome.segments))
      return (rule.map { [$0] } ?? book.rules.map(\.name)).flatMap { book.explain($0, occurrence)?.lines ?? [] }
    }
    return outcomes.isEmpty && timed.isEmpty ? ["nothing has happened yet"] : []
  }

  private func whyNotCancelled(_ rule: String?) async throws -> String? {
    let cancelled = outcomes.flatMap(\.cancellations)
    if rule == nil { return cancelled.isEmpty ? "nothing was cancelled" : nil }
    let items = try await crm.store.actions(cancelled.map(\.action)).compactMap { $0 }
    if items.contains(where: { $0.action.rule == rule }) { return nil }
    return items.isEmpty
      ? "nothing was cancelled" : "cancelled instead: " + items.map(\.action.rule).joined(separator: ", ")
  }

  // MARK: People

  private func whyNotOne(_ names: [String], _ isOne: Bool) async throws -> String? {
    var ids: [PersonID] = []
    for name in names {
      guard let record = try await record(of: name) else { return "nobody named \(name) is known" }
      ids.append(record.id)
    }
    if isOne ? Set(ids).count <= 1 : Set(ids).count == ids.count { return nil }
    let known = zip(names, ids).map { "\($0) is person \($1)" }.joined(separator: "\n")
    let merges = try await crm.store.merges(after: .start, limit: 1_000)
      .filter { ids.contains($0.survivor) }.map { "person \($0.absorbed) was joined to \($0.survivor) by \($0.cause)" }
    return ([known] + merges).joined(separator: "\n")
  }

  private func whyNotOfPerson(_ expectation: ScenarioExpectation) async throws -> String? {
    guard let name = expectation.person ?? subject else { return "nobody was given and nobody has acted" }
    guard let record = try await record(of: name), let facts = try await crm.facts(of: record.id) else {
      return "nobody named \(name) is known"
    }
    switch expectation.kind {
    case .member(let segment, let isMember): return try await whyNotMember(name, facts, segment, isMember)
    case .tier(let tier):
      if facts.tier == tier { return nil }
      return "\(name) is \(facts.tier.rawValue) with \(facts.count(days: 28)) interactions in 28 days"
    case .trait(let trait, let value): return Self.whyNotTrait(name, facts.record, trait, value)
    case .facts(_, let holds):
      if holds(facts) { return nil }
      return "it does not hold of \(name): \(facts.tier.rawValue), \(facts.activity.total) interactions, "
        + "heat \(facts.heat), influence \(facts.influence), in \(facts.segments)"
    default: return nil
    }
  }

  private func whyNotMember(
    _ name: String, _ facts: PersonFacts, _ segment: String, _ isMember: Bool
  ) async throws -> String? {
    let memberships = try await crm.store.memberships(of: [facts.id]).first ?? []
    if memberships.contains(where: { $0.segment == segment }) == isMember { return nil }
    let live = configuration.segments as? LiveSegmentStage
    let closures = live?.set ?? configuration.segments as? SegmentSet
    var lines = ["\(name) is \(isMember ? "not " : "")in \(segment)"]
    if !configuration.segments.segments.contains(where: { $0.name == segment }) {
      lines.append("there is no segment \(segment)")
    }
    if let change = lastChange[facts.id]?[segment] {
      lines.append("\(change.isEntry ? "entered" : "left") at \(change.time)")
      lines.append(change.explanation.text)
    }
    if let explanation = closures?.explain(segment, facts) { lines.append("now: " + explanation.text) }
    if live != nil, let explained = try await crm.explain(SegmentName(segment), of: facts.id) {
      lines.append("now: " + explained.explanation.text)
    }
    return lines.joined(separator: "\n")
  }

  private static func whyNotTrait(
    _ name: String, _ record: PersonRecord, _ trait: String, _ value: Value?
  ) -> String? {
    let best = record.traits.best(trait)
    if best?.value == value { return nil }
    guard let best else { return "no \(trait) of \(name) is known" }
    return "\(trait) of \(name) is \(best.value.jsonText), from \(best.source) at \(best.observed) by \(best.event)"
  }
}
