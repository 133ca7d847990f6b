extension IdentifierNamespace {
  /// An actor of ActivityStreams, by its IRI.
  public static let activityActor = IdentifierNamespace("activitystreams.actor")
  /// An account of one Mastodon server, by its id there.
  public static func mastodonAccount(server: String) -> IdentifierNamespace { .init("mastodon.account", scope: server) }
  /// A WeChat official account, by its original id (`gh_…`).
  public static let wechatAccount = IdentifierNamespace("wechat.account")
  /// A corporation in WeCom.
  public static let weComCorporation = IdentifierNamespace("wecom.corporation")
}
