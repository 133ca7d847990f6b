import TextMatching

/// Names of people as keys: "Mrs Ana LÓPEZ", "López, Ana" and "ana lopez" are one, and so are 李娜女士 and 李　娜.
///
/// Case, width, accents and punctuation are folded, forms of address dropped. The words of a name in letters are ordered by
/// bytes, because sources write them in either order; a Chinese name keeps its order and loses its spaces. A name never
/// joins people: it is the key by which a host may index names, as `IdentityDescriptor` compares them more kindly.
package enum NameNormaliser {
  /// The version of the rules; stored keys of another version are to be made again.
  package static let version = 1

  /// The normal form of a name.
  ///
  /// ```swift
  /// let latin = try NameNormaliser.key(for: "Dr. Ana LÓPEZ")  // ana lopez
  /// let chinese = try NameNormaliser.key(for: "李 娜女士")  // 李娜
  /// ```
  ///
  /// - Complexity: O(*n* log *n*).
  /// - Throws: ``NormalisationError`` `empty` when it holds no letter, `malformed` when it has no settled form.
  package static func key(for raw: String) throws(NormalisationError) -> String {
    var key = try reduced(try IdentifierText.cleaned(raw))
    // What is left out may bring together what folds again; names settle at once or in the second round.
    for _ in 0..<8 {
      let next = try reduced(key)
      if next.utf8.elementsEqual(key.utf8) { return key }
      key = next
    }
    throw NormalisationError(code: .malformed, reason: "the name has no settled form")
  }

  private static func reduced(_ text: String) throws(NormalisationError) -> String {
    var words: [[Unicode.Scalar]] = [[]]
    for scalar in TextFolding.standard.key(text).unicodeScalars {
      if scalar.properties.isAlphabetic {
        words[words.count - 1].append(scalar)
      } else if scalar != "'", words.last?.isEmpty == false {
        words.append([])
      }
    }
    words.removeAll { $0.isEmpty }
    guard !words.isEmpty else {
      throw NormalisationError(code: .empty, reason: "there is no letter in the name")
    }
    if words.contains(where: { $0.contains(where: PersonName.isHan) }) {
      var characters = Array(words.joined())
      while let title = PersonName.titles.first(where: { title in
        characters.count > title.count && characters.suffix(title.count).map(\.value).elementsEqual(title)
      }) {
        characters.removeLast(title.count)
      }
      return String(String.UnicodeScalarView(characters))
    }
    let written = words.map { Array(String(String.UnicodeScalarView($0)).utf8) }
    let named = written.filter { !PersonName.formsOfAddress.contains($0) }
    return (named.isEmpty ? written : named).sorted { $0.lexicographicallyPrecedes($1) }
      .map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
  }
}
