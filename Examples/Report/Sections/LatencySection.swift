/// How soon brands reply.
struct LatencySection {
  let report: RunReport

  var html: HTML { PageSection(id: "latency", title: "Response latency", lead: lead, content: content).html }

  private var lead: HTML {
    let replies = report.replies
    guard let percentiles = replies.percentiles else { return .none }
    let open: HTML =
      replies.open > 0 ? " \(NumberText.count(replies.open, "question has", "questions have")) no reply yet." : .none
    return """
      Half of \(NumberText.count(replies.pairs, "reply", "replies")) came within \(DurationText.text(percentiles.p50)), \
      nine in ten within \(DurationText.text(percentiles.p90)).\(open)
      """
  }

  private var content: HTML {
    let replies = report.replies
    guard replies.percentiles != nil else {
      return PageSection.nothing(
        replies.open == 0
          ? "No question to a brand and no reply was seen."
          : "No reply was seen; \(NumberText.count(replies.open, "question is", "questions are")) open.")
    }
    return """
      <div class="columns2"><figure><figcaption><h3>How soon</h3></figcaption>\
      \(LatencyHistogram(replies: replies).html)\(bins.folded)\(overall.html)\(asides)</figure>
      <figure><figcaption><h3>By brand</h3></figcaption>\(brands.html)\(key)\(percentiles.folded)</figure></div>
      """
  }

  private var bins: Table {
    let total = report.replies.histogram.reduce(0, +)
    return Table(
      caption: "Replies by time",
      columns: [.init(title: "Time"), .init(title: "Replies", style: "num"), .init(title: "Share", style: "num")],
      rows: zip(LatencyHistogram.binNames, report.replies.histogram).map { name, count in
        ["\(name)", "\(NumberText.grouped(count))", "\(NumberText.percent(count, of: total))"]
      })
  }

  private var overall: Table {
    let times = report.replies.percentiles
    let rows = [
      ("Half", times?.p50), ("Three in four", times?.p75), ("Nine in ten", times?.p90), ("95 in 100", times?.p95),
      ("99 in 100", times?.p99),
    ]
    return Table(
      caption: "Time within which replies came",
      columns: [.init(title: "Replies"), .init(title: "within", style: "num")],
      rows: rows.map { ["\($0.0)", time($0.1)] })
  }

  private var key: HTML {
    let further = report.furtherBrands
    let more: HTML = further > 0 ? " \(further) brands with fewer replies are not shown." : .none
    return "<p class=\"aside\">● median, bar to nine in ten, line to 95 in 100; a logarithmic scale.\(more)</p>"
  }

  private var brands: Table {
    let range = LatencyRange(report.brands)
    return Table(
      caption: "Response latency by brand",
      columns: [
        .init(title: "Brand"), .init(title: range.axis, style: "plot"), .init(title: "Median", style: "num"),
        .init(title: "Replies", style: "num wide"), .init(title: "Open", style: "num wide"),
      ],
      rows: report.brands.map { brand in
        [
          HTML.data(brand.brand.shortened(to: 60)), brand.replies.percentiles.map(range.html) ?? .none,
          time(brand.replies.percentiles?.p50), "\(NumberText.grouped(brand.replies.pairs))",
          "\(NumberText.grouped(brand.replies.open))",
        ]
      })
  }

  private var percentiles: Table {
    let all = [BrandFigures(brand: "All brands", replies: report.replies)] + report.brands
    return Table(
      caption: "All percentiles",
      columns: [.init(title: "Brand")]
        + ["Pairs", "Answered", "Open", "p50", "p75", "p90", "p95", "p99"].map { .init(title: "\($0)", style: "num") },
      rows: all.map { brand in
        let (replies, times) = (brand.replies, brand.replies.percentiles)
        return [HTML.data(brand.brand.shortened(to: 60))]
          + [replies.pairs, replies.answered, replies.open].map { "\(NumberText.grouped($0))" }
          + [times?.p50, times?.p75, times?.p90, times?.p95, times?.p99].map(time)
      })
  }

  private func time(_ seconds: Double?) -> HTML { seconds.map { "\(DurationText.text($0))" } ?? "–" }

  private var asides: HTML {
    var parts: [String] = []
    if report.replies.negative > 0 {
      parts.append(
        NumberText.count(report.replies.negative, "reply bears", "replies bear") + " an earlier time than the question")
    }
    if report.replies.unmatched > 0 {
      parts.append(NumberText.count(report.replies.unmatched, "reply answers", "replies answer") + " what is not there")
    }
    return parts.isEmpty ? .none : "<p class=\"aside\">Not among them: \(parts.joined(separator: "; ")).</p>"
  }
}
