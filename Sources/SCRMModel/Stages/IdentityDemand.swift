/// What an identity stage wants to see of the store before it decides about a batch.
public struct IdentityDemand: Sendable, Hashable {
  /// Identifiers.
  public var identities: [IdentifierKey] = []
  /// People.
  public var people: [PersonID] = []
  /// States of the stage's kind.
  public var states: [StateKey] = []

  /// Creates an empty demand.
  public init() {}
}

/// That accounts went from one person to another without all of the person going with them.
public struct AccountMove: Sendable, Hashable, Codable {
  /// The person the accounts belonged to.
  public var from: PersonID
  /// The person they belong to now.
  public var to: PersonID
  /// The accounts, ordered.
  public var accounts: [AccountID]

  /// Creates a move.
  public init(from: PersonID, to: PersonID, accounts: [AccountID]) {
    self.from = from
    self.to = to
    self.accounts = accounts
  }
}

/// What a ruling did to people.
public struct RulingOutcome: Sendable, Hashable {
  /// The merges it showed, with event keys of the log entry.
  public var merges: [MergeRecord] = []
  /// The accounts that went from one person to another.
  public var moves: [AccountMove] = []
  /// Everyone whose accounts are others now, ordered.
  public var people: [PersonID] = []

  /// Creates an outcome of nothing.
  public init() {}
}
