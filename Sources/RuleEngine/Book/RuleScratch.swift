import SCRMExpressions

/// The room in which a book works; made once and used for every occurrence, so that finding rules allocates nothing.
public struct RuleScratch: Sendable {
  var activation: ExpressionActivation
  var matching = RuleIndex.Matching()
  var triggers: [Int] = []
  var words = KeywordMatcher.Matching()

  /// Creates the room for a book.
  public init(_ book: RuleBook) { activation = ExpressionActivation(book.vocabulary.environment) }
}
