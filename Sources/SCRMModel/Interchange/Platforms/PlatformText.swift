import SCRMExpressions

/// Times of Weibo, such as `Tue May 31 17:46:55 +0800 2011`.
enum PlatformTime {
  static func weibo(_ text: String) -> Instant? {
    (try? TimestampReader(.pattern("EEE MMM dd HH:mm:ss Z yyyy"), offset: 28_800))?.read(text)
  }
}

extension ValueMap {
  /// Sets a text that is there.
  mutating func set(_ name: String, _ text: String?) { if let text { self[name] = .string(text) } }
  /// Sets a whole number that is there.
  mutating func set(_ name: String, _ number: Int64?) { if let number { self[name] = .int(number) } }
}
