/// What two descriptors of one kind say of two parties.
public enum DescriptorComparison: String, Sendable, Hashable, Codable {
  /// They may well be one: the same, or apart by what people do to names and dates.
  ///
  /// Names in letters agree when every word of the shorter may stand for one of the longer: the same in any order, an
  /// initial, a short form, one typing slip (Damerau 1964); or when all letters together differ in no more than two slips.
  /// Chinese names agree when they sound the same character by character (homophones, 陈 and 陳), when one lacks the family
  /// name, or has a title in place of the given name. A Chinese name agrees with one in letters that is its Pinyin.
  /// Dates agree when two of year, month and day do, also exchanged, or when one is the first of January of the year.
  /// Places agree when they are the same without 市.
  case agree
  /// Nothing follows, as for places in different scripts, or 王伟 and "Jack Wang".
  case undecided
  /// They are two.
  case disagree
}

extension IdentityDescriptor {
  /// What this and `other` say of two parties; symmetric, `undecided` for different kinds.
  ///
  /// O(n) in the length of the values.
  public func compare(_ other: IdentityDescriptor) -> DescriptorComparison {
    guard kind == other.kind else { return .undecided }
    switch kind {
    case .name: return PersonName(value).compare(PersonName(other.value))
    case .birthDate: return BirthDate(value).compare(BirthDate(other.value))
    case .place: return PlaceName(value).compare(PlaceName(other.value))
    }
  }
}
