/// The stage that keeps ties between accounts from the interactions they address to each other.
public protocol TieStage: Sendable {
  /// Name, version and settings; part of the configuration hash of the log.
  var fingerprint: String { get }
  /// Opens the loaded ties a batch touches.
  /// - Throws: ``SCRMError`` with `unsupportedSchema` or `corruptState`.
  func begin(_ records: [TieRecord]) throws(SCRMError) -> any TieSession
}

/// A batch's view of ties.
///
/// The state of a tie must not depend on the order of its interactions.
public protocol TieSession: Sendable {
  /// Counts an interaction for a tie (`sign` 1), takes it back (−1), or only notes when it happened (0).
  mutating func count(_ interaction: Interaction, on key: TieKey, sign: Int32, at position: LogPosition)
  /// The changed ties, in an order that depends on the calls alone.
  func changes() -> [Change<TieRecord>]
}
