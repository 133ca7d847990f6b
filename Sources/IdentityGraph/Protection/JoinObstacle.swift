/// What keeps two sets of identifiers apart.
public enum JoinObstacle: Sendable, Hashable, Codable {
  /// The value is blocked by the policy.
  case blockedValue
  /// The identifier belongs to a group.
  case belongsToGroup
  /// The value has more neighbours than one person has.
  case sharedByMany
  /// Those who use the value go by different names or dates of birth, and this one not by the same name.
  case sharedByDifferentPeople
  /// The evidence is weaker than the policy asks.
  case weakEvidence
  /// It merely claims an identifier that somebody else holds verified.
  case heldVerifiedByAnother
  /// The person would have too many identifiers.
  case tooManyIdentifiers
  /// The person would have too many values of one kind of namespace.
  case tooManyOfNamespace(String)
  /// The person would have too many values of one kind of namespace within its window.
  case tooManyInWindow(String)
  /// The two go by different names or dates of birth.
  case differentDescriptors
  /// A veto stands between them.
  case veto
}
