public import SCRMExpressions

/// A decision about who is who that somebody made, as the log keeps it.
///
/// It names accounts and places in the log only, so nothing personal is in it.
public struct IdentityRuling: Sendable, Hashable, Codable {
  /// What was decided.
  public enum Decision: Sendable, Hashable, Codable {
    /// The evidence of the interaction at a place in the log is out of force.
    case withdraw(LogPosition)
    /// No account of one side is ever in one person with one of the other.
    case part([AccountID], from: [AccountID])
    /// The parting of these accounts, decided at a place in the log, is out of force.
    case lift(LogPosition, of: [AccountID])
    /// An identifier belongs to an organisation or a group, so it joins nobody.
    case give(AccountID, to: GroupMembership.Whole)
    /// An identifier belongs to nobody but its users again.
    case takeBack(AccountID)
    /// These identifiers, and those whom they may join or leave, are decided again by the policy in force.
    case reconsider([AccountID])
    /// Values that these accounts use, and whose neighbours are not all kept with them, get the evidence of these back.
    case gather([AccountID])
    /// All evidence at these accounts is removed, before the rest of a person is erased; with tombstones the accounts may
    /// not come back.
    ///
    /// Never in the log, which must not name whom it forgets.
    case forget([AccountID], leavingTombstones: Bool)
  }

  /// What was decided.
  public var decision: Decision
  /// Why, as the host says it; without personal data.
  public var reason: String
  /// The loop's time when it was decided.
  public var time: Instant

  /// Whether it forgets accounts.
  package var isForgetting: Bool { if case .forget = decision { true } else { false } }

  /// Whether it changes no evidence, only what is made of it.
  package var isReconsidering: Bool {
    switch decision {
    case .reconsider, .gather: true
    default: false
    }
  }

  /// Creates a ruling.
  public init(_ decision: Decision, reason: String, time: Instant) {
    self.decision = decision
    self.reason = reason
    self.time = time
  }
}
