/// How soon one brand replied: from the median to nine tenths, on a common axis.
struct LatencyRange {
  let scale: DurationScale

  /// The ranges of all brands need one axis.
  init(_ brands: [BrandFigures]) {
    let all = brands.compactMap(\.replies.percentiles)
    scale = DurationScale(least: all.map(\.p50).min() ?? 1, greatest: all.map(\.p95).max() ?? 86_400)
  }

  /// The names of the ticks.
  var axis: HTML {
    let last = scale.ticks.count - 1
    // Names that would touch are left out: inner ones where there is little room, every second one of many.
    let step = scale.ticks.count > 5 ? 2 : 1
    let names = scale.ticks.enumerated().filter { $0.offset % step == 0 }.map { index, tick -> HTML in
      let anchor = index == 0 ? "start" : index == last ? "end" : "middle"
      let mark = index == 0 || index + step > last || (last < 3 && step == 1) ? "tick" : "tick wide"
      return """
        <text class="\(mark)" x="\(SVG.percent(scale.share(tick.seconds)))" y="12" text-anchor="\(anchor)">\
        \(tick.name)</text>
        """
    }
    return "<svg class=\"bar\" height=\"18\" aria-hidden=\"true\" focusable=\"false\">\(names)</svg>"
  }

  func html(_ percentiles: ReplyFigures.Percentiles) -> HTML {
    let ticks = scale.ticks.map { tick -> HTML in
      let x = SVG.percent(scale.share(tick.seconds))
      return "<line class=\"grid\" x1=\"\(x)\" x2=\"\(x)\" y1=\"0\" y2=\"28\"/>"
    }
    let (low, high) = (scale.share(percentiles.p50), scale.share(percentiles.p90))
    let far = SVG.percent(scale.share(percentiles.p95))
    return """
      <svg class="bar" height="28" aria-hidden="true" focusable="false">\(ticks)\
      <line class="reach" x1="\(SVG.percent(high))" x2="\(far)" y1="14" y2="14"/>\
      <line class="reach" x1="\(far)" x2="\(far)" y1="10" y2="18"/>\
      <rect class="range" x="\(SVG.percent(low))" y="10" width="\(SVG.percent(max(high - low, 0)))" height="8"/>\
      <circle class="median" cx="\(SVG.percent(low))" cy="14" r="5.5"/></svg>
      """
  }
}
