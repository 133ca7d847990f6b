extension RunReport {
  /// The report as one HTML document that needs nothing else: no script, no network, no fonts.
  ///
  /// It is well-formed as XML, too. The same report gives the same bytes. Every text of the report is escaped.
  public var html: String {
    let page: HTML = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <meta name="color-scheme" content="light dark"/>
      <meta name="referrer" content="no-referrer"/>
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
      <title>\(title.shortened(to: 80)) · SocialCRM run report</title>
      <style>\(Stylesheet.css)</style>
      </head>
      <body>
      <main>
      \(PageHeader(report: self).html)
      \(sections)
      \(PageFooter(report: self).html)
      </main>
      </body>
      </html>

      """
    return page.source
  }

  private var sections: [HTML] {
    [
      VolumeSection(report: self).html, KeywordSection(report: self).html,
      "<div class=\"pair\">\(ParticipationSection(report: self).html)\(ConnectedSection(report: self).html)</div>",
      ReachSection(report: self).html, LatencySection(report: self).html, SegmentSection(report: self).html,
      ActionSection(report: self).html, MergeSection(report: self).html, IntakeSection(report: self).html,
    ]
  }
}
