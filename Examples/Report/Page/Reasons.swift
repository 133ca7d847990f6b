import SocialCRM

/// Why something was decided, as a card.
struct Reasons {
  /// What the card is about, such as `entered`.
  let label: String
  let tone: String
  let person: PersonID
  let time: Instant
  let explanation: Explanation

  private static let mostEvidence = 6

  var html: HTML {
    let evidence = explanation.evidence.prefix(Self.mostEvidence).map { item -> HTML in
      let weight = item.weight.map { " \(NumberText.decimal($0, places: 1))" } ?? ""
      let event = item.event.map { " \($0.description.shortened(to: 40))" } ?? ""
      return """
        <li>\(HTML.data(item.fact.shortened(to: 240)))\(weight.isEmpty ? .none : "<b>\(weight)</b>")\
        \(event.isEmpty ? .none : "<code>\(event)</code>")</li>
        """
    }
    let further = explanation.evidence.count - Self.mostEvidence
    let more: HTML = further > 0 ? "<li class=\"more\">and \(further) more</li>" : .none
    let otherwise: HTML =
      explanation.otherwise.map {
        "<p class=\"otherwise\"><span>Otherwise</span> \(HTML.data($0.shortened(to: 240)))</p>"
      } ?? .none
    return """
      <article class="why"><p class="who"><span class="\(tone)">\(label)</span> <code>\(person.short)</code> \
      <time datetime="\(time.inUTC.description)">\(DateText.dateAndTime(time))</time></p>
      <p class="what">\(HTML.data(explanation.conclusion.shortened(to: 160)))</p>
      <ul>\(evidence)\(more)</ul>\(otherwise)</article>

      """
  }
}

extension PersonID {
  /// The first digits, enough to tell people apart on a page.
  var short: String { String(description.prefix(8)) }
}
