/// Two names in letters.
extension PersonName {
  /// Whether every word of the shorter name has its own word in the longer one that it may stand for; or all letters
  /// together are the same but for a slip, two in long names, as in "Tin aVaughn".
  func agreesInWords(_ other: PersonName) -> Bool {
    var rest = other.words
    var unmatched: [[UInt8]] = []
    for word in words {
      if let place = rest.firstIndex(of: word) { rest.remove(at: place) } else { unmatched.append(word) }
    }
    let isShorter = unmatched.count <= rest.count
    if Self.canAssign(isShorter ? unmatched[...] : rest[...], to: isShorter ? rest : unmatched) { return true }
    let length = min(letters.count, other.letters.count)
    return (5...64).contains(length) && Self.isWithin(length < 8 ? 1 : 2, letters, other.letters)
  }

  /// Whether each word can have one of `others` to itself that it may stand for.
  ///
  /// Tries all ways, which are few: a name with more than six words left must be the same word by word.
  private static func canAssign(_ words: ArraySlice<[UInt8]>, to others: [[UInt8]]) -> Bool {
    guard let word = words.first else { return true }
    guard words.count <= 6, others.count <= 6 else { return false }
    for (place, other) in others.enumerated() where mayStand(word, for: other) {
      var left = others
      left.remove(at: place)
      if canAssign(words.dropFirst(), to: left) { return true }
    }
    return false
  }

  /// Whether one of two words may stand for the other: an initial, a beginning of three letters or more, a name of
  /// endearment, or one typing slip in four letters or more.
  private static func mayStand(_ one: [UInt8], for two: [UInt8]) -> Bool {
    let (short, long) = one.count <= two.count ? (one, two) : (two, one)
    if short.count == 1 || short.count >= 3, long.starts(with: short) { return true }
    if GivenNames.isShortForm(one, of: two) || GivenNames.isShortForm(two, of: one) { return true }
    return short.count >= 4 && isWithin(1, short, long)
  }

  /// Whether at most `limit` typing slips make one word of the other: a letter changed, left out, added, or two
  /// neighbours exchanged (Damerau, *A technique for computer detection and correction of spelling errors*, 1964; optimal
  /// string alignment).
  ///
  /// O(n · m).
  static func isWithin(_ limit: Int, _ left: [UInt8], _ right: [UInt8]) -> Bool {
    if abs(left.count - right.count) > limit { return false }
    var (before, last) = ([Int](), Array(0...right.count))
    for (i, letter) in left.enumerated() {
      var row = [i + 1]
      for (j, other) in right.enumerated() {
        var least = min(row[j] + 1, last[j + 1] + 1, last[j] + (letter == other ? 0 : 1))
        if i > 0, j > 0, letter == right[j - 1], left[i - 1] == other { least = min(least, before[j - 1] + 1) }
        row.append(least)
      }
      (before, last) = (last, row)
    }
    return last[right.count] <= limit
  }
}
