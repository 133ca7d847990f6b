import Foundation
import SocialCRM
import Testing

enum Sample {
  /// The path of a sample configuration of the package.
  static func path(_ name: String) throws -> String {
    let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return package.appendingPathComponent("Samples").appendingPathComponent(name).path
  }
}

struct SettingsTests {
  @Test(arguments: [
    ("[]", "$: expected an object"),
    ("{", "$ at byte 1"),
    (#"{"segmnts":[]}"#, "$.segmnts: unknown member, expected one of workspace, source"),
    (#"{"lateness":"7 days"}"#, "$.lateness: expected a span in seconds such as 86400s"),
    (#"{"lateness":"-1s"}"#, "$.lateness: expected a span"),
    (#"{"influence":"yes"}"#, "$.influence: expected"),
    (#"{"zone":"Mars/Olympus"}"#, "$.zone: expected the IANA name of a time zone"),
    (#"{"zone":"../../../etc/passwd"}"#, "$.zone: expected the IANA name of a time zone"),
    (#"{"identity":{"country":"86"}}"#, "$.identity.country: unknown member"),
    (#"{"consent":{"grant":[]}}"#, "$.consent.grant: unknown member"),
    (#"{"segment":{"currency":1}}"#, "$.segment.currency: expected a string"),
    (#"{"segment":{"userAssertion":"sworn"}}"#, "$.segment.userAssertion: expected one of inferred, claimed"),
    (#"{"csv":{}}"#, "$.csv.kind"),
    (#"{"csv":{"kinds":"post"}}"#, "$.csv.kinds: unknown member"),
    (
      #"{"csv":{"kind":"post","actor":{"ids":[{"column":"a","namespace":"x"}]},"time":{"column":"t","format":"QQ"}}}"#,
      "$.csv: time.format: unknown token QQ"
    ),
    (#"{"segments":[{"name":"a"}]}"#, "$.segments[0]: expected one member, one of count, tier"),
    (#"{"segments":[{"name":"","tier":"deep"}]}"#, "$.segments[0].name: expected a text that is not empty"),
    (#"{"segments":[{"name":"a","counts":{}}]}"#, "$.segments[0].counts: unknown condition"),
    (#"{"segments":[{"name":"a","tier":"deep","heat":{"atLeast":1}}]}"#, "$.segments[0]: expected one member"),
    (#"{"segments":[{"name":"a","count":{"kind":"like"}}]}"#, "$.segments[0].count: expected atLeast, atMost or both"),
    (
      #"{"segments":[{"name":"a","count":{"days":0,"atLeast":1}}]}"#,
      "$.segments[0].count.days: expected a whole number"
    ),
    (#"{"segments":[{"name":"a","tier":"loud"}]}"#, "$.segments[0].tier: expected one of silent, occasional, deep"),
    (
      #"{"segments":[{"name":"a","tier":{"atLeast":"deep","atMost":"silent"}}]}"#,
      "$.segments[0].tier: expected atLeast"
    ),
    (#"{"segments":[{"name":"a","any":[]}]}"#, "$.segments[0].any: expected at least one condition"),
    (
      #"{"segments":[{"name":"a","all":[{"not":{"heat":{"min":1}}}]}]}"#,
      "$.segments[0].all[0].not.heat.min: unknown member"
    ),
    (#"{"segments":[{"name":"a","in":"b"}]}"#, "$.segments[0]: there is no segment b"),
    (
      #"{"segments":[{"name":"a","tier":"deep"},{"name":"a","tier":"deep"}]}"#,
      "segments: expected segment names without repetition"
    ),
    (#"{"rules":[{"version":1}]}"#, "$.rules[0].name: "),
    (#"{"rules":[{"name":"r","cooldown":60}]}"#, "$.rules[0].cooldown: expected a string"),
    (#"{"rules":[{"name":"r","propose":1}]}"#, "$.rules[0].propose: unknown member"),
    (#"{"rules":[{"name":"r","then":[{"do":"reply"}]}]}"#, "$.rules[0].then[0].with.text: required parameter"),
    (#"{"rules":[{"name":"r","on":[{"entered":"b"}]}]}"#, "$.rules[0].on[0]: there is no segment b"),
    (#"{"rules":[{"name":"r","when":"event.nothing"}]}"#, "r, when: "),
    (#"{"rules":[{"name":"r","keywords":{}}]}"#, "$.rules[0].keywords: expected words"),
    (#"{"rules":[{"name":"r","keywords":{"any":[" "]}}]}"#, "r, keywords: word “ ”"),
    (#"{"zones":["Mars/Base"]}"#, "$.zones: there is no time zone Mars/Base"),
    (#"{"consent":{},"guards":{"grants":["marketing"]}}"#, "$.guards.grants: expected the purposes"),
  ])
  func `a wrong configuration is refused with the path of what is wrong`(text: String, expected: String) async throws {
    let scratch = try Scratch()
    let config = try scratch.file("scrm.json", text)
    let answer = await scrm("run", "-", "--config", config)
    #expect(answer.status == 1 && answer.output.isEmpty)
    #expect(answer.error.hasPrefix("scrm: \(config): \(expected)"), "\(answer.error)")
  }

  /// Ann bought for 120 CNY on one day and liked twice on the next; Bob only looked, long ago; the day of judgement is
  /// 2024-05-03.
  @Test(arguments: [
    (#""count":{"kind":"purchase","days":30,"atLeast":1}"#, ["ann"]),
    (#""count":{"kind":"like","days":1,"atLeast":1}"#, []),
    (#""count":{"kind":"like","days":2,"atLeast":2}"#, ["ann"]),
    (#""count":{"kind":"like","atMost":1}"#, ["bob"]),
    (#""count":{"days":30,"atLeast":3}"#, ["ann"]),
    (#""count":{"atLeast":1,"atMost":2}"#, ["bob"]),
    (#""tier":"silent""#, ["bob"]),
    (#""tier":{"atLeast":"occasional"}"#, ["ann"]),
    (#""tier":{"atMost":"deep"}"#, ["ann", "bob"]),
    (#""heat":{"atLeast":5}"#, ["ann"]),
    (#""heat":{"atMost":0.5}"#, ["bob"]),
    (#""influence":{"atLeast":1}"#, []),
    (#""spent":{"currency":"CNY","atLeast":120}"#, ["ann"]),
    (#""spent":{"currency":"CNY","days":2,"atLeast":120}"#, []),
    (#""spent":{"currency":"USD","atMost":0}"#, ["ann", "bob"]),
    (#""trait":{"name":"city","equals":"上海"}"#, ["ann"]),
    (#""trait":{"name":"city","equals":7}"#, []),
    (#""not":{"trait":{"name":"city","equals":"上海"}}"#, ["bob"]),
    (#""all":[{"tier":"occasional"},{"heat":{"atLeast":1}}]"#, ["ann"]),
    (#""any":[{"tier":"silent"},{"heat":{"atLeast":1}}]"#, ["ann", "bob"]),
    (#""in":"buyers""#, ["ann"]),
  ])
  func `a condition holds for whom it should`(condition: String, expected: [String]) async throws {
    let scratch = try Scratch()
    let config = try scratch.file(
      "scrm.json",
      """
      {"segments":[{"name":"buyers","count":{"kind":"purchase","atLeast":1}},{"name":"tested",\(condition)}]}
      """)
    let lines = """
      {"source":"a","id":"0","kind":"view","at":"2024-03-01T08:00:00Z","actor":{"ids":[{"ns":"user","value":"bob"}]}}
      {"source":"a","id":"1","kind":"purchase","at":"2024-05-01T08:00:00Z","actor":{"ids":[{"ns":"user","value":"ann"}]},\
      "amount":{"amount":"120","currency":"CNY"},"traits":{"city":"上海"}}
      {"source":"a","id":"2","kind":"like","at":"2024-05-02T08:00:00Z","actor":{"ids":[{"ns":"user","value":"ann"}]}}
      {"source":"a","id":"3","kind":"like","at":"2024-05-02T09:00:00Z","actor":{"ids":[{"ns":"user","value":"ann"}]}}
      """
    let answer = await scrm("run", "-", "--config", config, input: Array(lines.utf8))
    #expect(answer.status == 0)
    var names: [JSON: String] = [:]
    for person in try answer.lines("person") {
      guard let id = person["id"] else { continue }
      names[id] = try JSON.object(person)["accounts", "0", "value"]?.stringValue()
    }
    let members = try answer.lines("membership").filter { $0["segment"] == .string("tested") }
    #expect(members.compactMap { $0["person"].flatMap { names[$0] } }.sorted() == expected)
  }
}
