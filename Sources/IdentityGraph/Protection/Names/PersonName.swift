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
  /// The letters of those words as written, one behind the other.
  let letters: [UInt8]

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
      letters = []
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
      let kept = named.isEmpty ? written : named
      letters = Array(kept.joined())
      self.words = kept.sorted { $0.lexicographicallyPrecedes($1) }
    }
  }

  /// Whether a scalar is a Han character.
  static func isHan(_ scalar: Unicode.Scalar) -> Bool {
    (0x3400...0x9FFF).contains(scalar.value) || (0x20000...0x323AF).contains(scalar.value)
  }

  /// Whether there is nothing to compare.
  var isEmpty: Bool { isHan ? characters.isEmpty : words.isEmpty }

  /// What two names say of two parties; symmetric.
  func compare(_ other: PersonName) -> DescriptorComparison {
    if isEmpty || other.isEmpty { return .undecided }
    if isHan != other.isHan { return isHan ? compareAcross(other) : other.compareAcross(self) }
    return isHan ? compareInHan(other) : agreesInWords(other) ? .agree : .disagree
  }
}
