import SocialCRM

/// Who entered and left segments, and why.
struct SegmentSection {
  let report: RunReport
  private static let mostExplained = 6

  var html: HTML { PageSection(id: "segments", title: "Segments entered and left", lead: lead, content: content).html }

  private var lead: HTML {
    report.segments.contains { $0.entered + $0.left > 0 }
      ? "During this run. Below the table, the latest entry and departure of each with its reasons." : .none
  }

  private var content: HTML {
    if report.segments.isEmpty { return PageSection.nothing("No segment is defined.") }
    let most = Double(max(report.segments.flatMap { [$0.entered, $0.left] }.max() ?? 0, 1))
    let rows = report.segments.map { segment -> [HTML] in
      [
        HTML.data(segment.name.shortened(to: 80)), "\(NumberText.grouped(segment.members))", signed(segment.left, "−"),
        SVG.opposed(left: Double(segment.left) / most, right: Double(segment.entered) / most),
        signed(segment.entered, "+"),
      ]
    }
    let examples = report.segments.filter { !$0.examples.isEmpty }.prefix(Self.mostExplained).flatMap(\.examples)
    let cards = examples.map { change in
      Reasons(
        label: change.isEntry ? "entered" : "left", tone: change.isEntry ? "in" : "out", person: change.person,
        time: change.time, explanation: change.explanation
      ).html
    }
    let table = Table(
      caption: "Segments",
      columns: [
        .init(title: "Segment"), .init(title: "Members", style: "num"), .init(title: "Left", style: "num"),
        .init(title: "", style: "plot"), .init(title: "Entered", style: "count"),
      ], rows: rows)
    return "\(table.html)\(cards.isEmpty ? .none : "<div class=\"cards\">\(cards)</div>")"
  }

  private func signed(_ count: Int, _ sign: String) -> HTML { count == 0 ? "0" : "\(sign)\(NumberText.grouped(count))" }
}
