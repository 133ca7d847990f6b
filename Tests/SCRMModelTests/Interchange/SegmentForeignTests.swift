import SCRMModel
import Testing

/// Interactions that did not come from Segment, written as messages.
@Suite struct SegmentForeignTests {
  private func message(_ interaction: Interaction) throws -> JSONObject {
    try SegmentSpec.message(from: interaction).objectValue()
  }

  @Test func purchase() throws {
    let interaction = Interaction(
      key: EventKey("shop", "o-1"), kind: .purchase,
      actor: Party([Identifier(.loyalty("club"), "77"), Identifier(.user(), "u"), Identifier(.weibo, "w")]),
      object: ObjectReference(type: "product", id: "p-1", name: "Kettle"), text: LocalizedText("thanks"),
      amount: Money(units: 19_990, scale: 2, currency: "CNY"), place: Place(latitude: 1.5, longitude: 2),
      properties: ["coupon": "x"], traits: ["vip": true],
      context: InteractionContext(channel: "online_shop", campaign: CampaignReference(name: "spring"), group: "g"),
      at: .testNow, received: .testNow)
    let expected = try JSON(
      text: #"""
        {"type":"track","messageId":"o-1","event":"Order Completed","userId":"u",
        "timestamp":"2024-05-01T00:30:00.250Z","receivedAt":"2024-05-01T00:30:00.250Z",
        "properties":{"coupon":"x","revenue":199.90,"currency":"CNY","message_body":"thanks","product_id":"p-1","name":"Kettle"},
        "context":{"campaign":{"name":"spring"},"groupId":"g","traits":{"vip":true},
        "externalIds":[{"id":"77","type":"loyalty:club","collection":"users","encoding":"none"},
        {"id":"w","type":"weibo.uid","collection":"users","encoding":"none"}],
        "location":{"latitude":1.5,"longitude":2.0},
        "scrm":{"source":"shop","kind":"purchase","role":"customer","channel":"online_shop"}}}
        """#)
    #expect(JSON.object(try message(interaction)).sortedForTests == expected.sortedForTests)
    // And back: who, what, when and how much are the same.
    let back = try SegmentSpec.interaction(
      from: expected, defaults: SegmentDefaults(source: "shop", received: .epoch, userAssertion: .claimed))
    #expect(back.key == interaction.key)
    #expect(back.kind == .purchase)
    #expect(back.amount == interaction.amount)
    #expect(Set(back.actor.identifiers) == Set(interaction.actor.identifiers))
    #expect(back.occurred == interaction.occurred)
    #expect(back.context.group == "g")
  }

  @Test func calls() throws {
    func base(_ kind: InteractionKind) -> Interaction {
      Interaction(
        key: EventKey("s", "1"), kind: kind,
        actor: Party([Identifier(.user(), "u"), Identifier(.email, "a@example.com")]),
        at: .testNow, received: .testNow)
    }
    func summary(_ interaction: Interaction) throws -> [String] {
      let object = try message(interaction)
      return try ["type", "event", "name", "groupId", "previousId"].map { try object.optionalString($0) ?? "-" }
    }
    var page = base(.view)
    page.context.page = PageReference(url: "https://example.com/")
    var product = base(.view)
    product.object = ObjectReference(type: "product", id: "p")
    var group = base(.group)
    group.context.group = "g"
    var screen = base(.screen)
    screen.object = ObjectReference(type: "screen", id: "s", name: "Start")
    var named = base(.track)
    named.object = ObjectReference(type: "event", id: "Course Clicked")
    #expect(try summary(base(.identify)) == ["identify", "-", "-", "-", "-"])
    #expect(try summary(base(.alias)) == ["alias", "-", "-", "-", "a@example.com"])
    #expect(try summary(page) == ["page", "-", "-", "-", "-"])
    #expect(try summary(product) == ["track", "Product Viewed", "-", "-", "-"])
    #expect(try summary(group) == ["group", "-", "-", "g", "-"])
    #expect(try summary(base(.group)) == ["track", "Group", "-", "-", "-"])
    #expect(try summary(screen) == ["screen", "-", "Start", "-", "-"])
    #expect(try summary(named) == ["track", "Course Clicked", "-", "-", "-"])
    #expect(try summary(base(.checkIn)) == ["track", "Check In", "-", "-", "-"])
    #expect(try summary(base(.register)) == ["track", "Signed Up", "-", "-", "-"])
  }

  @Test func everyKindOfValueIsPlainJSON() throws {
    var interaction = Interaction(
      key: EventKey("s", "1"), kind: .post, actor: Party(.weibo, "1"), at: .testNow, received: .testNow)
    interaction.properties = [
      "bytes": .bytes([1, 2]), "time": .timestamp(.epoch), "span": .duration(.seconds(90)), "nan": .double(.nan),
      "type": .type("int"), "whole": 5.0, "money": .opaque(try Money("1.50", currency: "EUR")),
      "map": .map([.int(1): true]),
    ]
    let properties = try message(interaction).object("properties")
    #expect(
      JSON.object(properties).text
        == #"{"bytes":"AQI=","map":{"1":true},"money":{"amount":"1.50","currency":"EUR"},"nan":null,"span":"90s","#
        + #""time":"1970-01-01T00:00:00Z","type":"int","whole":5.0}"#)
  }
}
