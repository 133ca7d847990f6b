/// What became of the input, and what was refused.
struct IntakeSection {
  let report: RunReport

  var html: HTML { PageSection(id: "input", title: "Input", lead: lead, content: content).html }

  private var intake: IntakeFigures { report.intake }

  private var lead: HTML {
    let late = intake.late > 0 ? ", \(NumberText.grouped(intake.late)) of them late" : ""
    return """
      \(NumberText.grouped(intake.accepted)) accepted\(late), \(NumberText.grouped(intake.duplicates)) known already, \
      \(NumberText.grouped(intake.refusedCount)) refused, \(NumberText.grouped(intake.unreadableCount)) unreadable.
      """
  }

  private var content: HTML {
    if intake.refusals.isEmpty && intake.unreadable.isEmpty { return PageSection.nothing("Nothing was refused.") }
    return list("Refused", intake.refusals) + list("Unreadable", intake.unreadable)
  }

  private func list(_ title: String, _ figures: [RefusalFigures]) -> HTML {
    if figures.isEmpty { return .none }
    let most = Double(max(figures.map(\.count).max() ?? 0, 1))
    let table = Table(
      caption: "\(title), by reason",
      columns: [.init(title: "\(title)"), .init(title: "", style: "plot"), .init(title: "", style: "num")],
      rows: figures.map { figure in
        [
          "\(figure.code)<small>\(HTML.data(figure.example.shortened(to: 160)))</small>",
          SVG.bar([(Double(figure.count) / most, "b")]), "\(NumberText.grouped(figure.count))",
        ]
      })
    return table.html
  }
}
