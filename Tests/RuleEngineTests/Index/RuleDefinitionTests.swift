import RuleEngine
import SCRMModel
import Testing

@Suite struct RuleDefinitionTests {
  @Test func `the JSON form is read and written back`() throws {
    let text = #"""
      {"name":"refund","version":2,"owner":"desk","for":"answers","on":["post",{"entered":"vip"},{"schedule":{"start":"2024-05-01T08:00:00Z","every":"86400s"}}],"when":"event.text.contains('退款')","then":[{"do":"reply","with":{"text":"Hello {profile.name|there}!"},"channel":"weibo","after":"60s","valid":"3600s","cost":0.5}],"priority":3,"group":"g","stop":true,"once":"thread","cooldown":"60s","missing":"report","tags":["t"],"purpose":"marketing","transactional":true,"control":{"share":0.1,"strata":["profile.tier"]},"campaign":"spring"}
      """#
    let rule = try RuleDefinition(jsonText: text)
    #expect(rule.jsonText == text)
    #expect(try RuleDefinition(jsonText: rule.jsonText) == rule)
  }

  @Test(arguments: [
    (#"{"name":"r","priorty":1}"#, "$.priorty"), (#"{"name":""}"#, "$.name"),
    (#"{"name":"r","on":[{"case":"lost"}]}"#, "$.on[0].case"),
    (#"{"name":"r","then":[{"do":"tag"}]}"#, "$.then[0].with.tag"),
    (#"{"name":"r","then":[{"do":"reply","with":{"text":"{open"}}]}"#, "$.then[0].with.text"),
    (#"{"name":"r","control":{"share":2}}"#, "$.control.share"), (#"{"name":"r","cooldown":"-1s"}"#, "$.cooldown"),
  ])
  func `what is wrong is named with its path`(_ text: String, _ path: String) {
    let error = #expect(throws: JSONError.self) { try RuleDefinition(jsonText: text) }
    #expect(error?.description.hasPrefix(path + ":") ?? false, "\(error?.description ?? "")")
  }

  @Test func `a control group is stable and of its share`() throws {
    let group = try #require(ControlGroup(share: 0.2))
    let people = (0..<10_000).map { PersonID(high: UInt64($0), low: 7) }
    let held = people.filter { group.holdsOut($0, name: "spring") }
    #expect((1_800...2_200).contains(held.count))
    #expect(held.allSatisfy { group.holdsOut($0, name: "spring") })
    let both = held.filter { group.holdsOut($0, name: "autumn") }
    #expect((300...500).contains(both.count))
  }
}
