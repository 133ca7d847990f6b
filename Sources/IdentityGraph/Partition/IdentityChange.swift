public import SCRMModel

/// What a commit changed of people who were known before it.
public enum IdentityChange: Sendable, Hashable, Codable, Redacted {
  /// The id of `absorbed` leads to `survivor` from now on: two people became one, or one turned out to be seen earlier
  /// by another identifier.
  case merged(absorbed: PersonID, survivor: PersonID)
  /// Identifiers left a person for another; what is kept by account goes with them.
  case moved(from: PersonID, to: PersonID, accounts: [AccountID])

  /// The ids.
  public var redactedDescription: String {
    switch self {
    case .merged(let absorbed, let survivor): "\(absorbed) merged into \(survivor)"
    case .moved(let from, let to, let accounts): "\(accounts.count) accounts moved from \(from) to \(to)"
    }
  }
}
