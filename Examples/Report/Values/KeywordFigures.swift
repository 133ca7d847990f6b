/// How often customers used the words that a rule looks for.
///
/// Kinds and words of the rule count, its condition does not.
public struct KeywordFigures: Sendable, Hashable {
  /// How many of the texts hold a word.
  public struct Word: Sendable, Hashable {
    /// The word as the rule has it.
    public var text: String
    /// How many texts.
    public var count: Int

    /// Creates a word.
    public init(text: String, count: Int) {
      self.text = text
      self.count = count
    }
  }

  /// The rule.
  public var rule: String
  /// Texts over time, aligned with the bins of ``RunReport/timeLine``.
  public var counts: [Int]
  /// All texts, those outside of the time line included.
  public var total: Int
  /// The words that occurred, most frequent first.
  public var words: [Word]

  /// Creates figures.
  public init(rule: String, counts: [Int], total: Int, words: [Word] = []) {
    self.rule = rule
    self.counts = counts
    self.total = total
    self.words = words
  }
}
