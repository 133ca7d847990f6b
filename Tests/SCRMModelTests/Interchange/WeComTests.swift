import SCRMModel
import Testing

@Suite struct WeComTests {
  private let defaults = InterchangeDefaults(source: "wecom", received: .testNow)

  private func read(_ members: String) throws -> [Interaction] {
    let frame = #"{"ToUserName":"ww1","FromUserName":"sys","CreateTime":"1700000000","MsgType":"event","#
    return try WeComReader(defaults).read(JSON(text: frame + members + "}")).interactions
  }

  private func contact(_ change: String, _ more: String = "") throws -> Interaction {
    try read(
      #""Event":"change_external_contact","ChangeType":"\#(change)","UserID":"kim","ExternalUserID":"wo1""# + more)[0]
  }

  private let customer = Party([Identifier(.weComExternalUser(corporation: "ww1"), "wo1", .verified)])
  private let staff = Party([Identifier(.weComUser(corporation: "ww1"), "kim", .verified)], role: .staff)

  @Test(arguments: [
    ("add_external_contact", "add_contact", true), ("add_half_external_contact", "follow", true),
    ("del_follow_user", "unfollow", true), ("edit_external_contact", "edit_contact", false),
    ("del_external_contact", "remove_contact", false), ("transfer_fail", "transfer_fail", false),
    ("msg_audit_approved", "consent", true), ("something_new", "track", false),
  ])
  func whoDidItToWhom(change: String, kind: String, isByCustomer: Bool) throws {
    let interaction = try contact(change)
    #expect(interaction.kind.rawValue == kind)
    #expect(interaction.actor == (isByCustomer ? customer : staff))
    #expect(interaction.target == (isByCustomer ? staff : customer))
    #expect(interaction.consents.count == (kind == "consent" ? 1 : 0))
  }

  @Test func channelCodesAndRefusals() throws {
    let added = try contact("add_external_contact", #","State":"booth-3","WelcomeCode":"W""#)
    #expect(added.context.campaign == CampaignReference(name: "booth-3", source: "wecom", medium: "channel_code"))
    #expect(added.context.extra["wecom"]?.mapValue?["WelcomeCode"] == "W")
    let refused = try contact("transfer_fail", #","FailReason":"customer_refused""#)
    #expect(refused.kind == "refuse_transfer" && refused.actor == customer)
  }

  // All callbacks come from sys: two customers of one second are two facts, one fact delivered twice is one.
  @Test func keysOfRepeatedDeliveries() throws {
    let first = try contact("add_external_contact")
    #expect(first == (try contact("add_external_contact")))
    let other = try read(
      #""Event":"change_external_contact","ChangeType":"add_external_contact","UserID":"kim","ExternalUserID":"wo2""#)[
        0]
    #expect(first.key != other.key && first.key.id.hasPrefix("sys-1700000000-"))
    #expect(try contact("add_external_contact", #","MsgId":"m1""#).key.id == "m1")
  }

  @Test func membersOfChats() throws {
    let member = "wo" + String(repeating: "A", count: 30)
    let chat = #""Event":"change_external_chat","ChangeType":"update","ChatId":"wr1","UpdateDetail":"#
    let joined = try read(chat + #""add_member","JoinScene":3,"MemChangeList":{"Item":["\#(member)","kim"]}"#)
    #expect(joined.map(\.kind) == [.join, .join] && joined.map(\.actor.role) == [.customer, .staff])
    #expect(joined.allSatisfy { $0.context.group == "wr1" } && Set(joined.map(\.key)).count == 2)
    #expect(try read(chat + #""del_member","MemChangeList":{"Item":"\#(member)"}"#).map(\.kind) == [.leave])
    let renamed = try read(chat + #""change_name""#)
    #expect(renamed.map(\.kind) == ["update_chat"] && renamed[0].actor.role == .automation)
    #expect(throws: JSONError.self) { try read(chat + #""add_member","MemChangeList":{"Item":[1]}"#) }
  }

  @Test func changesOfChatsAndTags() throws {
    func kinds(_ event: String, _ change: String) throws -> [String] {
      try read(#""Event":"change_external_\#(event)","ChatId":"c","Id":"t","ChangeType":"\#(change)""#).map(
        \.kind.rawValue)
    }
    #expect(try kinds("chat", "dismiss") == ["dismiss_chat"] && kinds("tag", "shuffle") == ["shuffle_tag"])
    #expect(try kinds("tag", "anything") == ["change_tag"] && kinds("chat", "anything") == ["change_chat"])
  }

  @Test func messagesOfEmployees() throws {
    let text =
      #"{"ToUserName":"ww1","FromUserName":"kim","CreateTime":1700000000,"MsgType":"text","Content":"ok","MsgId":"5","AgentID":"1"}"#
    let message = try WeComReader(defaults).read(JSON(text: text)).interactions[0]
    #expect(message.actor == staff && message.kind == .message && message.text?.text == "ok" && message.key.id == "5")
  }

  private static let answer = """
    {"errcode":0,"errmsg":"ok","external_contact":{"external_userid":"wo1","name":"李","type":1,"gender":1,"unionid":"u1"},
     "follow_user":[{"userid":"late","createtime":1700050000,"tags":[]},
      {"userid":"kim","createtime":1700000000,"state":"booth-3","remark":"VIP","remark_mobiles":["13800138000"],
       "tags":[{"group_name":"渠道","tag_name":"线下","type":1}]}]}
    """

  @Test func theAnswerOfExternalContactGet() throws {
    let reader = WeComReader(defaults, corporation: "ww1", account: "open1")
    let contact = try reader.read(JSON(text: Self.answer)).interactions[0]
    #expect(contact.kind == .identify && contact.occurred == .testNow)
    #expect(
      contact.actor.identifiers == [
        Identifier(.weComExternalUser(corporation: "ww1"), "wo1", .verified),
        Identifier(.wechatUnionID(account: "open1"), "u1", .verified), Identifier(.phone, "13800138000"),
      ])
    #expect(contact.target == staff && contact.context.campaign?.name == "booth-3")
    #expect(contact.traits["gender"] == "male" && contact.traits["name"] == "李")
    #expect(contact.properties == ["staff": ["late", "kim"], "tags": ["线下"]])
    // Fetched again it is the same statement.
    #expect(try reader.read(JSON(text: Self.answer)).interactions == [contact])
    #expect(throws: JSONError.self) { try WeComReader(defaults).read(JSON(text: Self.answer)) }
    #expect(throws: JSONError.self) { try reader.read(JSON(text: #"{"errcode":40001,"errmsg":"x"}"#)) }
    #expect(throws: JSONError.self) { try reader.read(JSON(text: #"{"errcode":0,"external_contact":{}}"#)) }
  }

  @Test func payloadsOfTheDataFolder() throws {
    let kinds = [
      "add_external_contact": "add_contact", "add_half_external_contact": "follow",
      "change_external_chat_update": "update_chat", "change_external_tag": "update_tag",
      "del_external_contact": "remove_contact", "del_follow_user": "unfollow", "edit_external_contact": "edit_contact",
      "transfer_fail": "refuse_transfer",
    ]
    let scope = "wwcorp0000000001"
    var keys = Set<EventKey>()
    for (name, kind) in kinds.sorted(by: { $0.key < $1.key }) {
      guard let document = try PlatformPayload.document("wecom_\(name).xml") else { return }
      let reading = try WeComReader(defaults).read(document)
      #expect(reading.interactions.count == 1 && reading.setAside.isEmpty)
      let interaction = try #require(reading.interactions.first)
      #expect(interaction.kind.rawValue == kind)
      keys.insert(interaction.key)
      for party in [interaction.actor, interaction.target].compactMap({ $0 }) {
        switch party.role {
        case .customer: #expect(party.identifiers[0].namespace == .weComExternalUser(corporation: scope))
        case .staff: #expect(party.identifiers[0].namespace == .weComUser(corporation: scope))
        default: #expect(party.identifiers[0].namespace == .weComCorporation)
        }
      }
      let hasCode = name.contains("add") || name.contains("edit")
      #expect(interaction.context.campaign?.name == (hasCode ? "summit-2026-booth3" : nil))
    }
    #expect(keys.count == 8)
    guard let document = try PlatformPayload.document("wecom_externalcontact_get.json") else { return }
    let contact = try WeComReader(defaults, corporation: scope).read(document).interactions[0]
    #expect(contact.actor.identifiers.map(\.namespace) == [.weComExternalUser(corporation: scope), .wechatUnionID()])
    #expect(contact.target?.identifiers.first?.value == "staff_a" && contact.properties["tags"] == ["线下峰会", "数据安全"])
    #expect(contact.context.campaign?.name == "summit-2026-booth3")
  }
}
