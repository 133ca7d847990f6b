import SCRMModel
import Testing

@Suite struct WeChatTests {
  private let defaults = InterchangeDefaults(source: "wechat", received: .testNow, brand: "acme")

  private func one(_ members: String, app: String? = "wx1") throws -> Interaction {
    let text =
      #"{"ToUserName":"gh_1","FromUserName":"o1","CreateTime":"1700000100","MsgType":"event""# + members + "}"
    let reading = try WeChatReader(defaults, app: app).read(JSON(text: text))
    return try #require(reading.interactions.first)
  }

  @Test func aScannedCodeLeadsToASubscription() throws {
    let follow = try one(#","Event":"subscribe","EventKey":"qrscene_gate-1","Ticket":"T""#)
    #expect(follow.kind == .follow && follow.context.campaign?.name == "gate-1")
    #expect(follow.context.channel == "wechat_official_account" && follow.context.brand == "acme")
    #expect(follow.actor.identifiers == [Identifier(.wechatOpenID(app: "wx1"), "o1", .verified)])
    #expect(follow.target == Party([Identifier(.wechatAccount, "gh_1", .verified)], role: .brand))
    #expect(follow.context.extra["wechat"]?.mapValue?["EventKey"] == "qrscene_gate-1")
    #expect(follow.occurred == Instant(secondsSinceEpoch: 1_700_000_100))
    #expect(try one(#","Event":"SCAN","EventKey":"gate-1""#).context.campaign?.name == "gate-1")
    #expect(try one(#","Event":"SCAN","EventKey":5"#).context.campaign?.name == "5")
    #expect(try one(#","Event":"subscribe","EventKey":"""#).context.campaign == nil)
  }

  // Two apps never share an openid; a unionid joins them.
  @Test func openidsBelongToTheirApp() throws {
    let unscoped = try one(#","Event":"unsubscribe","UnionId":"u1""#, app: nil)
    #expect(unscoped.actor.identifiers.map(\.namespace) == [.wechatOpenID(app: "gh_1"), .wechatUnionID()])
  }

  @Test func repeatedDeliveriesHaveTheSameKey() throws {
    let event = try one(#","Event":"CLICK","EventKey":"m1""#)
    #expect(event.key.id == "o1-1700000100" && event.kind == .click)
    #expect(event == (try one(#","EventKey":"m1","Event":"CLICK""#)))
    let text =
      #"{"xml":{"ToUserName":"gh_1","FromUserName":"o1","CreateTime":1700000100,"MsgType":"text","Content":"你好","MsgId":99}}"#
    let message = try WeChatReader(defaults).read(JSON(text: text)).interactions[0]
    #expect(message.key.id == "99" && message.kind == .message && message.text?.text == "你好")
  }

  @Test func messagesOfAllTypes() throws {
    func message(_ members: String) throws -> Interaction {
      let text = #"{"ToUserName":"gh_1","FromUserName":"o1","CreateTime":"1700000100","MsgId":"1","# + members + "}"
      return try WeChatReader(defaults).read(JSON(text: text)).interactions[0]
    }
    #expect(
      try message(#""MsgType":"image","PicUrl":"https://p.example/1""#).attachments == [
        Attachment(.image, url: "https://p.example/1")
      ])
    #expect(try message(#""MsgType":"voice","Recognition":"喂""#).text?.text == "喂")
    #expect(try message(#""MsgType":"video","MediaId":"m""#).attachments == [Attachment(.video)])
    let place = try message(#""MsgType":"location","Location_X":"23.1","Location_Y":"113.3","Label":"广州""#).place
    #expect(place == Place(latitude: 23.1, longitude: 113.3, name: "广州"))
    let link = try message(#""MsgType":"link","Title":"t","Description":"d","Url":"https://l.example""#)
    #expect(link.text?.text == "t" && link.attachments == [Attachment(.link, url: "https://l.example", text: "d")])
    #expect(try message(#""MsgType":"sticker""#).object == ObjectReference(type: "message", id: "sticker"))
  }

  @Test func reportsAreSetAside() throws {
    let text =
      #"{"ToUserName":"gh_1","FromUserName":"o1","CreateTime":"1","MsgType":"event","Event":"TEMPLATESENDJOBFINISH"}"#
    #expect(try WeChatReader(defaults).read(JSON(text: text)).setAside.map(\.path) == ["Event"])
    #expect(try one(#","Event":"VIEW","EventKey":"https://l.example""#).context.page?.url == "https://l.example")
    #expect(try one(#","Event":"new_thing""#).object == ObjectReference(type: "event", id: "new_thing"))
  }

  @Test(arguments: [
    (#""ToUserName":"gh","CreateTime":"1","MsgType":"text""#, "$.FromUserName"),
    (#""ToUserName":"gh","FromUserName":"o","MsgType":"text""#, "$.CreateTime"),
    (#""ToUserName":"gh","FromUserName":"o","CreateTime":"soon","MsgType":"text""#, "$.CreateTime"),
    (#""ToUserName":"gh","FromUserName":"o","CreateTime":"999999999999999","MsgType":"text""#, "$.CreateTime"),
    (#""ToUserName":"gh","FromUserName":"o","CreateTime":"1","MsgType":"event""#, "$.Event"),
    (#""ToUserName":"gh","FromUserName":["o"],"CreateTime":"1","MsgType":"text""#, "$.FromUserName"),
    (
      #""ToUserName":"gh","FromUserName":"o","CreateTime":"1","MsgType":"event","Event":"LOCATION","Latitude":"91","Longitude":"0""#,
      "$.Latitude"
    ),
    (
      #""ToUserName":"gh","FromUserName":"o","CreateTime":"1","MsgType":"event","Event":"LOCATION","Latitude":"nan","Longitude":"0""#,
      "$.Latitude"
    ),
  ])
  func malformedMessagesAreRefused(members: String, path: String) {
    do {
      _ = try WeChatReader(defaults).read(JSON(text: "{" + members + "}"))
      Issue.record("read")
    } catch { #expect("\(error)".hasPrefix(path + ":"), "\(error)") }
  }

  @Test func payloadsOfTheDataFolder() throws {
    let reader = WeChatReader(defaults, app: "wx1")
    let openid = [Identifier(.wechatOpenID(app: "wx1"), "oEXAMPLEOPENID00000000000001", .verified)]
    var read: [String: Interaction] = [:]
    for name in ["location", "scan", "subscribe_qrscene", "text", "unsubscribe"] {
      guard let document = try PlatformPayload.document("wechat_oa_\(name).xml") else { return }
      let interaction = try #require(try reader.read(document).interactions.first)
      #expect(interaction.actor.identifiers == openid)
      #expect(interaction.target?.identifiers.first?.value == "gh_example00001")
      read[name] = interaction
    }
    #expect(read["subscribe_qrscene"]?.kind == .follow)
    #expect(read["subscribe_qrscene"]?.context.campaign?.name == "summit-2026-gate1")
    #expect(read["scan"]?.kind == "scan" && read["scan"]?.context.campaign?.name == "summit-2026-gate1")
    #expect(read["location"]?.place == Place(latitude: 23.137466, longitude: 113.352425, accuracy: 119.385040))
    #expect(read["text"]?.text?.text == "宽带又断了,打了三次客服都没人管,太差了")
    #expect(read["text"]?.key.id == "1234567890123456")
    #expect(read["unsubscribe"]?.key.id == "oEXAMPLEOPENID00000000000001-1700200000")
  }
}
