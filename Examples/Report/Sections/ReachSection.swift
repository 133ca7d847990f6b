import SocialCRM

/// How many people are active on which channels and classes of platforms.
struct ReachSection {
  let report: RunReport
  private static let mostChannels = 12

  var html: HTML { PageSection(id: "reach", title: "Reach by channel", lead: lead, content: content).html }

  private var lead: HTML {
    report.channels.isEmpty
      ? .none
      : "Different people who did something there. Somebody on two channels counts on both, but once in a class."
  }

  private var content: HTML {
    if report.channels.isEmpty { return PageSection.nothing("No channel was used.") }
    let shown = report.channels.prefix(Self.mostChannels)
    let further = report.channels.count - shown.count
    let more: HTML = further > 0 ? "<p class=\"aside\">\(further) more channels with fewer people.</p>" : .none
    let rows = report.classes.flatMap { figures -> [[HTML]] in
      [row(figures)] + shown.filter { $0.platformClass == figures.platformClass }.map(row)
    }
    return Table(
      caption: "People by channel and class of platform",
      columns: [
        .init(title: "Channel"), .init(title: "People", style: "plot"), .init(title: "", style: "num"),
        .init(title: "of all people", style: "num wide"), .init(title: "Interactions", style: "num"),
      ], rows: rows
    ).html + more
  }

  private var most: Double { Double(max(report.store.people, report.classes.map(\.people).max() ?? 0, 1)) }

  private func row(_ figures: ClassFigures) -> [HTML] {
    let name: HTML =
      figures.platformClass.map { "<strong>\($0.displayName.en)</strong> <bdi lang=\"zh\">\($0.displayName.zh)</bdi>" }
      ?? "<strong>Not known</strong>"
    return cells(name, figures.people, figures.interactions, figures.platformClass.tone)
  }

  private func row(_ figures: ChannelFigures) -> [HTML] {
    let name: HTML =
      if let name = figures.name {
        name.en == name.zh ? "\(name.en)" : "\(name.en) <bdi lang=\"zh\">\(name.zh)</bdi>"
      } else if let id = figures.id {
        HTML.data(id.shortened(to: 60))
      } else {
        "<em>no channel named</em>"
      }
    return cells(
      "<span class=\"inner\">\(name)</span>", figures.people, figures.interactions, figures.platformClass.tone + " mid")
  }

  private func cells(_ name: HTML, _ people: Int, _ interactions: Int, _ tone: String) -> [HTML] {
    [
      name, SVG.bar([(Double(people) / most, tone)]), "\(NumberText.grouped(people))",
      "\(NumberText.percent(people, of: report.store.people))", "\(NumberText.grouped(interactions))",
    ]
  }
}

extension PlatformClass? {
  var tone: String {
    switch self {
    case .own: "a"
    case .partner: "c"
    case .promotion: "d"
    case .social: "b"
    case nil: "e"
    }
  }
}
