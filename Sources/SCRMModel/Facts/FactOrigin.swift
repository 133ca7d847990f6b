/// What a fact about a person rests on.
public enum FactOrigin: String, Sendable, Hashable, Codable, CaseIterable {
  /// The best known value of a trait.
  case trait
  /// The tags of the person.
  case tag
  /// Whether data may be used for a purpose.
  case consent
  /// The accounts joined to the person.
  case identity
  /// The channels the person is known on.
  case channel
  /// A score published to the loop, such as the influence.
  case influence
  /// The segments the person is in.
  case segment
}
