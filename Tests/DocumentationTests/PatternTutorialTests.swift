import SCRMTesting
import SocialCRM
import Testing

/// What the page on patterns shows is what its code prints.
@Suite struct PatternTutorialTests {
  private let environment = tutorialEnvironment()

  private func shown() throws -> [[String]] {
    try Project.blocks().filter { $0.file == "Documentation/Patterns.md" && $0.language == "text" }.map(\.trimmedLines)
  }

  @Test func `every printed block`() async throws {
    let noon = try Instant(rfc3339: "2024-05-01T12:00:00Z")
    let shown = try shown()
    #expect(shown.count == 4)
    let stream = try await Printed.lines {
      try runPatternTutorial(silence: tutorialPattern(), environment: environment, noon: noon)
    }
    let matcher = try PatternMatcher(tutorialPattern(), environment)
    var activation = ExpressionActivation(environment)
    try activation.set(try #require(environment.slot("event.kind")), text: "complaint")
    let event = matcher.event(time: noon, id: 7, activation)
    let state = try await Printed.lines { try keepPatternTutorial(matcher: matcher, event: event, noon: noon) }
    let tally = try await Printed.lines { try tallyTutorial(environment: environment, noon: noon) }
    let folding = try await Printed.lines { try foldingTutorial() }
    #expect([stream, state, tally, folding] == shown)
  }

  @Test func `the other patterns compile, and the JSON form is that of the first`() throws {
    for pattern in sequencePatternTutorial() { _ = try PatternMatcher(pattern, environment) }
    let blocks = try Project.blocks().filter { $0.file == "Documentation/Patterns.md" && $0.language == "json" }
    let text = try #require(blocks.first).trimmedLines.joined(separator: "\n")
    #expect(try EventPattern(json: try JSON(text: text)) == tutorialPattern())
  }
}
