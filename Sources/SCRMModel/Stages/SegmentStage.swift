public import SCRMExpressions

/// The stage that keeps what people did and decides which segments they are in.
public protocol SegmentStage: Sendable {
  /// Names, versions and settings; part of the configuration hash of the log.
  var fingerprint: String { get }
  /// The segments it decides, in the order in which they are listed.
  var segments: [SegmentVersion] { get }
  /// The kind of its per-person state.
  var stateKind: StateKind { get }
  /// Opens the loaded states of the people a batch touches.
  /// - Throws: ``SCRMError`` with `unsupportedSchema` or `corruptState`, naming the key.
  func begin(_ records: [StateRecord]) throws(SCRMError) -> any SegmentSession
}

/// The name of a segment and the version of its definition.
public struct SegmentVersion: Sendable, Hashable {
  /// The name.
  public let name: String
  /// The version.
  public let version: Int

  /// Creates a pair.
  public init(_ name: String, version: Int) {
    self.name = name
    self.version = version
  }
}

/// A batch's view of segment state.
///
/// Everything happens in the order of the calls, whatever the batch boundaries are.
public protocol SegmentSession: Sendable {
  /// Counts an interaction for a person (`sign` 1), takes it back (−1), or only notes when it happened (0).
  mutating func count(_ interaction: Interaction, for person: PersonID, sign: Int32, at position: LogPosition)
  /// Joins what the absorbed person did to the survivor; the absorbed state is removed.
  /// - Returns: the names of the segments the absorbed person was in.
  mutating func merge(_ absorbed: PersonID, into survivor: PersonID, at position: LogPosition) -> [String]
  /// How many interactions are counted for a person.
  func counted(_ person: PersonID) -> Int64
  /// Forgets what a person did, but not the segments they are in: it is counted again, since accounts went to or came
  /// from another person.
  mutating func forgetActivity(of person: PersonID, at position: LogPosition)
  /// Forgets what a person did and what was decided of it: everything is counted again, and decided under the definitions
  /// of now as if they had always been in force.
  mutating func restart(_ person: PersonID, at position: LogPosition)
  /// The facts about a person and the segments they enter and leave at `now`.
  mutating func evaluate(
    _ record: PersonRecord, scores: [String: Double], now: Instant, at position: LogPosition
  ) -> SegmentOutcome
  /// The changed states, in an order that depends on the calls alone.
  func changes() -> [Change<StateRecord>]
}

extension SegmentSession {
  /// For a stage that decides by what is counted alone, as forgetting that.
  public mutating func restart(_ person: PersonID, at position: LogPosition) {
    forgetActivity(of: person, at: position)
  }
}

/// The answer of the segment stage.
public struct SegmentOutcome: Sendable {
  /// The facts after the changes.
  public var facts: PersonFacts
  /// What changed, in registration order.
  public var changes: [SegmentChange]
  /// The tier before, when it changed.
  public var previousTier: ParticipationTier?

  /// Creates an outcome.
  public init(facts: PersonFacts, changes: [SegmentChange], previousTier: ParticipationTier?) {
    self.facts = facts
    self.changes = changes
    self.previousTier = previousTier
  }
}
