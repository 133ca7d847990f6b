/// A table of figures.
struct Table {
  struct Column {
    var title: HTML
    /// How the cells are set: `num` and `count` for numbers on the left and the right of a bar, `plot` for bars, `wide` to leave it out where there is little room.
    var style = ""
  }

  let caption: String
  /// `bare` for a table without lines.
  var style = ""
  let columns: [Column]
  /// The cells of each row; the first one names it.
  let rows: [[HTML]]

  var html: HTML {
    let head = columns.map { column -> HTML in "<th scope=\"col\"\(style(column))>\(column.title)</th>" }
    let body = rows.map { row -> HTML in
      let cells = zip(columns, row).enumerated().map { index, cell -> HTML in
        index == 0
          ? "<th scope=\"row\"\(style(cell.0))>\(cell.1)</th>" : "<td\(style(cell.0))>\(cell.1)</td>"
      }
      return "<tr>\(cells)</tr>\n"
    }
    return """
      <table\(style.isEmpty ? .none : " class=\"\(style)\"")><caption>\(caption)</caption><thead><tr>\(head)</tr></thead>
      <tbody>\(body)</tbody></table>
      """
  }

  /// The table behind a line to open it: the figures of a chart.
  var folded: HTML {
    "<details><summary>\(caption)</summary><div class=\"scroll\" tabindex=\"0\">\(html)</div></details>"
  }

  private func style(_ column: Column) -> HTML { column.style.isEmpty ? .none : " class=\"\(column.style)\"" }
}
