/// What two descriptors of one kind say of two parties.
public enum DescriptorComparison: String, Sendable, Hashable, Codable {
  /// They may well be one: the same, or apart by what people do to names and dates.
  ///
  /// Names agree when they have the same words in any order, when all words of one are in the other, when a word is an
  /// initial, a short form or one typing slip (Damerau 1964) of the other; Chinese names also when a given name of two
  /// characters differs in one (homophones), when one lacks the family name, or has a title in place of the given name.
  /// Dates agree when two of year, month and day do, also exchanged, or when one is the first of January of the year.
  /// Places agree when they are the same without 市.
  case agree
  /// Nothing follows, as for names and places in different scripts.
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
