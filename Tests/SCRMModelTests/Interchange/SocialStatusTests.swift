import SCRMModel
import Testing

/// Statuses of Weibo and Mastodon.
@Suite struct SocialStatusTests {
  private var defaults: InterchangeDefaults {
    InterchangeDefaults(source: "x", received: .testNow, roles: [IdentifierKey(.weibo, key: "9"): .brand])
  }

  // MARK: Weibo

  private static let user = #""user":{"id":7,"screen_name":"王芳","gender":"f","verified_type":-1,"followers_count":12}"#

  private func weibo(_ members: String, _ defaults: InterchangeDefaults? = nil) throws -> Interaction {
    let text = #"{"id":11,"created_at":"Tue May 31 17:46:55 +0800 2011","text":"又晚点","# + members + "}"
    return try WeiboReader(defaults ?? self.defaults).read(JSON(text: text)).interactions[0]
  }

  @Test func postsSharesAndComments() throws {
    let post = try weibo(
      Self.user + #","source":"<a href=\"https://w.example\">微博</a>","geo":{"type":"Point","coordinates":[39.9,116.4]}"#
    )
    #expect(post.kind == .post && post.key.id == "11" && post.actor.role == .customer)
    #expect(post.actor.identifiers == [Identifier(.weibo, "7", .verified)] && post.actor.displayName == "王芳")
    #expect(post.properties["client"] == "微博" && post.place == Place(latitude: 39.9, longitude: 116.4))
    #expect(post.traits["gender"] == "female" && post.traits["followers_count"] == 12)
    #expect(post.occurred.description == "2011-05-31T17:46:55+08:00")
    let share = try weibo(Self.user + #","retweeted_status":{"id":5,"user":{"id":9,"verified_type":2}}"#)
    #expect(share.kind == .share && share.object == ObjectReference(type: "post", id: "5"))
    #expect(share.target == Party([Identifier(.weibo, "9", .verified)], role: .brand))
    #expect(try weibo(Self.user + #","retweeted_status":{"id":5,"deleted":"1"}"#).target == nil)
    let answer = try weibo(Self.user + #","in_reply_to_status_id":"5","in_reply_to_user_id":"9""#)
    #expect(answer.kind == .comment && answer.context.inReplyTo == EventKey("x", "5") && answer.target?.role == .brand)
    let comment = try weibo(Self.user + #","status":{"id":5,"user":{"id":9}}"#)
    #expect(comment.context.inReplyTo?.id == "5" && comment.target?.identifiers.first?.value == "9")
  }

  @Test(arguments: [(-1, "customer"), (0, "customer"), (1, "brand"), (2, "brand"), (7, "brand"), (220, "customer")])
  func verifiedTypes(type: Int, role: String) throws {
    #expect(try weibo(#""user":{"id":7,"verified_type":\#(type)}"#).actor.role.rawValue == role)
  }

  // Polled again with other figures, the same status is the same fact only without them.
  @Test func figuresOfTheMoment() throws {
    var stable = defaults
    stable.retainsCounts = false
    let (early, late) = (#","reposts_count":3"#, #","reposts_count":4"#)
    #expect(try weibo(Self.user + early) != weibo(Self.user + late))
    #expect(try weibo(Self.user + early, stable) == weibo(Self.user + late, stable))
    #expect(try weibo(Self.user + early).properties["reposts_count"] == 3)
  }

  @Test func eventsOfTheStream() throws {
    func read(_ event: String) throws -> DocumentReading {
      let status = #"{"id":11,"created_at":"Tue May 31 17:46:55 +0800 2011","text":"a",\#(Self.user)}"#
      return try WeiboReader(defaults).read(
        JSON(text: #"{"id":1,"text":{"type":"status","event":"\#(event)","status":\#(status)}}"#))
    }
    #expect(try read("add").interactions.first?.key.id == "11")
    let deleted = try #require(try read("del").interactions.first)
    #expect(deleted.revision == .retracts("11") && deleted.actor.identifiers.first?.value == "7")
    #expect(try read("x").setAside.count == 1)
  }

  @Test(arguments: [
    (#"{"id":1,"text":"a","created_at":"Tue May 31 17:46:55 +0800 2011"}"#, "$.user"),
    (#"{"id":1,"text":"a","created_at":"Tue May 31 17:46:55 +0800 2011","user":{}}"#, "$.user.id"),
    (#"{"id":1,"text":"a","created_at":"2011-05-31","user":{"id":1}}"#, "$.created_at"),
    (#"{"text":"a","created_at":"Tue May 31 17:46:55 +0800 2011","user":{"id":1}}"#, "$.id"),
    (
      #"{"id":1,"text":"a","created_at":"Tue May 31 17:46:55 +0800 2011","user":{"id":1},"retweeted_status":{}}"#,
      "$.retweeted_status.id"
    ),
    (#"{"text":{"type":"status","event":"add"}}"#, "$.text.status"), ("[]", "$"),
  ])
  func malformedWeibo(text: String, path: String) {
    do {
      _ = try WeiboReader(defaults).read(JSON(text: text))
      Issue.record("read")
    } catch { #expect("\(error)".hasPrefix(path + ":"), "\(error)") }
  }

  // MARK: Mastodon

  private static let account =
    #""account":{"id":"1","acct":"ann","url":"https://s.example/@ann","uri":"https://s.example/users/ann","display_name":"Ann","bot":false,"followers_count":3}"#

  private func mastodon(_ members: String) throws -> DocumentReading {
    let text = #"{"id":"11","created_at":"2026-02-08T03:48:33.901Z","# + members + "," + Self.account + "}"
    return try MastodonReader(defaults, server: "s.example").read(JSON(text: text))
  }

  private func one(_ members: String) throws -> Interaction {
    let reading = try mastodon(#""content":"<p>hi</p>","language":"en","visibility":"public","# + members)
    return try #require(reading.interactions.first)
  }

  @Test func statuses() throws {
    let post = try one(
      #""mentions":[{"id":"8","acct":"zoe@o.example"},{"id":"9","acct":"acme"}],"tags":[{"name":"fail"}]"#)
    #expect(post.kind == .post && post.text == LocalizedText("hi", language: "en"))
    #expect(
      post.actor.identifiers.map(\.description) == [
        "handle:mastodon:‹redacted›", "mastodon.account:s.example:‹redacted›", "activitystreams.actor:‹redacted›",
      ])
    #expect(post.actor.identifiers[0].value == "ann@s.example" && post.target?.identifiers[0].value == "zoe@o.example")
    #expect(post.properties["tags"] == ["fail"])
    let reply = try one(
      #""in_reply_to_id":"5","in_reply_to_account_id":"9","mentions":[{"id":"8","acct":"zoe@o.example"},{"id":"9","acct":"acme"}]"#
    )
    #expect(reply.kind == .comment && reply.context.inReplyTo?.id == "5")
    #expect(reply.target?.identifiers[0].value == "acme@s.example")
    let share = try one(#""reblog":{"id":"5","account":{"acct":"acme","group":true}}"#)
    #expect(share.kind == .share && share.object?.id == "5" && share.target?.role == .brand)
    let edit = try one(#""edited_at":"2026-02-08T04:00:00.000Z""#)
    #expect(edit.revision == .replaces("11") && edit.key.id == "11#edited=2026-02-08T04:00:00.000Z")
  }

  @Test func directStatusesAreMessages() throws {
    #expect(try mastodon(#""content":"x","visibility":"direct""#).interactions.first?.kind == .message)
  }

  @Test(arguments: [
    ("favourite", "like"), ("reblog", "share"), ("follow", "follow"), ("mention", "post"), ("poll", ""),
  ])
  func notifications(type: String, kind: String) throws {
    let status = #""status":{"id":"5","created_at":"2026-02-08T03:48:33Z","content":"x","account":{"acct":"acme"}}"#
    let reading = try mastodon(#""type":"\#(type)","# + status)
    #expect(reading.interactions.map(\.kind.rawValue) == (kind.isEmpty ? [] : [kind]))
    #expect(reading.setAside.count == (kind.isEmpty ? 1 : 0))
  }

  @Test func anAccountOfAnUnknownServerIsRefused() throws {
    let text = #"{"id":"1","created_at":"2026-02-08T03:48:33Z","content":"x","account":{"acct":"ann"}}"#
    do {
      _ = try MastodonReader(defaults).read(JSON(text: text))
      Issue.record("read")
    } catch { #expect("\(error)".hasPrefix("$.account.acct:")) }
  }

  // MARK: Payloads of the data folder

  @Test func theWeiboStatus() throws {
    guard let document = try PlatformPayload.document("weibo_status.json") else { return }
    let share = try WeiboReader(defaults).read(document).interactions[0]
    #expect(share.kind == .share && share.key == EventKey("x", "11488058246"))
    #expect(share.actor.identifiers == [Identifier(.weibo, "1000000001", .verified)] && share.actor.role == .customer)
    #expect(share.object == ObjectReference(type: "post", id: "11488050000"))
    #expect(share.target?.identifiers == [Identifier(.weibo, "1000000002", .verified)])
    #expect(share.text?.text == "转发微博 //@示例用户:这家航空公司又晚点三小时[怒]")
    #expect(share.traits["bi_followers_count"] == 215 && share.properties["reposts_count"] == 8)
    #expect(share.occurred.description == "2011-05-31T17:46:55+08:00" && share.context.channel == "weibo")
  }

  @Test func theMastodonStatus() throws {
    guard let document = try PlatformPayload.document("mastodon_status.json") else { return }
    let post = try MastodonReader(defaults).read(document).interactions[0]
    #expect(post.kind == .post && post.key == EventKey("x", "103270115826048975"))
    #expect(post.actor.identifiers == [Identifier(.handle("mastodon"), "alice@social.example", .verified)])
    #expect(post.target?.identifiers == [Identifier(.handle("mastodon"), "acme@social.example", .verified)])
    #expect(post.text == LocalizedText("@acme my order is late again & nobody answers", language: "en"))
    #expect(post.properties["tags"] == ["fail"] && post.traits["followers_count"] == 322)
  }
}
