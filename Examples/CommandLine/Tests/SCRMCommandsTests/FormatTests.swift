import SocialCRM
import Testing

struct FormatTests {
  private static let messages = """
    {"type":"identify","messageId":"1","userId":"7","traits":{"city":"上海","email":"a@example.org"},\
    "timestamp":"2024-05-01T08:00:00Z"}
    {"type":"track","messageId":"2","userId":"7","event":"Order Completed",\
    "properties":{"revenue":600,"currency":"CNY"},"timestamp":"2024-05-01T09:00:00Z"}
    {"type":"track","messageId":"3","userId":"7","event":"Product Reviewed","properties":{"review_body":"太差，要退款"},\
    "timestamp":"2024-05-01T10:00:00Z"}
    {"type":"track","messageId":"4","anonymousId":"x","event":"Product Viewed"}
    """

  @Test func `messages of the Segment spec by the sample configuration`() async throws {
    let scratch = try Scratch()
    let config = try Sample.path("segment.json")
    let answer = await scrm(
      "run", "-", "--config", config, "--summary", scratch.path("s.json"), input: Array(Self.messages.utf8))
    #expect(answer.status == 0)
    // Without any time there is nothing to go by but a clock.
    #expect(answer.error.contains("standard input:4: column timestamp: the message has no time"))
    let summary = try scratch.json("s.json")
    for segment in ["recent-buyers", "big-spenders", "shanghai"] {
      #expect(summary["segments", segment, "members"] == .int(1), "\(segment)")
    }
    #expect(summary["segments", "browsing-not-buying", "members"] == .int(0))
    #expect(summary["actions", "welcome-buyer", "proposed"] == .int(1))
    #expect(summary["actions", "bad-review", "proposed"] == .int(1))
    let person = try #require(try answer.lines("person").first)
    #expect(JSON.object(person)["traits", "city"] == .string("上海"))
    #expect(try JSON.object(person)["accounts"]?.arrayValue().count == 2)
  }

  @Test func `a receive time can be given`() async throws {
    let config = try Sample.path("segment.json")
    let answer = await scrm(
      "run", "-", "--config", config, "--received", "2024-05-01T20:00:00+08:00", input: Array(Self.messages.utf8))
    #expect(answer.error == "4 rows: 4 accepted, 0 duplicates, 0 refused, 0 unreadable\n")
    let action = try #require(try answer.lines("action").first)
    #expect(action["decided"] == .string("2024-05-01T12:00:00Z"))
  }

  @Test func `interactions in the SDK's own JSON Lines`() async throws {
    let scratch = try Scratch()
    let config = try scratch.file("scrm.json", #"{"segments":[{"name":"all","count":{"atLeast":1}}]}"#)
    let lines = """
      {"source":"a","id":"1","kind":"like","at":"2024-05-01T08:00:00Z","actor":{"ids":[{"ns":"email","value":"A@example.org"}]}}
      {"source":"a","id":"2","kind":"like","at":"2024-05-01T08:00:00Z"}

      {"source":"a","id":"3","kind":"like","at":"2024-05-02T08:00:00Z","actor":{"ids":[{"ns":"email","value":"a@example.org"},{"ns":"phone","value":"+86 138 0013 8000"}]}}
      """
    let answer = await scrm("run", "-", "--config", config, "--format", "ndjson", input: Array(lines.utf8))
    #expect(answer.error.hasPrefix("standard input:2: column actor: required member is missing\n3 rows: 2 accepted"))
    #expect(try answer.lines("person").count == 1 && answer.lines("membership").count == 1)
  }

  @Test func `a configuration for two formats wants one named`() async throws {
    let scratch = try Scratch()
    let config = try scratch.file("scrm.json", "{\"segment\":{}," + Posts.config.dropFirst())
    let none = await scrm("run", "-", "--config", config, input: [])
    #expect(none.status == 1 && none.error.contains("give --format"))
    #expect(await scrm("run", "-", "--config", config, "--format", "segment", input: []).status == 0)
    let empty = try scratch.file("empty.json", "{}")
    let noMapping = await scrm("run", "-", "--config", empty, "--format", "csv", input: [])
    #expect(noMapping.status == 1 && noMapping.error.contains("$.csv is missing"))
  }
}
