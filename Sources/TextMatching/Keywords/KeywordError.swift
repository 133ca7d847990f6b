/// Why a list of keywords cannot be compiled.
package struct KeywordError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kind of problem.
  package var code: Code
  /// The index of the keyword at fault, or `nil` when the list as a whole is.
  package var keyword: Int?
  /// The problem in words.
  package var reason: String

  /// The kinds of problem; more may be added.
  package struct Code: Sendable, Hashable {
    private let value: UInt8

    private init(_ value: UInt8) { self.value = value }

    /// The keyword is empty or only white space.
    package static let emptyKeyword = Code(0)
    /// Nothing of the keyword is left after folding (it is made of combining marks).
    package static let foldsToNothing = Code(1)
    /// The keyword is longer than ``KeywordAutomaton/maximumKeywordLength``.
    package static let keywordTooLong = Code(2)
    /// There are more than ``KeywordAutomaton/maximumKeywordCount`` keywords.
    package static let tooManyKeywords = Code(3)
    /// All keywords together are longer than ``KeywordAutomaton/maximumTotalLength``.
    package static let keywordsTooLong = Code(4)
    /// The keywords have more than ``KeywordAutomaton/maximumAlphabet`` different characters.
    package static let alphabetTooLarge = Code(5)
  }

  /// The problem in words, with the keyword's index.
  package var description: String {
    keyword.map { "keyword \($0): \(reason)" } ?? reason
  }
}
