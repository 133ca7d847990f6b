/// Pieces of charts.
///
/// Widths are in percent and heights in pixels, so that a chart fills its place while its texts keep their size.
enum SVG {
  /// A percentage with up to three places.
  static func percent(_ share: Double) -> String {
    let text = NumberText.decimal(min(max(share, 0), 1) * 100, places: 3)
    return (text == "100.000" ? "100" : text == "0.000" ? "0" : text) + "%"
  }

  /// Pixels with one place.
  static func pixels(_ value: Double) -> String { NumberText.decimal(value, places: 1) }

  /// A horizontal bar in a table; the table says the number.
  static func bar(_ parts: [(share: Double, tone: String)], height: Int = 14) -> HTML {
    var rectangles: [HTML] = []
    var start = 0.0
    for part in parts where part.share > 0 {
      rectangles.append(
        """
        <rect class="\(part.tone)" x="\(percent(start))" y="0" width="\(percent(part.share))" height="\(height)"/>
        """)
      start += part.share
    }
    return "<svg class=\"bar\" height=\"\(height)\" aria-hidden=\"true\" focusable=\"false\">\(rectangles)</svg>"
  }

  /// A bar of a pyramid: as wide as its share, in the middle.
  static func middleBar(_ share: Double, tone: String, height: Int = 92) -> HTML {
    """
    <svg class="bar" height="\(height)" aria-hidden="true" focusable="false"><rect class="\(tone)" \
    x="\(percent((1 - share) / 2))" y="0" width="\(percent(share))" height="\(height)"/></svg>
    """
  }

  /// Two bars from the middle, for what goes in two directions; each takes up to one half.
  static func opposed(left: Double, right: Double) -> HTML {
    """
    <svg class="bar" height="14" aria-hidden="true" focusable="false"><rect class="b" x="\(percent((1 - left) / 2))" y="0" \
    width="\(percent(left / 2))" height="14"/><rect class="a" x="50%" y="0" width="\(percent(right / 2))" height="14"/>\
    <line class="base" x1="50%" x2="50%" y1="-7" y2="21"/></svg>
    """
  }
}
