extension ChannelRegistry {
  /// Well-known Chinese and international platforms with their usual class; a starting point to edit.
  ///
  /// A platform can be something else for a given brand: change its class where that is so.
  public static let standard = ChannelRegistry(own + social + promotion + partner)

  private static let own = [
    Channel("website", "官网", "Website", .own, [.user, .anonymous, .email]),
    Channel("app", "自有应用", "App", .own, [.user, .anonymous, .device, .phone]),
    Channel("wechat_mini_program", "微信小程序", "WeChat mini program", .own, [.wechatOpenID, .wechatUnionID, .phone]),
    Channel("online_shop", "自营商城", "Online shop", .own, [.user, .phone, .email]),
    Channel("shop", "门店", "Shop", .own, [.loyalty, .phone]),
    Channel("call_centre", "呼叫中心", "Call centre", .own, [.phone]),
    Channel("email", "电子邮件", "E-mail", .own, [.email]),
    Channel("sms", "短信", "SMS", .own, [.phone]),
    Channel("event", "活动现场", "Event", .own, [.phone, .email]),
  ]

  private static let social = [
    Channel("wechat_official_account", "微信公众号", "WeChat official account", .social, [.wechatOpenID, .wechatUnionID]),
    Channel("wecom", "企业微信", "WeCom", .social, [.weComExternalUser, .weComUser, .wechatUnionID]),
    Channel("qq", "QQ", "QQ", .social, [.appUser("qq")]),
    Channel("weibo", "微博", "Weibo", .social, [.weibo, .handle("weibo")]),
    Channel("twitter", "X（推特）", "X (Twitter)", .social, [.platformUser("twitter"), .handle("twitter")]),
    Channel("facebook", "脸书", "Facebook", .social, [.appUser("facebook")]),
    Channel("instagram", "Instagram", "Instagram", .social, [.platformUser("instagram"), .handle("instagram")]),
    Channel("linkedin", "领英", "LinkedIn", .social, [.platformUser("linkedin"), .handle("linkedin")]),
    Channel("whatsapp", "WhatsApp", "WhatsApp", .social, [.phone]),
    Channel("mastodon", "Mastodon", "Mastodon", .social, [.handle("mastodon")]),
  ]

  private static let promotion = [
    Channel("baidu", "百度", "Baidu", .promotion, [.appUser("baidu")]),
    Channel("toutiao", "今日头条", "Toutiao", .promotion, [.appUser("toutiao")]),
    Channel("douyin", "抖音", "Douyin", .promotion, [.appUser("douyin")]),
    Channel("kuaishou", "快手", "Kuaishou", .promotion, [.appUser("kuaishou")]),
    Channel("xiaohongshu", "小红书", "Xiaohongshu", .promotion, [.platformUser("xiaohongshu")]),
    Channel("bilibili", "哔哩哔哩", "Bilibili", .promotion, [.platformUser("bilibili")]),
    Channel("zhihu", "知乎", "Zhihu", .promotion, [.platformUser("zhihu"), .handle("zhihu")]),
    Channel("google", "谷歌", "Google", .promotion, [.platformUser("google")]),
    Channel("youtube", "YouTube", "YouTube", .promotion, [.platformUser("youtube"), .handle("youtube")]),
    Channel("tiktok", "TikTok", "TikTok", .promotion, [.appUser("tiktok"), .handle("tiktok")]),
  ]

  private static let partner = [
    Channel("taobao", "淘宝", "Taobao", .partner, [.platformUser("taobao")]),
    Channel("jd", "京东", "JD", .partner, [.platformUser("jd")]),
    Channel("alipay", "支付宝", "Alipay", .partner, [.appUser("alipay")]),
    Channel("meituan", "美团", "Meituan", .partner, [.platformUser("meituan")]),
    Channel("amazon", "亚马逊", "Amazon", .partner, [.platformUser("amazon")]),
  ]
}

extension Channel {
  fileprivate init(
    _ id: String, _ zh: String, _ en: String, _ platformClass: PlatformClass, _ identifiers: [SpokenNamespace]
  ) {
    self.init(id: id, name: DisplayName(zh: zh, en: en), platformClass: platformClass, identifiers: identifiers)
  }
}
