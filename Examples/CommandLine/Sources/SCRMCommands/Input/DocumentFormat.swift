/// The formats of which each line is one document of a foreign standard or platform.
enum DocumentFormat: String, Sendable, Hashable, CaseIterable {
  /// Documents of ActivityStreams 2.0.
  case activitystreams
  /// Events in the envelope of CloudEvents 1.0, or batches of them.
  case cloudevents
  /// Statuses and notifications of a Mastodon server.
  case mastodon
  /// Statuses and comments of Weibo, and events of its stream.
  case weibo
  /// Messages and events of a WeChat official account, as JSON objects.
  case wechat
  /// Callbacks of WeCom, as JSON objects.
  case wecom
}
