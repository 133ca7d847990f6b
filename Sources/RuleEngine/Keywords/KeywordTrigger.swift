/// The words that make a rule look at a text: all of some, at least one of others, none of the rest.
///
/// Case, width and diacritics do not matter; a word of a script with spaces matches whole words, Chinese and Japanese
/// match anywhere.
public struct KeywordTrigger: Sendable, Hashable {
  /// At least one of these must occur, when there are any.
  public var any: [String]
  /// All of these must occur.
  public var all: [String]
  /// None of these may occur.
  public var none: [String]

  /// Creates a trigger.
  public init(any: [String] = [], all: [String] = [], none: [String] = []) {
    self.any = any
    self.all = all
    self.none = none
  }
}
