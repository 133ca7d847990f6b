/// The words that make a rule look at a text: all of some, at least one of others, none of the rest, some near each other,
/// some so often.
///
/// Every clause must hold.
///
/// ```swift
/// let angry = KeywordTrigger(
///   any: ["refund", "退款"], none: ["no refund"],
///   near: [.init(["late", "delivery"], within: 3)], counts: [.init(["!"], atLeast: 3)])
/// ```
///
/// Case, width and diacritics do not matter, unless the ``KeywordFolding`` of the matcher says so; a word of a script with
/// spaces matches whole words, Chinese, Japanese, Korean and Thai match anywhere.
public struct KeywordTrigger: Sendable, Hashable {
  /// At least one of these must occur, when there are any.
  public var any: [String]
  /// All of these must occur.
  public var all: [String]
  /// None of these may occur.
  public var none: [String]
  /// Words that must stand near each other.
  public var near: [Near]
  /// Words that must occur so often.
  public var counts: [Count]
  /// Whether an occurrence may be part of a longer word.
  public var match: Match

  /// Creates a trigger.
  public init(
    any: [String] = [], all: [String] = [], none: [String] = [], near: [Near] = [], counts: [Count] = [],
    match: Match = .automatic
  ) {
    self.any = any
    self.all = all
    self.none = none
    self.near = near
    self.counts = counts
    self.match = match
  }

  /// Whether an occurrence may be part of a longer word.
  public enum Match: String, Sendable, Hashable, Codable, CaseIterable {
    /// As ``word`` at an edge of a script that puts spaces between words, as ``substring`` at an edge of Han, kana,
    /// Hangul, Thai and the like: "ok" not in "book", but 退款 in 要退款了.
    case automatic
    /// No letter or digit of the same kind of script may stand beside it.
    case word
    /// Anywhere.
    case substring
  }

  /// Words that must all stand near each other in one text.
  ///
  /// Distance is counted in units: a run of letters or digits of a script with spaces is one, each letter of another script
  /// (a Han character, say) is one, and what is neither letter nor digit is none. Occurrences that touch or overlap have
  /// distance 0.
  public struct Near: Sendable, Hashable {
    /// The words; one that is given twice counts once.
    public var words: [String]
    /// How many units may lie between neighbours: occurrences of the words form a chain that has each word.
    public var within: Int
    /// Whether the words must stand in the order given, one occurrence of each, each beginning later than the one before.
    public var isOrdered: Bool

    /// Creates a clause; a negative distance counts as 0.
    public init(_ words: [String], within: Int, isOrdered: Bool = false) {
      self.words = words
      self.within = max(0, within)
      self.isOrdered = isOrdered
    }
  }

  /// Words that must occur so often, counted over all of them and all texts of the interaction; overlapping occurrences
  /// count each.
  public struct Count: Sendable, Hashable {
    /// The words.
    public var words: [String]
    /// How often at least, from 1.
    public var atLeast: Int
    /// How often at most; `nil` for no limit.
    public var atMost: Int?

    /// Creates a clause; a number below 1 counts as 1.
    public init(_ words: [String], atLeast: Int, atMost: Int? = nil) {
      self.words = words
      self.atLeast = max(1, atLeast)
      self.atMost = atMost
    }
  }
}

extension KeywordTrigger {
  /// Whether only a text in which some word was found can set it off.
  var needsWord: Bool { !any.isEmpty || !all.isEmpty || !near.isEmpty || !counts.isEmpty }

  /// What a text needs, as a sentence.
  var requirement: String {
    var parts: [String] = []
    if !any.isEmpty { parts.append("one of " + quoted(any)) }
    if !all.isEmpty { parts.append("all of " + quoted(all)) }
    if !none.isEmpty { parts.append("none of " + quoted(none)) }
    for clause in near {
      parts.append(
        "\(quoted(clause.words)) at most \(clause.within) words apart\(clause.isOrdered ? ", in this order" : "")")
    }
    for clause in counts {
      let most = clause.atMost.map { " and at most \($0)" } ?? ""
      parts.append("\(quoted(clause.words)) at least \(clause.atLeast)\(most) times")
    }
    return "a text with " + parts.joined(separator: " and ")
  }
}
