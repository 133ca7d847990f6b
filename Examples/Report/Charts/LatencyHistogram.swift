/// How many replies came how soon, in bins that people think in.
struct LatencyHistogram {
  let replies: ReplyFigures
  private let height = 150.0
  private let top = 26.0
  private static let names = ["1 min", "5 min", "15 min", "1 h", "4 h", "12 h", "1 d", "3 d"]
  static let binNames = [
    "up to 1 min", "1 to 5 min", "5 to 15 min", "15 min to 1 h", "1 to 4 h", "4 to 12 h", "12 h to 1 d", "1 to 3 d",
    "more than 3 d",
  ]

  var html: HTML {
    let total = replies.histogram.reduce(0, +)
    let scale = CountScale(greatest: replies.histogram.max() ?? 0, most: 4)
    let slot = 1 / Double(max(replies.histogram.count, 1))
    let base = SVG.pixels(top + height)
    let columns = replies.histogram.enumerated().map { bin, count -> HTML in
      let share = scale.share(count)
      let x = SVG.percent((Double(bin) + 0.5) * slot)
      return """
        <rect class="a" x="\(SVG.percent((Double(bin) + 0.08) * slot))" y="\(SVG.pixels(top + height * (1 - share)))" \
        width="\(SVG.percent(slot * 0.84))" height="\(SVG.pixels(height * share))"/>\
        <text class="note" x="\(x)" y="\(SVG.pixels(top + height * (1 - share) - 6))" \
        text-anchor="middle">\(NumberText.percent(count, of: total))</text>
        """
    }
    let edges = Self.names.enumerated().map { edge, name -> HTML in
      let x = SVG.percent(Double(edge + 1) * slot)
      return """
        <line class="tick mark" x1="\(x)" x2="\(x)" y1="\(base)" y2="\(SVG.pixels(top + height + 5))"/>\
        <text class="tick\(edge % 2 == 0 ? "" : " wide")" x="\(x)" y="\(SVG.pixels(top + height + 19))" \
        text-anchor="middle">\(name)</text>
        """
    }
    let description = "Share of \(NumberText.grouped(total)) replies by the time they took"
    return """
      <svg class="columns flush" height="\(SVG.pixels(top + height + 26))" role="img" aria-label="\(description)">\
      <title>\(description)</title>\(columns)<line class="base" x1="0" x2="100%" y1="\(base)" y2="\(base)"/>\
      \(edges)</svg>
      """
  }
}
