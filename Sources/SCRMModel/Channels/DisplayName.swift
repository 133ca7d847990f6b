/// A name to show in Chinese and in English.
public struct DisplayName: Sendable, Hashable, Codable {
  /// The Chinese name.
  public var zh: String
  /// The English name.
  public var en: String

  /// Creates a name.
  public init(zh: String, en: String) {
    self.zh = zh
    self.en = en
  }

  /// The name for a BCP 47 language tag: Chinese for `zh` and `zh-…`, English for all others.
  public func text(for language: String) -> String {
    let tag = language.utf8.prefix(3).map { $0 | 0x20 }
    let isChinese = tag.starts(with: [0x7A, 0x68]) && (tag.count == 2 || tag[2] == 0x2D)
    return isChinese ? zh : en
  }
}
