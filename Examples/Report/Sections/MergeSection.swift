import SocialCRM

/// People who turned out to be one, and what showed it.
struct MergeSection {
  let report: RunReport

  var html: HTML { PageSection(id: "merges", title: "Merges", lead: lead, content: content).html }

  /// People with more than one account.
  private var several: Int { report.merges.peopleByAccounts.dropFirst().reduce(0, +) }

  private var lead: HTML {
    if report.merges.total == 0 && several == 0 { return .none }
    return """
      \(NumberText.count(report.merges.total, "merge", "merges")) so far; \
      \(NumberText.percent(several, of: report.store.people)) of people are known by more than one account.
      """
  }

  private var content: HTML {
    let merges = report.merges
    if merges.total == 0 && several == 0 {
      return PageSection.nothing("No two people turned out to be one; nobody is known by a second account.")
    }
    let most = Double(max(merges.peopleByAccounts.max() ?? 0, 1))
    let rows = zip(["1", "2", "3", "4", "5 or more"], merges.peopleByAccounts).map { name, count -> [HTML] in
      ["\(name)", SVG.bar([(Double(count) / most, "a")]), "\(NumberText.grouped(count))"]
    }
    let table = Table(
      caption: "People by number of accounts",
      columns: [.init(title: "Accounts"), .init(title: "People", style: "plot"), .init(title: "", style: "num")],
      rows: rows)
    return "<div class=\"columns2\"><div>\(table.html)</div><div>\(examples)</div></div>"
  }

  private var examples: HTML {
    if report.merges.examples.isEmpty { return .none }
    let items = report.merges.examples.map { example -> HTML in
      """
      <li><code>\(example.record.absorbed.short)</code>, known by \(HTML.data(list(example.joined))), is \
      <code>\(example.record.survivor.short)</code>: <code>\(example.record.cause.description.shortened(to: 60))</code> \
      named \(HTML.data(list(example.evidence))) together on \(DateText.date(example.record.time)).</li>

      """
    }
    return "<h3>Those that joined most accounts</h3><ul class=\"notes\">\(items)</ul>"
  }

  private func list(_ names: [String]) -> String {
    names.isEmpty ? "accounts that are no longer known" : names.map { $0.shortened(to: 40) }.joined(separator: " + ")
  }
}
