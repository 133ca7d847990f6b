/// How soon one brand replied.
public struct BrandFigures: Sendable, Hashable {
  /// The brand.
  public var brand: String
  /// Its replies.
  public var replies: ReplyFigures

  /// Creates figures.
  public init(brand: String, replies: ReplyFigures) {
    self.brand = brand
    self.replies = replies
  }
}
