/// What an expression may be at most.
public struct ExpressionLimits: Sendable, Hashable {
  /// Bytes of the text in UTF-8.
  public var maximumBytes: Int
  /// Levels of the tree, and of parentheses, 1 … 250; a chain of `&&` or of `||` is one level.
  public var maximumDepth: Int { didSet { maximumDepth = Self.bounded(maximumDepth) } }
  /// Nodes of the tree.
  public var maximumNodes: Int
  /// Errors that are reported before the rest is left out.
  public var maximumErrors: Int

  /// Creates limits; the depth is limited to 1 … 250.
  public init(
    maximumBytes: Int = 100_000, maximumDepth: Int = 250, maximumNodes: Int = 50_000, maximumErrors: Int = 20
  ) {
    self.maximumBytes = maximumBytes
    self.maximumDepth = Self.bounded(maximumDepth)
    self.maximumNodes = maximumNodes
    self.maximumErrors = maximumErrors
  }

  // Reading, checking, evaluating and even releasing a tree recurse.
  private static func bounded(_ depth: Int) -> Int { min(max(depth, 1), 250) }

  /// 100,000 bytes, 250 levels, 50,000 nodes, 20 errors.
  public static let `default` = ExpressionLimits()
}
