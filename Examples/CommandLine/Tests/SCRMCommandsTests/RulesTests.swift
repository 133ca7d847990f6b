import Foundation
import SocialCRM
import Testing

struct RulesTests {
  private static let rules = #"""
    {"zones":["Asia/Shanghai"],"facts":[{"name":"person.city","type":"string","origin":"trait"}],"rules":[
      {"name":"refund","on":["post","comment"],"when":"event.text.contains('退款') && person.city == '上海'",
       "then":[{"do":"openCase","with":{"category":"refund"}}],"cooldown":"3600s"}]}
    """#

  private static let interactions = #"""
    {"source":"s","id":"1","kind":"comment","actor":{"ids":[{"ns":"email","value":"a@example.com"}]},"text":{"text":"我要退款"},"at":"2024-05-01T08:00:00Z"}
    {"source":"s","id":"2","kind":"comment","actor":{"ids":[{"ns":"email","value":"a@example.com"}]},"text":{"text":"退款"},"at":"2024-05-01T08:30:00Z"}
    no json
    {"source":"s","id":"3","kind":"comment","actor":{"ids":[{"ns":"email","value":"b@example.com"}]},"text":{"text":"退款"},"at":"2024-05-01T09:00:00Z"}

    """#

  private static let profiles = #"""
    {"source":"crm","id":"a","kind":"identify","actor":{"ids":[{"ns":"email","value":"a@example.com"}]},"traits":{"city":"上海"},"at":"2024-04-01T08:00:00Z"}

    """#

  @Test func `rules are checked`() async throws {
    let scratch = try Scratch()
    let good = await scrm("rules", "check", "--rules", try scratch.file("r.json", Self.rules))
    #expect(good.status == 0 && good.output.isEmpty && good.error == "1 rules, 0 journeys: 0 errors, 0 warnings\n")
    let doubtful = Self.rules.replacingOccurrences(of: "'上海'", with: "'上海' && person.city == 'Paris'")
    let file = try scratch.file("d.json", doubtful)
    let warned = await scrm("rules", "check", "--rules", file)
    #expect(warned.status == 0 && warned.output.hasSuffix("the condition can never hold (contradiction)\n"))
    #expect(await scrm("rules", "check", "--rules", file, "--strict").status == 1)
    let faulty = try scratch.file(
      "f.json", Self.rules.replacingOccurrences(of: "person.city ==", with: "person.cty =="))
    let refused = await scrm("rules", "check", "--rules", faulty)
    #expect(refused.status == 1 && refused.output.hasPrefix("error: refund, when:"))
    let zone = try scratch.file("z.json", Self.rules.replacingOccurrences(of: "Asia/Shanghai", with: "Asia/Nowhere"))
    #expect(await scrm("rules", "check", "--rules", zone).error.contains("there is no time zone Asia/Nowhere"))
  }

  @Test func `scenarios pass, fail with the reason, and are measured`() async throws {
    let scratch = try Scratch()
    let rules = try scratch.file("r.json", Self.rules)
    func scenario(_ city: String) throws -> String {
      try scratch.file(
        "s-\(city).json",
        #"{"name":"s","steps":[{"given":"a","traits":{"city":"\#(city)"}},{"when":"a","does":"comment","text":"退款"},{"expect":"action","kind":"openCase"}]}"#
      )
    }
    let passed = await scrm("rules", "test", try scenario("上海"), "--rules", rules, "--coverage", "--mutations")
    #expect(passed.status == 0 && passed.error == "1 scenarios, 0 failed\n")
    #expect(passed.output.hasPrefix("pass s: 1 of 1 expectations met\nnot reached: refund is never silent\n"))
    #expect(passed.output.contains("not noticed: refund: "))
    let failed = await scrm("rules", "test", try scenario("Paris"), "--rules", rules)
    #expect(failed.status == 1)
    #expect(failed.output.contains("person.city == '上海' is false (person.city = \"Paris\")"))
    let wrong = try scratch.file("w.json", #"{"name":"s","steps":[{"expect":"acton"}]}"#)
    let refused = await scrm("rules", "test", wrong, "--rules", rules)
    #expect(refused.status == 1 && refused.error.contains("$.steps[0].expect"))
  }

  @Test func `a dry run gives matches, proposals and what another file changes`() async throws {
    let scratch = try Scratch()
    let rules = try scratch.file("r.json", Self.rules)
    let interactions = try scratch.file("i.ndjson", Self.interactions)
    let profiles = try scratch.file("p.ndjson", Self.profiles)
    let run = await scrm(
      "rules", "run", "--rules", rules, "--interactions", interactions, "--profiles", profiles, "--actions",
      scratch.path("a.ndjson"))
    #expect(run.status == 0)
    let lines = run.output.split(separator: "\n")
    try #require(lines.count == 3, "\(run.error)")
    #expect(lines[0] == "time,rule,person,outcome")
    #expect(lines[1].hasPrefix("2024-05-01T08:00:00Z,refund,") && lines[1].hasSuffix(",proposed"))
    #expect(lines[2].hasSuffix(",suppressed: cooldown"))
    #expect(run.error.contains("i.ndjson:3: "))
    #expect(run.error.hasSuffix("3 interactions, 1 unreadable, 0 refused; 1 proposed, 1 suppressed\n"))
    let actions = String(decoding: try #require(scratch.bytes("a.ndjson")), as: UTF8.self)
    #expect(actions.contains(#""explanation":{"conclusion":"refund version 1 proposes openCase""#))
    let explained = await scrm(
      "rules", "run", "--rules", rules, "--interactions", interactions, "--profiles", profiles, "--explain")
    #expect(explained.output.contains("person.city == '上海' is true"))

    let other = try scratch.file("o.json", Self.rules.replacingOccurrences(of: #","cooldown":"3600s""#, with: ""))
    let changes = await scrm(
      "rules", "run", "--rules", other, "--against", rules, "--interactions", "-", "--profiles", profiles,
      input: Array(Self.interactions.utf8))
    #expect(changes.status == 0)
    #expect(changes.output.split(separator: "\n").last?.hasSuffix(",suppressed: cooldown → proposed") ?? false)
    #expect(changes.error.hasSuffix("0 added, 0 removed, 1 changed\n"))
    let strict = await scrm(
      "rules", "run", "--rules", rules, "--interactions", interactions, "--strict", "--output", scratch.path("none.csv")
    )
    #expect(strict.status == 1 && scratch.bytes("none.csv") == nil)
  }
}
