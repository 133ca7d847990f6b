public import SCRMExpressions
public import SCRMModel

/// A way to take apart what was joined.
public enum IdentityUndo: Sendable, Hashable {
  /// Takes the evidence of a statement out of force; delivered again, it stays out of force.
  case withdraw(EventKey)
  /// Parts one identifier from everything else in its person, and keeps it parted.
  case detach(IdentifierKey, reason: String, time: Instant)
  /// Parts two sets of identifiers, and keeps them parted.
  case part([IdentifierKey], from: [IdentifierKey], reason: String, time: Instant)
  /// Reverts one merge: parts what the absorbed person had from what the survivor had, and keeps them parted.
  case revert(IdentityMerge, reason: String, time: Instant)
}
