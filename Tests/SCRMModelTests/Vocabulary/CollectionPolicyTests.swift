import SCRMModel
import Testing

@Suite struct CollectionPolicyTests {
  let finance = CollectionPolicy(profile: .standard(for: .finance))

  private func interaction(
    traits: ValueMap = [:], properties: ValueMap = [:], extra: ValueMap = [:], raw: String? = nil, place: Place? = nil
  ) -> Interaction {
    Interaction(
      key: EventKey("web", "1"), kind: .identify, actor: Party(.email, "a@b.example"), place: place,
      properties: properties, traits: traits, context: InteractionContext(extra: extra), at: .epoch, received: .epoch,
      raw: raw.map { RawPayload(mediaType: "application/json", bytes: Array($0.utf8)) })
  }

  private func rawText(_ interaction: Interaction) -> String? {
    interaction.raw.map { String(decoding: $0.bytes, as: UTF8.self) }
  }

  @Test func irrelevantDataIsKeptButNotUsable() {
    let music = finance.usability(of: "music", for: .marketing)
    #expect(!music.isUsable && music.reason == .profile && music.group == .taste && music.relevance == .irrelevant)
    let income = finance.usability(of: "income", for: .marketing)
    #expect(income.isUsable && income.relevance == .required)
    let colour = finance.usability(of: "favourite_colour", for: .marketing)
    #expect(colour.isUsable && colour.reason == .unassigned && colour.group == nil)
    let service = finance.usability(of: "music", for: .service)
    #expect(service.isUsable && service.reason == .exemptPurpose)
    #expect(!finance.usability(of: AttributeGroup.taste, for: .profiling).isUsable)
    let original = interaction(traits: ["music": "jazz"], raw: #"{ "music" : "jazz" }"#)
    let result = finance.apply(to: original)
    #expect(result.interaction == original && result.dropped.isEmpty)
  }

  @Test func theMoreExactRuleCounts() throws {
    var policy = finance
    policy.rules = [
      .init(attribute: "Home-Address", purpose: .marketing, relevance: .useful),
      .init(attribute: "home_address", relevance: .irrelevant),
      .init(group: .location, purpose: .marketing, relevance: .irrelevant),
      .init(group: .location, relevance: .required),
      .init(group: .income, purpose: .service, relevance: .irrelevant),
    ]
    #expect(policy.usability(of: "homeAddress", for: .marketing).isUsable)
    #expect(!policy.usability(of: "homeAddress", for: .analytics).isUsable)
    #expect(!policy.usability(of: "city", for: .marketing).isUsable)
    #expect(policy.usability(of: "city", for: .analytics).relevance == .required)
    #expect(policy.usability(of: "homeAddress", for: .service).isUsable)
    #expect(!policy.usability(of: "income", for: .service).isUsable)
    #expect(policy.usability(of: "income", for: .marketing).reason == .profile)
    policy.rules.append(.init(group: .location, relevance: .irrelevant))
    #expect(!policy.usability(of: "city", for: .analytics).isUsable)
    try expectRoundTrip(policy)
  }

  @Test func onePurposeThatWantsItIsEnoughToKeepIt() {
    var policy = finance
    policy.mode = .drop
    #expect(policy.drops("music") && !policy.drops("income") && !policy.drops("favourite_colour"))
    policy.rules = [.init(attribute: "music", purpose: .analytics, relevance: .useful)]
    #expect(!policy.drops("music") && policy.drops("taste"))
    policy.rules = [.init(group: .taste, purpose: .analytics, relevance: .irrelevant)]
    #expect(policy.drops("music"))
    policy.rules = [.init(group: .taste, relevance: .useful)]
    #expect(!policy.drops("music"))
    policy.rules = [.init(attribute: "favourite_colour", relevance: .irrelevant)]
    #expect(policy.drops("favouriteColour"))
    // A purpose that wants another attribute does not keep this one.
    policy.rules = [.init(attribute: "income", purpose: .analytics, relevance: .useful)]
    #expect(policy.drops("music"))
  }

  @Test func droppingReachesTraitsPropertiesContextAndRaw() throws {
    var policy = finance
    policy.mode = .drop
    let raw =
      #"{"type":"identify","traits":{"music":"jazz","income":5e4},"#
      + #""list":[{"Music_Taste":"x","n":1.10}],"note":"music","inner":"{\"music\":1,\"n\":2}"}"#
    let result = policy.apply(
      to: interaction(
        traits: ["music": "jazz", "income": 50_000, "profile": .map(["taste": "fine", "school": "MIT"])],
        properties: ["items": .list([.map(["diet": "vegan", "sku": "1"])])],
        extra: ["favouriteMusic": "rock"], raw: raw))
    let kept = result.interaction
    #expect(kept.traits == ["income": 50_000, "profile": .map(["school": "MIT"])])
    #expect(kept.properties == ["items": .list([.map(["sku": "1"])])])
    #expect(kept.context.extra.isEmpty)
    #expect(
      rawText(kept)
        == #"{"type":"identify","traits":{"income":5e4},"list":[{"n":1.10}],"note":"music","inner":"{\"n\":2}"}"#)
    #expect(kept.raw?.mediaType == "application/json")
    #expect(
      result.dropped.map { $0.part.rawValue + ":" + $0.path.joined(separator: ".") } == [
        "traits:music", "traits:profile.taste", "properties:items.0.diet", "context:favouriteMusic", "raw:traits.music",
        "raw:list.0.Music_Taste", "raw:inner.music",
      ])
    #expect(result.dropped[2].group == .health)
    try expectRoundTrip(result.dropped)
    expectRedacted(result.dropped[1], hides: "profile")
  }

  @Test func aRawPayloadThatLosesNothingStaysByteForByte() {
    var policy = finance
    policy.mode = .drop
    let text = " { \"n\" : 1.0 , \"inner\" : \"[ 1 ]\" } "
    let result = policy.apply(to: interaction(raw: text))
    #expect(rawText(result.interaction) == text && result.dropped.isEmpty)
  }

  @Test(arguments: ["<xml/>", "", "{\"a\":1,\"a\":2}", "{\"a\":1}{}", #"{"a":"\ud800"}"#])
  func aRawPayloadThatCannotBeReadIsDroppedWhole(text: String) {
    var policy = finance
    policy.mode = .drop
    let result = policy.apply(to: interaction(raw: text))
    #expect(result.interaction.raw == nil)
    #expect(result.dropped.map(\.part) == [.rawPayload])
  }

  @Test func documentsInTextsAreFollowedThreeDeep() throws {
    var policy = finance
    policy.mode = .drop
    func nested(_ depth: Int) -> String {
      var text = #"{"music":1}"#
      for _ in 0..<depth { text = JSON.array([.string(text)]).jsonText }
      return text
    }
    let three = policy.apply(to: interaction(raw: nested(3)))
    #expect(three.dropped.map(\.part) == [.raw])
    #expect(try #require(rawText(three.interaction)).contains("music") == false)
    let four = policy.apply(to: interaction(raw: nested(4)))
    #expect(four.interaction.raw == nil && four.dropped.map(\.part) == [.rawPayload])
  }

  @Test func nothingIsTouchedWhenNothingIsIrrelevant() {
    let policy = CollectionPolicy(profile: IndustryProfile("any"), mode: .drop)
    let original = interaction(traits: ["music": "jazz"], raw: "<xml/>", place: Place(latitude: 1, longitude: 2))
    #expect(policy.apply(to: original).interaction == original)
  }

  @Test func thePlaceGoesWithLocation() {
    var policy = CollectionPolicy(profile: IndustryProfile("any"), mode: .drop)
    let original = interaction(traits: ["city": "Köln"], place: Place(latitude: 1, longitude: 2))
    policy.rules = [.init(group: .location, relevance: .irrelevant)]
    let result = policy.apply(to: original)
    #expect(result.interaction.place == nil && result.interaction.traits.isEmpty)
    #expect(result.dropped.map(\.part) == [.traits, .place])
    policy.rules.append(.init(group: .location, purpose: .analytics, relevance: .useful))
    #expect(policy.apply(to: original).interaction == original)
  }
}
