import SocialCRM

/// What the rules proposed and what became of it.
struct OutboxSurvey {
  private struct Tally {
    var figures: RuleFigures
    var suppressed: [ProposedAction.Suppression: (count: Int, example: ProposedAction)] = [:]
    var proposed: ProposedAction?
  }

  private var tallies: [Name: Tally] = [:]
  private let order: [Name]

  /// - Parameter rules: the rules in the order in which they are shown; rules that are no longer registered come last.
  init(rules: [ReportedRule]) {
    order = rules.map { Name($0.name) }
    for rule in rules { tallies[Name(rule.name)] = Tally(figures: RuleFigures(rule: rule.name)) }
  }

  /// Reads the outbox to its end.
  mutating func read(_ store: any SCRMStore) async throws {
    var last: ActionID?
    while true {
      let page = try await store.actions(after: last, limit: 1_000)
      guard let final = page.last else { return }
      last = final.action.id
      for item in page { add(item) }
    }
  }

  private mutating func add(_ item: OutboxItem) {
    let rule = Name(item.action.rule)
    var tally = tallies[rule] ?? Tally(figures: RuleFigures(rule: item.action.rule))
    switch item.status {
    case .suppressed:
      guard case .suppressed(let reason) = item.action.disposition else { break }
      tally.suppressed[reason] = ((tally.suppressed[reason]?.count ?? 0) + 1, item.action)
    case .pending, .claimed, .done:
      tally.figures.proposed += 1
      tally.proposed = item.action
    case .cancelled(let reason):
      tally.figures.cancelled += 1
      tally.figures.cancellation = reason
    case .dead: tally.figures.dead += 1
    }
    tallies[rule] = tally
  }

  /// The rules; of the examples the latest are kept.
  var figures: [RuleFigures] {
    let others = Set(tallies.keys).subtracting(order).sorted()
    return (order + others).compactMap { tallies[$0] }.map { tally in
      var figures = tally.figures
      let reasons = tally.suppressed.sorted { ($1.value.count, $0.key.rawValue) < ($0.value.count, $1.key.rawValue) }
      for (reason, held) in reasons {
        figures.suppressed.append(RuleFigures.Suppressed(reason: reason, count: held.count))
        figures.examples.append(held.example)
      }
      if let proposed = tally.proposed { figures.examples.insert(proposed, at: 0) }
      return figures
    }
  }
}
