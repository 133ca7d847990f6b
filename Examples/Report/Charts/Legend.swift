/// What the colours of a chart mean.
enum Legend {
  static func html(_ entries: [(name: String, tone: String)]) -> HTML {
    if entries.count < 2 { return .none }
    let items = entries.map { entry -> HTML in
      """
      <li><svg width="10" height="10" aria-hidden="true" focusable="false"><rect class="\(entry.tone)" width="10" \
      height="10"/></svg>\(entry.name)</li>
      """
    }
    return "<ul class=\"legend\">\(items)</ul>"
  }
}
