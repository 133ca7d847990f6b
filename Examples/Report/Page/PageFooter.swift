/// How to read the page.
struct PageFooter {
  let report: RunReport

  var html: HTML {
    """
    <footer>
    <p>Days are those of UTC. People are shown by the beginning of their ids. Entries, departures and refusals are those \
    of this run; everything else describes the store. A percentile p is the time within which p % of the replies came. \
    This page decides nothing and loads nothing.</p>
    </footer>
    """
  }
}
