import SocialCRM

/// What the rules proposed and what was held back, with the reasons.
struct ActionSection {
  let report: RunReport
  private static let mostExplained = 6
  private static let mostExamples = 3

  var html: HTML { PageSection(id: "actions", title: "Proposed actions", lead: lead, content: content).html }

  private var lead: HTML {
    let held = report.actions.reduce(0) { $0 + $1.suppressed.reduce(0) { $0 + $1.count } }
    let all = report.actions.reduce(0) { $0 + $1.total }
    if all == 0 { return .none }
    let decisions = NumberText.count(all, "decision was", "decisions were")
    return "\(NumberText.grouped(held)) of \(decisions) held back (\(NumberText.percent(held, of: all)))."
  }

  private var content: HTML {
    if report.actions.isEmpty { return PageSection.nothing("No rule is defined.") }
    let most = Double(max(report.actions.map(\.total).max() ?? 0, 1))
    let rows = report.actions.map { rule -> [HTML] in
      let held = rule.suppressed.map { ($0.count, $0.reason.tone) }
      let parts = [(rule.proposed, "a")] + held + [(rule.cancelled, "e"), (rule.dead, "e light")]
      return [
        "\(HTML.data(rule.rule.shortened(to: 80)))\(outcome(rule))",
        SVG.bar(parts.map { (Double($0.0) / most, $0.1) }, height: 18), "\(NumberText.grouped(rule.proposed))",
        "\(NumberText.grouped(rule.suppressed.reduce(0) { $0 + $1.count }))",
      ]
    }
    let table = Table(
      caption: "Actions by rule",
      columns: [
        .init(title: "Rule"), .init(title: "Decisions", style: "plot"), .init(title: "Proposed", style: "num"),
        .init(title: "Held back", style: "num"),
      ], rows: rows)
    return "\(Legend.html(legend))\(table.html)\(cancellation)\(cards)"
  }

  private var legend: [(name: String, tone: String)] {
    var entries: [(name: String, tone: String)] = [("proposed", "a")]
    for reason in ProposedAction.Suppression.allCases
    where report.actions.contains(where: { $0.suppressed.contains { $0.reason == reason } }) {
      entries.append((reason.text, reason.tone))
    }
    if report.actions.contains(where: { $0.cancelled > 0 }) { entries.append(("cancelled", "e")) }
    if report.actions.contains(where: { $0.dead > 0 }) { entries.append(("given up or run out", "e light")) }
    return entries
  }

  private func outcome(_ rule: RuleFigures) -> HTML {
    var parts = rule.suppressed.map { "\(NumberText.grouped($0.count)) \($0.reason.text)" }
    if rule.cancelled > 0 { parts.append("\(NumberText.grouped(rule.cancelled)) cancelled") }
    if rule.dead > 0 { parts.append("\(NumberText.grouped(rule.dead)) given up or run out") }
    return parts.isEmpty ? .none : "<small>\(parts.joined(separator: " · "))</small>"
  }

  private var cancellation: HTML {
    guard let reason = report.actions.lazy.compactMap(\.cancellation).first else { return .none }
    return "<p class=\"aside\">Cancelled again, such as: \(HTML.data(reason)).</p>"
  }

  private var cards: HTML {
    let examples = report.actions.filter { !$0.examples.isEmpty }.prefix(Self.mostExplained)
      .flatMap { $0.examples.prefix(Self.mostExamples) }
    if examples.isEmpty { return .none }
    let cards = examples.map { action -> HTML in
      let reason: ProposedAction.Suppression? =
        if case .suppressed(let reason) = action.disposition { reason } else { nil }
      return Reasons(
        label: reason?.text ?? "proposed", tone: reason == nil ? "in" : "out", person: action.person,
        time: action.decided, explanation: action.explanation
      ).html
    }
    return "<div class=\"cards\">\(cards)</div>"
  }
}

extension ProposedAction.Suppression {
  var text: String {
    switch self {
    case .backfill: "imported, not live"
    case .late: "too late"
    case .consent: "no consent"
    case .cooldown: "cooling down"
    case .once: "acted before"
    case .doNotContact: "not to be contacted"
    case .frequencyCap: "contacted often enough"
    case .quietHours: "quiet hours"
    case .budget: "budget spent"
    case .controlGroup: "control group"
    case .loop: "set off by itself"
    case .missingData: "data missing"
    case .unresolvedField: "a field unknown"
    }
  }

  var tone: String {
    switch self {
    case .backfill: "e"
    case .late: "d"
    case .consent, .doNotContact: "b"
    case .cooldown, .once, .frequencyCap, .quietHours, .budget: "c"
    case .controlGroup, .loop, .missingData, .unresolvedField: "d"
    }
  }
}
