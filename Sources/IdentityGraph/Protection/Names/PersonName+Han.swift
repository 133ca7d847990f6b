import TextMatching

/// Two names in Han characters.
extension PersonName {
  /// Characters that sound alike count as one: 陈 and 陳, and the homophones that are written when a name is heard.
  func compareInHan(_ other: PersonName) -> DescriptorComparison {
    let (left, right) = (characters, other.characters)
    if isFamilyOnly || other.isFamilyOnly {
      if Pinyin.soundsAlike(left[0], right[0]) { return .agree }
      // A given name alone says nothing of the family.
      let whole = isFamilyOnly ? other : self
      return !whole.isFamilyOnly && ChineseSurnames.mayLack(whole.characters) ? .undecided : .disagree
    }
    let (short, long) = left.count < right.count ? (left, right) : (right, left)
    // A given name alone is the whole name without the family's.
    let isPart =
      long.count == short.count
      || long.count == short.count + ChineseSurnames.length(in: long)
    return isPart && zip(short, long.suffix(short.count)).allSatisfy { Pinyin.soundsAlike($0, $1) } ? .agree : .disagree
  }
}
