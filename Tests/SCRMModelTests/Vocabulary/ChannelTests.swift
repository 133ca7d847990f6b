import SCRMModel
import Testing

@Suite struct ChannelTests {
  @Test func theStandardRegistryIsOrderedAndNamed() throws {
    let registry = ChannelRegistry.standard
    let ids = registry.channels.map(\.id)
    #expect(ids == ids.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    #expect(Set(ids).count == ids.count)
    for channel in registry.channels {
      #expect(!channel.name.zh.isEmpty && !channel.name.en.isEmpty && !channel.identifiers.isEmpty)
      #expect(registry[channel.id] == channel)
    }
    let expected = [
      "wechat_official_account", "wechat_mini_program", "wecom", "weibo", "douyin", "xiaohongshu", "bilibili", "taobao",
      "jd", "alipay", "baidu", "toutiao", "zhihu", "twitter", "facebook", "instagram", "youtube", "tiktok", "linkedin",
      "email", "website", "app", "shop", "call_centre",
    ]
    for id in expected { #expect(registry[id] != nil, "\(id)") }
    for platformClass in PlatformClass.allCases { #expect(!registry.channels(of: platformClass).isEmpty) }
    #expect(["taobao", "jd", "alipay"].allSatisfy { registry[$0]?.platformClass == .partner })
    #expect(["baidu", "douyin", "xiaohongshu", "bilibili"].allSatisfy { registry[$0]?.platformClass == .promotion })
  }

  @Test func aRegistryIsEditable() throws {
    var registry = ChannelRegistry.standard
    let count = registry.channels.count
    registry["weibo"]?.platformClass = .promotion
    registry["xuebang"] = Channel(id: "other", name: DisplayName(zh: "学邦", en: "Xuebang"), platformClass: .partner)
    #expect(registry["weibo"]?.platformClass == .promotion)
    #expect(registry["xuebang"]?.id == "xuebang")
    #expect(registry.channels.count == count + 1)
    registry["xuebang"] = nil
    #expect(registry["xuebang"] == nil && registry.channels.count == count)
    try expectRoundTrip(registry)
    let shuffled = ChannelRegistry(registry.channels.reversed())
    #expect(shuffled == registry)
  }

  @Test func idsCompareByBytes() {
    var registry = ChannelRegistry()
    registry["caf\u{E9}"] = Channel(id: "", name: DisplayName(zh: "", en: ""), platformClass: .own)
    #expect(registry["cafe\u{301}"] == nil)
    #expect(registry["caf\u{E9}"] != nil)
  }

  @Test func scopesFollowTheRulesOfThePlatform() throws {
    let account = try #require(ChannelRegistry.standard["wechat_official_account"])
    #expect(account.speaks(.wechatOpenID(app: "wx1")))
    #expect(!account.speaks(.wechatOpenID(app: "")))
    #expect(account.speaks(.wechatUnionID()) && account.speaks(.wechatUnionID(account: "open1")))
    #expect(!account.speaks(.weComExternalUser(corporation: "ww1")))
    let weCom = try #require(ChannelRegistry.standard["wecom"])
    #expect(weCom.speaks(.weComExternalUser(corporation: "ww1")) && weCom.speaks(.weComUser(corporation: "ww1")))
    #expect(!weCom.speaks(.weComExternalUser(corporation: "")))
    let twitter = try #require(ChannelRegistry.standard["twitter"])
    #expect(twitter.speaks(.handle("twitter")) && !twitter.speaks(.handle("instagram")) && !twitter.speaks(.handle("")))
    #expect(!SpokenNamespace.email.admits(IdentifierNamespace("email", scope: "x")))
    #expect(ChannelRegistry.standard.channels(speaking: .weibo).map(\.id) == ["weibo"])
    #expect(
      ChannelRegistry.standard.channels(speaking: .wechatUnionID()).map(\.id)
        == ["wechat_mini_program", "wechat_official_account", "wecom"])
  }

  @Test(arguments: [
    ("zh", true), ("zh-Hans", true), ("ZH-tw", true), ("en", false), ("zha", false), ("", false), ("z", false),
  ])
  func displayNamesFollowTheLanguage(tag: String, isChinese: Bool) {
    #expect(PlatformClass.own.displayName.text(for: tag) == (isChinese ? "自有平台" : "Own"))
  }

  @Test func errorsNameThePath() {
    #expect(
      refusal(ChannelRegistry.self, #"{"channels":[{"id":"a","name":{"zh":1,"en":"A"}}]}"#)
        == "channels.0.name.zh typeMismatch")
    #expect(
      refusal(Channel.self, #"{"id":"a","name":{"zh":"","en":""},"platformClass":"rented","identifiers":[]}"#)
        == "platformClass invalidValue")
  }
}
