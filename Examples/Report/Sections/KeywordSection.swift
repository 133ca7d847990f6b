import SocialCRM

/// Complaints and other texts with the words of rules, over time.
struct KeywordSection {
  let report: RunReport
  private static let mostRules = 9
  private static let mostWords = 6

  var html: HTML {
    PageSection(id: "keywords", title: "Complaints and keywords", lead: lead, content: content).html
  }

  private var shown: ArraySlice<KeywordFigures> { report.keywords.prefix(Self.mostRules) }

  private var lead: HTML {
    if report.keywords.isEmpty || report.timeLine.starts.isEmpty { return .none }
    return "What customers wrote with the words of each rule, by \(report.timeLine.unit.rawValue). All on one scale."
  }

  private var content: HTML {
    if report.keywords.isEmpty { return PageSection.nothing("No rule looks for words.") }
    if report.timeLine.starts.isEmpty { return PageSection.nothing("Nothing was written.") }
    let greatest = shown.flatMap(\.counts).max() ?? 0
    let charts = shown.map { chart($0, greatest: greatest) }
    let further = report.keywords.count - shown.count
    let more: HTML = further > 0 ? "<p class=\"aside\">\(further) more rules look for words.</p>" : .none
    return "<div class=\"multiples\">\(charts)</div>\(more)\(table.folded)"
  }

  private func chart(_ figures: KeywordFigures, greatest: Int) -> HTML {
    let chart = ColumnChart(
      timeLine: report.timeLine, series: [.init(name: figures.rule, tone: "b", counts: figures.counts)],
      description:
        "Texts with words of \(figures.rule.shortened(to: 80)) by \(report.timeLine.unit.rawValue), as columns",
      height: 84, greatest: greatest, mostTicks: 2, mostDates: 3, namesPeak: figures.total > 0)
    return """
      <figure><figcaption><h3>\(HTML.data(figures.rule.shortened(to: 80)))</h3><span class="num">\(NumberText.grouped(figures.total))</span>\
      </figcaption>\(chart.html)<p class="words">\(words(figures))</p></figure>

      """
  }

  private func words(_ figures: KeywordFigures) -> [HTML] {
    let shown = figures.words.prefix(Self.mostWords).map { word -> HTML in
      "<span>\(HTML.data(word.text.shortened(to: 40))) <b>\(NumberText.grouped(word.count))</b></span> "
    }
    let further = figures.words.count - shown.count
    return further > 0 ? shown + ["<span>and \(further) more</span>"] : shown
  }

  private var table: Table {
    Table(
      caption: "Texts by \(report.timeLine.unit.rawValue)",
      columns: [.init(title: "\(report.timeLine.unit.rawValue)")]
        + shown.map { .init(title: HTML.data($0.rule.shortened(to: 40)), style: "num") },
      rows: report.timeLine.starts.enumerated().map { bin, start in
        ["\(DateText.bin(start, report.timeLine.unit))"] + shown.map { "\(NumberText.grouped($0.counts[bin]))" }
      })
  }
}
