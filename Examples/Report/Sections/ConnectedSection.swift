import SocialCRM

/// The people to whom most others pay attention.
struct ConnectedSection {
  let report: RunReport

  var html: HTML { PageSection(id: "connected", title: "Most connected people", lead: lead, content: content).html }

  private var lead: HTML {
    report.connected.isEmpty
      ? .none : "By how many different people reply to, share, like or follow them; influence is out of 100."
  }

  private var content: HTML {
    if report.connected.isEmpty { return PageSection.nothing("Nobody paid attention to anybody.") }
    let most = max(report.connected.map(\.audience).max() ?? 0, 1)
    let rows = report.connected.map { person -> [HTML] in
      [
        person.name.map { HTML.data($0.shortened(to: 60)) } ?? "<code>\(person.id.short)</code>",
        SVG.bar([(Double(person.audience) / Double(most), "a")]), "\(NumberText.grouped(person.audience))",
        person.influence.map { "\(NumberText.decimal($0, places: 0))" } ?? "–", "\(person.tier.rawValue)",
        "\(NumberText.grouped(person.accounts))",
      ]
    }
    return Table(
      caption: "The most connected people",
      columns: [
        .init(title: "Person"), .init(title: "Audience", style: "plot"), .init(title: "", style: "num"),
        .init(title: "Influence", style: "num"), .init(title: "Tier", style: "word wide"),
        .init(title: "Accounts", style: "num wide"),
      ], rows: rows
    ).html
  }
}
