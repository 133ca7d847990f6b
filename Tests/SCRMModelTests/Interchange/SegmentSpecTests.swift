import SCRMModel
import Testing

@Suite struct SegmentSpecTests {
  private let defaults = SegmentDefaults(source: "web", received: .testNow)

  private func read(_ text: String) throws -> Interaction {
    try SegmentSpec.interaction(from: try JSON(text: text), defaults: defaults)
  }

  /// Reads, checks the round trip, and returns the interaction.
  @discardableResult
  private func checked(_ text: String) throws -> Interaction {
    let interaction = try read(text)
    let expected = try JSON(text: text)
    #expect(SegmentSpec.message(from: interaction).sortedForTests == expected.sortedForTests, "\(text)")
    try expectByteIdenticalJSON(interaction)
    return interaction
  }

  @Test func everythingOfATrackCall() throws {
    let interaction = try checked(
      #"""
      {"type":"track","event":"Order Completed","messageId":"m-1","userId":"u1","anonymousId":"a1","channel":"server",
      "version":2,"integrations":{"All":true,"X":{}},"sentAt":"2024-05-01T00:00:01Z",
      "timestamp":"2024-05-01T08:30:00.5+08:00","receivedAt":"2024-05-01T00:30:02.000Z",
      "context":{"active":true,"ip":"192.0.2.1","library":{"name":"l","version":"1.1"},"locale":"zh-CN",
      "timezone":"Asia/Shanghai","groupId":"g1","campaign":{"name":"n","source":"s","medium":"m","term":"t","content":"c","id":7},
      "page":{"url":"https://example.com/","referrer":"","depth":2.50},"device":{"id":"d","type":"ios","token":null},
      "traits":{"vip":true,"email":"x@example.com"},"location":{"city":"Shanghai","latitude":31.23,"longitude":121.47},
      "segment":{"own":1},"userAgentData":{"brands":[{"brand":"B","version":"113"},[]],"mobile":false}},
      "properties":{"revenue":25.0,"currency":"CNY","products":[{"price":19.0,"n":1},{}],"empty":{},"none":null,"big":18446744073709551615}}
      """#)
    #expect(interaction.key == EventKey("web", "m-1"))
    #expect(interaction.kind == .purchase)
    #expect(interaction.object == ObjectReference(type: "event", id: "Order Completed"))
    #expect(interaction.actor.identifiers == [Identifier(.user(), "u1", .verified), Identifier(.anonymous(), "a1")])
    #expect(interaction.amount == Money(units: 250, scale: 1, currency: "CNY"))
    #expect(interaction.amount?.decimal == "25.0")
    #expect(interaction.occurred.description == "2024-05-01T08:30:00.500+08:00")
    #expect(interaction.received.description == "2024-05-01T00:30:02Z")
    let context = interaction.context
    #expect(context.locale == "zh-CN")
    #expect(context.timeZone == "Asia/Shanghai")
    #expect(context.group == "g1")
    #expect(context.campaign == CampaignReference(name: "n", source: "s", medium: "m", term: "t", content: "c"))
    #expect(context.page == PageReference(url: "https://example.com/", referrer: ""))
    #expect(context.device == DeviceReference(id: "d", type: "ios"))
    #expect(context.extra["ip"] == .string("192.0.2.1"))
    #expect(context.extra["campaign"] == .map(["id": 7]))
    #expect(context.extra["page"] == .map(["depth": 2.5]))
    #expect(interaction.place == Place(latitude: 31.23, longitude: 121.47, name: "Shanghai"))
    #expect(interaction.traits == ["vip": true, "email": "x@example.com"])
    #expect(interaction.properties["big"] == .uint(.max))
    #expect(interaction.properties["revenue"] == .double(25))
    let record = context.extra["segment"]?.mapValue
    #expect(record?["call"] == "track")
    #expect(record?["message"]?.mapValue?["version"] == 2)
    #expect(
      record?["lexemes"] == .map(["/context/page/depth": "2.50"]))
    #expect(
      record?["times"]
        == .map(["timestamp": "2024-05-01T08:30:00.5+08:00", "receivedAt": "2024-05-01T00:30:02.000Z"]))
  }

  @Test func identify() throws {
    let interaction = try checked(
      #"""
      {"type":"identify","userId":"u1","traits":{"email":"a@example.com","phone":"+8613800000000","age":30},
      "context":{"traits":{"email":"other@example.com"},"externalIds":[{"id":"c-9","type":"loyalty:club","collection":"users",
      "encoding":"none"},{"id":"9f86","type":"email","encoding":"sha256"},{"id":5,"type":"x"},"odd"]}}
      """#)
    #expect(interaction.kind == .identify)
    #expect(
      interaction.actor.identifiers == [
        Identifier(.user(), "u1", .verified), Identifier(.loyalty("club"), "c-9"), Identifier(.email, "a@example.com"),
        Identifier(.phone, "+8613800000000"),
      ])
    #expect(interaction.traits["age"] == 30)
    #expect(interaction.context.extra["traits"] == .map(["email": "other@example.com"]))
  }

  @Test func pageScreenGroupAlias() throws {
    let page = try checked(
      #"{"type":"page","name":"Home","category":"Top","anonymousId":"a","properties":{"url":"https://example.com/x","title":"T"}}"#
    )
    #expect(page.kind == .view)
    #expect(page.object == ObjectReference(type: "page", id: "Home"))
    #expect(page.context.page == PageReference(url: "https://example.com/x", title: "T"))

    let named = try checked(
      #"{"type":"page","anonymousId":"a","properties":{"url":"1"},"context":{"page":{"url":"2"}}}"#)
    #expect(named.context.page == PageReference(url: "2"))
    #expect(named.object == nil)

    let screen = try checked(#"{"type":"screen","name":"Feed","userId":"u","properties":{"n":-0}}"#)
    #expect(screen.kind == .screen)
    #expect(screen.object == ObjectReference(type: "screen", id: "Feed"))

    let group = try checked(
      #"{"type":"group","userId":"u","group_id":"g","traits":{"name":"Initech","n":1e3},"context":{"groupId":"other"}}"#
    )
    #expect(group.kind == .group)
    #expect(group.context.group == "g")
    #expect(group.object == ObjectReference(type: "group", id: "g", name: "Initech"))
    #expect(group.traits.isEmpty)
    #expect(group.properties["n"] == .double(1_000))

    let alias = try checked(#"{"type":"alias","userId":"new","anonymousId":"anon","previousId":"old"}"#)
    #expect(alias.kind == .alias)
    #expect(
      alias.actor.identifiers == [
        Identifier(.user(), "new", .verified), Identifier(.anonymous(), "anon"), Identifier(.user(), "old"),
      ])
    // An id named already says nothing new.
    let same = try checked(#"{"type":"alias","userId":"new","anonymousId":"anon","previousId":"anon"}"#)
    #expect(same.actor.identifiers.count == 2)
    let only = try checked(#"{"type":"alias","anonymousId":"anon","previousId":"old"}"#)
    #expect(only.actor.identifiers == [Identifier(.anonymous(), "anon"), Identifier(.user(), "old")])
  }

  @Test func spellingsNullsAndEmptyMembersComeBack() throws {
    let snake = try checked(#"{"action":"track","event":"E","user_id":"u","anonymous_id":"a"}"#)
    #expect(snake.actor.identifiers.map(\.value) == ["u", "a"])
    let both = try checked(#"{"type":"track","event":"E","userId":"u","user_id":"v"}"#)
    #expect(both.actor.identifiers.map(\.value) == ["u"])
    for text in [
      #"{"type":"track","event":"E","userId":null,"anonymousId":"","messageId":null,"timestamp":null,"receivedAt":null}"#,
      #"{"type":"track","event":"E","properties":{},"context":{},"integrations":{},"traits":{"a":1}}"#,
      #"{"type":"track","event":"E","properties":null,"context":null}"#,
      #"{"type":"identify","traits":{},"context":{"traits":{}}}"#,
      #"{"type":"track","event":"E","context":{"traits":{},"campaign":{},"page":null,"device":[],"locale":5,"groupId":""}}"#,
      #"{"type":"page","name":"","properties":{}}"#,
      #"{"type":null,"action":"group","groupId":"g","traits":{}}"#,
      #"{"event":"screen"}"#,
      #"{"type":"track","event":"E","properties":{"$int":"5","a/b~c":{"x~1":1.0e0}}}"#,
      #"{"type":"track","event":"E","properties":{"$int":"5"}}"#,
      #"{"type":"track","event":"E","properties":{"a":[1.10,[123456789012345678901234567890]]}}"#,
      #"{"type":"track","event":"E","timestamp":"2024-05-01t08:30:00z","receivedAt":"2024-05-01T08:30:00.10-00:00"}"#,
    ] { try checked(text) }
  }

  @Test(arguments: [
    ("Order Completed", "purchase"), ("Completed Order", "purchase"), ("Order Refunded", "refund"),
    ("Product Viewed", "view"), ("Product Clicked", "click"), ("Products Searched", "search"),
    ("Product Added", "add_to_cart"), ("Product Removed", "remove_from_cart"), ("Product Reviewed", "review"),
    ("Product Shared", "share"), ("Signed Up", "register"), ("order completed", "track"), ("Anything", "track"),
  ])
  func kinds(event: String, kind: String) throws {
    let interaction = try checked(#"{"type":"track","userId":"1","event":"\#(event)"}"#)
    #expect(interaction.kind.rawValue == kind)
    #expect(interaction.object == ObjectReference(type: "event", id: event))
  }

  @Test func textOfAReview() throws {
    let review = try checked(
      #"{"type":"track","event":"Product Reviewed","properties":{"review_body":"很好","rating":"5"}}"#)
    #expect(review.text == LocalizedText("很好"))
  }

  @Test(arguments: [
    // Digits that a double does not have.
    ("Order Completed", #""revenue":12345678901234.56789"#, "12345678901234.56789 USD"),
    ("Order Completed", #""revenue":0.10,"currency":"EUR""#, "0.10 EUR"),
    ("Order Completed", #""total":9.99"#, "9.99 USD"),
    ("Order Completed", #""revenue":"7.50""#, "7.50 USD"),
    ("Order Completed", #""revenue":1e2"#, "100 USD"),
    ("Order Refunded", #""total":-30.00,"revenue":1"#, "30.00 USD"),
    ("Plan Changed", #""revenue":5"#, "5 USD"),
    ("Plan Changed", #""total":5"#, ""),
    ("Order Completed", #""revenue":true"#, ""),
    ("Order Completed", #""revenue":"a lot""#, ""),
    ("Order Completed", #""revenue":1,"currency":"much too long for a currency""#, ""),
  ])
  func amounts(event: String, properties: String, amount: String) throws {
    let interaction = try checked(#"{"type":"track","event":"\#(event)","properties":{\#(properties)}}"#)
    #expect(interaction.amount?.description ?? "" == amount)
  }

  @Test func times() throws {
    func occurred(_ members: String) throws -> String {
      let interaction = try checked(#"{"type":"track","event":"E"\#(members)}"#)
      return interaction.occurred.description
    }
    #expect(
      try occurred(#","timestamp":"2024-01-01T00:00:00Z","originalTimestamp":"2020-01-01T00:00:00Z""#)
        == "2024-01-01T00:00:00Z")
    // The rule of the spec: receivedAt − (sentAt − originalTimestamp); here the clock of the device is a year behind.
    #expect(
      try occurred(
        #","receivedAt":"2024-01-01T00:00:10Z","sentAt":"2023-01-01T00:00:05.250Z","originalTimestamp":"2023-01-01T00:00:00Z""#
      )
        == "2024-01-01T00:00:04.750Z")
    #expect(try occurred(#","originalTimestamp":"2020-01-01T00:00:00Z""#) == "2020-01-01T00:00:00Z")
    #expect(try occurred(#","receivedAt":"2024-01-01T00:00:10Z""#) == "2024-01-01T00:00:10Z")
    #expect(try occurred("") == Instant.testNow.description)
  }

  @Test func suppliedFields() throws {
    let text = #"{"type":"track","event":"E","userId":"u","messageId":null}"#
    let interaction = try checked(text)
    let full = try SegmentSpec.message(from: interaction, includesSuppliedFields: true).objectValue()
    #expect(full["messageId"] == .string(interaction.key.id))
    #expect(full["timestamp"] == .string(Instant.testNow.description))
    #expect(full["receivedAt"] == .string(Instant.testNow.description))
    // A second delivery has the same id, whatever the order of members and the time of sending.
    let again = try read(#"{"userId":"u","event":"E","sentAt":"2024-01-01T00:00:00Z","messageId":null,"type":"track"}"#)
    #expect(again.key == interaction.key)
    #expect(try read(#"{"type":"track","event":"F","userId":"u","messageId":null}"#).key != interaction.key)

    var own = defaults
    own.messageID = { line, bytes in "line \(line), \(String(decoding: bytes, as: UTF8.self))" }
    own.system = "shop"
    own.userAssertion = .claimed
    let custom = try SegmentSpec.interaction(
      from: try JSON(text: #"{"type":"track","event":"E","userId":"u"}"#), defaults: own, line: 7)
    #expect(custom.key.id == #"line 7, {"event":"E","type":"track","userId":"u"}"#)
    #expect(custom.actor.identifiers == [Identifier(.user("shop"), "u", .claimed)])
  }

  @Test func changesOfTheHostAreWritten() throws {
    var interaction = try read(
      #"{"type":"track","event":"E","userId":"u","timestamp":"2024-01-01T00:00:00.0Z","properties":{"n":1.50}}"#)
    interaction.properties["n"] = 2.5
    interaction.occurred = .testNow
    let message = try SegmentSpec.message(from: interaction).objectValue()
    #expect(message["properties"] == .object(JSONObject([(key: "n", value: try JSON(text: "2.5"))])))
    #expect(message["timestamp"] == .string(Instant.testNow.description))
  }
}
