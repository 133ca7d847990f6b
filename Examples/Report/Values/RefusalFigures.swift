/// How often input was refused for one reason.
public struct RefusalFigures: Sendable, Hashable {
  /// The reason, such as `timeOutOfRange`.
  public var code: String
  /// How often.
  public var count: Int
  /// The first of them: what was concerned and what was expected.
  public var example: String

  /// Creates figures.
  public init(code: String, count: Int, example: String) {
    self.code = code
    self.count = count
    self.example = example
  }
}
