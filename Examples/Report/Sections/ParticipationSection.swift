import SocialCRM

/// The pyramid of participation: many are silent, few take part deeply and do much.
struct ParticipationSection {
  let report: RunReport

  var html: HTML { PageSection(id: "participation", title: "Participation", lead: lead, content: content).html }

  private var people: Int { report.participation.reduce(0) { $0 + $1.people } }
  private var interactions: Int { report.participation.reduce(0) { $0 + $1.interactions } }

  private var lead: HTML {
    guard let deep = report.participation.first(where: { $0.tier == .deep }), deep.people > 0 else { return .none }
    return """
      \(NumberText.percent(deep.people, of: people)) take part deeply and account for \
      \(NumberText.percent(deep.interactions, of: interactions)) of what people did.
      """
  }

  private var content: HTML {
    if people == 0 { return PageSection.nothing("Nobody is known.") }
    let most = max(report.participation.map(\.people).max() ?? 0, 1)
    let rows = report.participation.map { tier -> [HTML] in
      [
        "\(tier.tier.rawValue)", SVG.middleBar(Double(tier.people) / Double(most), tone: tier.tier.tone),
        "\(NumberText.grouped(tier.people))", "\(NumberText.percent(tier.people, of: people))",
        "\(NumberText.percent(tier.interactions, of: interactions))",
      ]
    }
    return Table(
      caption: "People by how deeply they take part", style: "bare",
      columns: [
        .init(title: "Tier"), .init(title: "People", style: "plot pyramid"), .init(title: "", style: "num"),
        .init(title: "of people", style: "num"), .init(title: "of activity", style: "num"),
      ], rows: rows
    ).html
  }
}

extension ParticipationTier {
  var tone: String {
    switch self {
    case .deep: "a"
    case .occasional: "a mid"
    case .silent: "a light"
    }
  }
}
