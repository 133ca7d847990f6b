import TextMatching

/// A name in Han characters and one in letters.
extension PersonName {
  /// Compares this name, in Han characters, with one in letters.
  ///
  /// They agree when the letters spell the name in Pinyin, in either order, the given name alone, or with one slip. They
  /// disagree when the family name is the same and the rest spells another given name, and when several words have no
  /// form of the family name among them. Otherwise nothing follows: 王伟 may well be "Jack Wang" or "Vivian".
  func compareAcross(_ latin: PersonName) -> DescriptorComparison {
    let length = ChineseSurnames.length(in: characters)
    let family = Self.spellings(of: ChineseSurnames.readings(of: characters.prefix(length)))
    let given = characters.count > length ? Self.spellings(of: Self.syllables(of: characters.dropFirst(length))) : []
    if !isFamilyOnly {
      var forms = given
      for one in family {
        for two in given { forms += [one + two, two + one] }
        if given.isEmpty { forms.append(one) }
      }
      if forms.contains(latin.letters) { return .agree }
      if latin.letters.count >= 6, forms.contains(where: { $0.count >= 6 && Self.isWithin(1, $0, latin.letters) }) {
        return .agree
      }
    }
    if family.isEmpty || latin.words.count < 2 { return .undecided }
    if family.contains(where: { latin.words.contains($0) }) {
      return !isFamilyOnly && !given.isEmpty && latin.words.allSatisfy { Pinyin.canSpell($0) } ? .disagree : .undecided
    }
    let others = ChineseSurnames.romanisations(of: characters.prefix(length))
    return others.contains { latin.words.contains($0) } ? .undecided : .disagree
  }

  private static func syllables(of characters: ArraySlice<UInt32>) -> [[UInt8]] {
    let syllables = characters.compactMap { Pinyin.syllable(of: $0) }
    return syllables.count == characters.count ? [Array(syllables.joined())] : []
  }

  /// Readings with ü written in the ways that keyboards and passports have for it: v, u, yu.
  private static func spellings(of readings: [[UInt8]]) -> [[UInt8]] {
    let (u, v, y) = (UInt8(ascii: "u"), UInt8(ascii: "v"), UInt8(ascii: "y"))
    return readings.flatMap { reading in
      reading.contains(v)
        ? [reading, reading.map { $0 == v ? u : $0 }, Array(reading.map { $0 == v ? [y, u] : [$0] }.joined())]
        : [reading]
    }
  }
}
