import RuleEngine
import SCRMModel
import Testing

/// Figures that were worked out on the same tweets by other means.
struct CustomerSupportTweetsTests {
  @Test func `reply latencies and threads of the customer support tweets`() throws {
    guard let bytes = ConversationData.unzipped("social/twcs_first5000.csv.gz") else { return }
    let twitter = IdentifierNamespace.handle("twitter")
    let roles = ["True": "customer", "False": "brand"]
    let mapping = CSVMapping(
      source: "twitter", id: "tweet_id", kind: .constant("post"),
      actor: .init([.init(column: "author_id", namespace: twitter)], role: .column("inbound", values: roles)),
      target: .init(
        [.mention(namespace: twitter)],
        role: .column("inbound", values: ["True": "brand", "False": "customer"])),
      text: .init(column: "text"), time: .init(column: "created_at", format: .pattern("EEE MMM dd HH:mm:ss Z yyyy")),
      inReplyTo: "in_response_to_tweet_id")
    var parser = try CSVInteractionParser(mapping: mapping, received: .epoch)
    var meter = ConversationMeter()
    for parsed in parser.parse(bytes) { meter.add(try parsed.result.get()) }
    let report = meter.report()
    #expect(report.interactions == 4_965)
    #expect(report.replies.pairs == 2_159 && report.replies.negative == 0 && report.replies.answered == 2_055)
    #expect(report.replies.latencies.median == 718)
    #expect(report.replies(of: "AmazonHelp")?.latencies.median == 533)
    #expect(report.replies(of: "AppleSupport")?.latencies.median == 537)
    #expect(report.replies(of: "British_Airways")?.latencies.median == 20_519.5)
    // By numpy.percentile.
    let p90 = try #require(report.replies.latencies.percentile(0.9))
    let p95 = try #require(report.replies.latencies.percentile(0.95))
    #expect(abs(p90 - 23_041.4) < 1e-6 && abs(p95 - 48_806.9) < 1e-6)
    #expect(report.brands.count { $0.replies.pairs > 0 } == 76)
    #expect(report.threads.count == 1_335 && report.threads.largest == 130 && report.threads.messages == 4_965)
  }
}
