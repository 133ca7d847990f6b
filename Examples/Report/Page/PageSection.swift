/// A part of the page with its heading.
struct PageSection {
  let id: String
  let title: String
  /// What there is to see, in a sentence.
  var lead: HTML = .none
  let content: HTML

  var html: HTML {
    """
    <section aria-labelledby="\(id)">
    <h2 id="\(id)">\(title)</h2>
    \(lead.source.isEmpty ? .none : "<p class=\"lead\">\(lead)</p>")
    \(content)
    </section>

    """
  }

  /// What stands where there is nothing to show.
  static func nothing(_ text: String) -> HTML { "<p class=\"nothing\">\(text)</p>" }
}
