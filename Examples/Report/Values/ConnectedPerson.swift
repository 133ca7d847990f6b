public import SocialCRM

/// Somebody to whom many others pay attention.
public struct ConnectedPerson: Sendable, Hashable {
  /// The person.
  public var id: PersonID
  /// The name to show instead of the id, if the host gives one.
  public var name: String?
  /// How many different people pay attention.
  public var audience: Int
  /// The published influence, 0 … 100; `nil` when none was published.
  public var influence: Double?
  /// How deeply the person takes part.
  public var tier: ParticipationTier
  /// How many accounts the person has.
  public var accounts: Int

  /// Creates a person.
  public init(
    id: PersonID, name: String? = nil, audience: Int, influence: Double? = nil, tier: ParticipationTier = .silent,
    accounts: Int = 1
  ) {
    self.id = id
    self.name = name
    self.audience = audience
    self.influence = influence
    self.tier = tier
    self.accounts = accounts
  }
}
