public import IdentityGraph
public import InfluenceScoring
public import RuleEngine
public import SCRMModel
public import Segmentation
import StateCoding

extension SocialCRM {
  /// How the loop decides.
  ///
  /// Everything in it that decides is part of ``fingerprint``, which stands in the log.
  public struct Configuration: Sendable {
    /// Who is it: by evidence, with protection and a way back, unless another stage is set.
    ///
    /// `DeterministicResolver`, which joins whatever is shared and keeps no evidence, is another one.
    public var identity: any IdentityStage
    /// Which segments, tier and heat.
    public var segments: any SegmentStage
    /// Who addresses whom.
    public var ties: any TieStage
    /// What to propose.
    public var rules: any RuleStage
    /// What to keep; `nil` keeps everything.
    public var collection: CollectionFilter?
    /// The names of the published scores that conditions may use.
    public var scores: [String] = ["influence"]
    /// What is refused.
    public var limits = Limits()
    /// How far behind the latest event time an interaction may be and still set off rules.
    ///
    /// Default seven days.
    public var lateness: Duration = .days(7)
    /// How many interactions are loaded, decided and committed together, at least 1; 250 by default.
    ///
    /// Results do not depend on it. In memory a few hundred were fastest; the more, the more memory the batches under way
    /// hold. A store whose calls or commits cost much each, over a network or on a disk that is waited for, wants more.
    public var batchSize = 250
    /// The smallest batch that is worth deciding while the one before it is committed.
    package var leastOverlapping = 64
    /// A name for this writer among several on one store, such as the host's; decides nothing.
    ///
    /// Two writers that are given the same interactions may decide the very same batch at once, which is written once. By
    /// their names the store tells the second from a repeated call of the first, and its interactions are duplicates.
    public var writer = ""
    /// How often a batch is decided again after a conflict before the error is passed on.
    public var conflictRetries = 8
    /// Who is told about batches, refusals and conflicts.
    public var observer: (any LoopObserver)?

    /// Creates a configuration from stages.
    public init(
      identity: any IdentityStage = EvidenceResolver(), segments: any SegmentStage,
      ties: any TieStage = TieKeeper(), rules: any RuleStage
    ) {
      self.identity = identity
      self.segments = segments
      self.ties = ties
      self.rules = rules
    }

    /// Creates a configuration from segments and rules with the standard stages.
    ///
    /// `timeZone` is the workspace's: its days are counted.
    /// - Throws: `SCRMError` for repeated names or unusable keywords.
    public init(
      segments: [SegmentDefinition] = [], rules: [Rule] = [], timeZone: ZoneRules = .utc
    ) throws(SCRMError) {
      self.init(segments: try SegmentSet(segments, timeZone: timeZone), rules: try RuleSet(rules))
    }

    /// Creates a configuration from segments as data and rules with the standard stages: a `LiveSegmentStage`.
    ///
    /// - Parameters:
    ///   - segments: the segments, exact to the millisecond.
    ///   - closures: segments as Swift closures beside them.
    ///   - rules: the rules.
    ///   - timeZone: the workspace's, whose days are counted.
    /// - Throws: `SCRMError` for repeated names, unusable keywords and a catalogue that does not fit interactions.
    public init(
      segments: SegmentCatalogue, beside closures: [SegmentDefinition] = [], rules: [Rule] = [],
      timeZone: ZoneRules = .utc
    ) throws(SCRMError) {
      self.init(
        segments: try LiveSegmentStage(segments, beside: SegmentSet(closures, timeZone: timeZone)),
        rules: try RuleSet(rules))
    }

    /// A hash over the names, versions and settings of everything that decides: SHA-256, hexadecimal.
    public var fingerprint: String {
      let parts = [
        identity.fingerprint, segments.fingerprint, ties.fingerprint, rules.fingerprint,
        scores.joined(separator: ","), lateness.secondsText, collectionFingerprint,
      ]
      return ActionID(digest: SHA256.digest(parts.joined(separator: "\u{1F}").utf8)).description
    }

    private var collectionFingerprint: String {
      guard let policy = collection?.policy, let bytes = try? StrictJSONEncoder().encode(policy) else { return "-" }
      return ActionID(digest: SHA256.digest(bytes)).description
    }
  }
}
