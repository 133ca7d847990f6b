import SocialCRM

/// What was read, over which time, and the figures that matter most.
struct PageHeader {
  let report: RunReport

  var html: HTML {
    """
    <header>
    <p class="kicker">SocialCRM run report</p>
    <h1>\(HTML.data(report.title))</h1>
    <p class="period">\(period)</p>
    </header>
    <dl class="headline">\(figures)</dl>

    """
  }

  private var period: HTML {
    guard let first = report.store.firstEvent, let last = report.store.lastEvent else { return "No interactions." }
    guard let time = report.store.time else { return "\(DateText.period(first, last))" }
    return "\(DateText.period(first, last)) <span>everybody as of \(DateText.dateAndTime(time)) UTC</span>"
  }

  private var figures: [HTML] {
    let store = report.store
    let proposed = report.actions.reduce(0) { $0 + $1.proposed }
    let held = report.actions.reduce(0) { $0 + $1.suppressed.reduce(0) { $0 + $1.count } }
    let entered = report.segments.reduce(0) { $0 + $1.entered }
    let left = report.segments.reduce(0) { $0 + $1.left }
    let refused = report.intake.refusedCount + report.intake.unreadableCount
    return [
      figure(
        "Interactions", count(store.interactions), "\(NumberText.compact(report.intake.accepted)) new in this run"),
      figure("People", count(store.people), "from \(NumberText.count(store.accounts, "account", "accounts"))"),
      figure(
        "Median reply", report.replies.percentiles.map { DurationText.text($0.p50) } ?? "–",
        NumberText.count(report.replies.open, "question open", "questions open")),
      figure("Actions proposed", count(proposed), "\(NumberText.compact(held)) held back"),
      figure("Segments entered", count(entered), "\(NumberText.compact(left)) left"),
      figure("Input refused", count(refused), NumberText.count(report.intake.duplicates, "duplicate", "duplicates")),
    ]
  }

  private func count(_ value: Int) -> String {
    value < 1_000_000 ? NumberText.grouped(value) : NumberText.compact(value)
  }

  private func figure(_ name: String, _ value: String, _ note: String) -> HTML {
    "<div><dt>\(name)</dt><dd>\(value)</dd><dd class=\"sub\">\(note)</dd></div>"
  }
}
