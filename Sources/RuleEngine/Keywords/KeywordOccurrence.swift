/// One occurrence of a word in a text.
public struct KeywordOccurrence: Sendable, Hashable {
  /// The word as the trigger has it.
  public let word: String
  /// Where it stands in the original text: UTF-8 offsets, whole characters and the marks that follow them.
  public let range: Range<Int>

  /// The same place as indices of the text it was found in; `nil` for a text that is shorter.
  public func indices(in text: String) -> Range<String.Index>? {
    guard let start = text.utf8.index(text.startIndex, offsetBy: range.lowerBound, limitedBy: text.endIndex),
      let end = text.utf8.index(start, offsetBy: range.count, limitedBy: text.endIndex)
    else { return nil }
    return start..<end
  }
}
