/// Whether an identifier can be in a person.
public enum IdentifierStanding: String, Sendable, Hashable, Codable {
  /// It can.
  case open
  /// Its value is blocked by the policy.
  case blocked
  /// It belongs to a group.
  case grouped
  /// Too many use it, or by too many names; it joins nobody.
  case shared
  /// A few use it who go by different names; it joins those who go by the same.
  case divided
}
