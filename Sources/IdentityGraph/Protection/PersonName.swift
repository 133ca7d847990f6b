import TextMatching

/// A name taken apart for comparison with another; see ``DescriptorComparison``.
struct PersonName: Sendable {
  /// Whether it is written in Han characters.
  let isHan: Bool
  /// The folded scalars of a Han name without its title.
  let characters: [UInt32]
  /// Whether a title stands for the given name, as in 王先生.
  let isFamilyOnly: Bool
  /// The folded words of any other name, ordered.
  let words: [[UInt8]]

  /// Titles behind a Chinese name.
  static let titles: [[UInt32]] = ["先生", "女士", "小姐", "太太", "老师", "夫人", "同学", "老師", "博士"].map {
    $0.unicodeScalars.map(\.value)
  }

  /// Forms of address beside a name in letters.
  static let formsOfAddress: Set<[UInt8]> = Set(
    ["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "madam", "herr", "frau", "mme", "mlle"].map {
      Array($0.utf8)
    })

  init(_ text: String) {
    let scalars = TextFolding.standard.key(text).unicodeScalars
    isHan = scalars.contains(where: Self.isHan)
    if isHan {
      var kept = scalars.filter { !$0.properties.isWhitespace && $0 != "·" }.map(\.value)
      var hasTitle = false
      for title in Self.titles where kept.count > title.count && kept.suffix(title.count).elementsEqual(title) {
        kept.removeLast(title.count)
        hasTitle = true
        break
      }
      characters = kept
      // A title behind a whole name only adds to it.
      isFamilyOnly = hasTitle && kept.count == 1
      words = []
    } else {
      characters = []
      isFamilyOnly = false
      var words: [[UInt8]] = [[]]
      for scalar in scalars {
        let isLetter =
          scalar.isASCII
          ? (0x61...0x7A).contains(scalar.value) || (0x41...0x5A).contains(scalar.value)
          : scalar.properties.isAlphabetic
        if isLetter {
          words[words.count - 1].append(contentsOf: scalar.utf8)
        } else if scalar != "'", let last = words.last, !last.isEmpty {
          words.append([])
        }
      }
      let written = words.filter { !$0.isEmpty }
      // Forms of address are no part of a name, unless nothing else is there.
      let named = written.filter { !Self.formsOfAddress.contains($0) }
      self.words = (named.isEmpty ? written : named).sorted { $0.lexicographicallyPrecedes($1) }
    }
  }

  /// Whether a scalar is a Han character.
  static func isHan(_ scalar: Unicode.Scalar) -> Bool {
    (0x3400...0x9FFF).contains(scalar.value) || (0x20000...0x323AF).contains(scalar.value)
  }

  /// Whether there is nothing to compare.
  var isEmpty: Bool { isHan ? characters.isEmpty : words.isEmpty }

  func compare(_ other: PersonName) -> DescriptorComparison {
    if isEmpty || other.isEmpty || isHan != other.isHan { return .undecided }
    return (isHan ? agreesInHan(other) : agreesInWords(other)) ? .agree : .disagree
  }

  private func agreesInHan(_ other: PersonName) -> Bool {
    let (left, right) = (characters, other.characters)
    if isFamilyOnly || other.isFamilyOnly { return left.first == right.first }
    if left.count == right.count {
      var differences = 0
      for (one, two) in zip(left, right) where one != two { differences += 1 }
      // One character of a given name of two may be a homophone.
      return differences == 0 || differences == 1 && left.count >= 3 && left[0] == right[0]
    }
    // A given name alone.
    let (short, long) = left.count < right.count ? (left, right) : (right, left)
    return long.count == short.count + 1 && long.suffix(short.count).elementsEqual(short)
  }

  private func agreesInWords(_ other: PersonName) -> Bool {
    var left = words
    var right: [[UInt8]] = []
    for word in other.words {
      if let place = left.firstIndex(of: word) { left.remove(at: place) } else { right.append(word) }
    }
    // All words of one are in the other.
    if left.isEmpty || right.isEmpty { return true }
    guard left.count == right.count else { return false }
    let hasCommon = left.count < words.count
    guard hasCommon else { return zip(left, right).allSatisfy { Self.isSlip($0, $1) } }
    return left.count == 1 && (Self.isSlip(left[0], right[0]) || Self.isShort(left[0], of: right[0]))
  }

  /// Whether one word may stand for the other: an initial, or a short form that begins alike.
  private static func isShort(_ left: [UInt8], of right: [UInt8]) -> Bool {
    left.first == right.first && min(left.count, right.count) <= 4
  }

  /// Whether one typing slip makes one word of the other: a letter changed, left out, added, or two exchanged
  /// (Damerau, *A technique for computer detection and correction of spelling errors*, 1964).
  static func isSlip(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    if left == right { return true }
    guard abs(left.count - right.count) <= 1 else { return false }
    var start = 0
    while start < min(left.count, right.count), left[start] == right[start] { start += 1 }
    let (one, two) = (left[start...], right[start...])
    if one.dropFirst() == two.dropFirst() || one.dropFirst() == two || one == two.dropFirst() { return true }
    guard one.count >= 2, two.count >= 2 else { return false }
    return one[start] == two[start + 1] && one[start + 1] == two[start] && one.dropFirst(2) == two.dropFirst(2)
  }
}
