import SocialCRM
import Testing

/// Formats of which each line is one document.
struct DocumentFormatTests {
  private static let config = """
    {"source":"test","interchange":{"app":"wx1","corporation":"ww1","server":"s.example","counts":false,
      "roles":{"brand":[{"ns":"weibo.uid","value":"9"}]},
      "mappings":[{"type":"com.example.call","kind":"call","actor":"subject","namespace":"phone"}]}}
    """

  private static let lines: [(format: String, good: String, account: String)] = [
    (
      "activitystreams",
      #"{"type":"Like","id":"https://a.example/1","actor":"https://a.example/ann","object":"https://b.example/7","published":"2024-05-01T08:00:00Z"}"#,
      "activitystreams.actor"
    ),
    (
      "cloudevents",
      #"{"specversion":"1.0","id":"1","source":"/calls","type":"com.example.call","subject":"+4930123456","time":"2024-05-01T08:00:00Z"}"#,
      "phone"
    ),
    (
      "mastodon",
      #"{"id":"1","created_at":"2024-05-01T08:00:00Z","content":"<p>hi</p>","account":{"id":"1","acct":"ann"}}"#,
      "handle:mastodon"
    ),
    (
      "weibo", #"{"id":1,"created_at":"Wed May 01 16:00:00 +0800 2024","text":"你好","user":{"id":7}}"#, "weibo.uid"
    ),
    (
      "wechat",
      #"{"ToUserName":"gh_1","FromUserName":"o1","CreateTime":"1714550400","MsgType":"text","Content":"你好","MsgId":"1"}"#,
      "wechat.openid:wx1"
    ),
    (
      "wecom",
      #"{"ToUserName":"ww1","FromUserName":"sys","CreateTime":"1714550400","MsgType":"event","Event":"change_external_contact","ChangeType":"add_external_contact","UserID":"kim","ExternalUserID":"wo1","State":"booth"}"#,
      "wecom.external:ww1"
    ),
  ]

  @Test(arguments: lines.indices) func `a document on each line`(index: Int) async throws {
    let (format, good, account) = Self.lines[index]
    let scratch = try Scratch()
    let config = try scratch.file("scrm.json", Self.config)
    // Delivered twice, with something between that is no document of the format.
    let input = [good, #"{"x":}"#, "[7]", good].joined(separator: "\n")
    let answer = await scrm("run", "-", "--config", config, "--format", format, input: Array(input.utf8))
    #expect(answer.status == 0)
    #expect(answer.error.contains("standard input:2: "))
    #expect(answer.error.contains("standard input:3: "))
    #expect(answer.error.hasSuffix("4 rows: 1 accepted, 1 duplicates, 0 refused, 2 unreadable\n"), "\(answer.error)")
    let people = try answer.lines("person")
    #expect(people.count == 1)
    let accounts = try JSON.object(try #require(people.first))["accounts"]?.arrayValue() ?? []
    #expect(accounts.contains { $0["ns"] == .string(account) }, "\(accounts.map(\.text))")
  }

  @Test func `a document without a time needs a receive time`() async throws {
    let scratch = try Scratch()
    let config = try scratch.file("scrm.json", Self.config)
    let input = Array(#"{"type":"Like","actor":"https://a.example/ann","object":"https://b.example/7"}"#.utf8)
    let none = await scrm("run", "-", "--config", config, "--format", "activitystreams", input: input)
    #expect(none.error.hasPrefix("standard input:1: the document states no time"))
    let given = await scrm(
      "run", "-", "--config", config, "--format", "activitystreams", "--received", "2024-05-01T08:00:00Z", input: input)
    #expect(given.error.hasPrefix("1 rows: 1 accepted"))
  }

  @Test func `what is valid but no interaction is reported with its reason`() async throws {
    let scratch = try Scratch()
    let config = try scratch.file("scrm.json", Self.config)
    let answer = await scrm(
      "run", "-", "--config", config, "--format", "activitystreams", input: Array(#"{"type":"Note"}"#.utf8))
    #expect(answer.status == 0)
    #expect(answer.error.hasPrefix("standard input:1: an object of the type Note, expected an activity\n"))
  }

  @Test(arguments: [
    (#"{"roles":{"boss":[]}}"#, "$.interchange.roles.boss"), (#"{"prefix":"a b"}"#, "$.interchange.prefix"),
    (#"{"mappings":[{"type":"t","kind":"k","namespace":"email"}]}"#, "$.interchange.mappings[0].actor"),
    (
      #"{"mappings":[{"type":"t","kind":"k","namespace":"email","actor":{"data":[]}}]}"#,
      "$.interchange.mappings[0].actor"
    ),
    (#"{"apps":"x"}"#, "$.interchange.apps"),
  ])
  func `a malformed configuration is refused`(interchange: String, path: String) async throws {
    let scratch = try Scratch()
    let config = try scratch.file("scrm.json", #"{"interchange":\#(interchange)}"#)
    let answer = await scrm("run", "-", "--config", config, "--format", "weibo", input: [])
    #expect(answer.status == 1 && answer.error.contains(path), "\(answer.error)")
  }
}
