import SCRMTesting
import Testing

/// A way in which an engine can be wrong: its stages or its handle on the store misbehave.
///
/// Fingerprints stay the same, so that a run without the bug accepts the log.
struct PlantedBug: Sendable, CustomTestStringConvertible {
  let name: String
  var alter: @Sendable (inout SocialCRM.Configuration) -> Void = { _ in }
  var wrap: @Sendable (any SCRMStore) -> any SCRMStore = { $0 }

  var testDescription: String { name }

  static let all: [PlantedBug] = storing + deciding

  /// Bugs of reading and writing.
  static let storing: [PlantedBug] = [
    PlantedBug(name: "repeated deliveries are not recognised", wrap: { ForgetsKnownKeys(wrapped: $0) }),
    PlantedBug(
      name: "the base and versions are not checked at the commit", wrap: { ForcesCommits(wrapped: $0) }
    ),
    PlantedBug(
      name: "a commit whose answer was lost is applied again", wrap: { AppliesAgain(wrapped: $0) }),
    PlantedBug(
      name: "the state of rules is cached over commits of others", wrap: { CachesRuleState(wrapped: $0) }),
    PlantedBug(name: "cancellations are forgotten", wrap: { ForgetsCancellations(wrapped: $0) }),
    PlantedBug(name: "state is written outside the commit", wrap: { WritesStateFirst(wrapped: $0) }),
    PlantedBug(name: "the answer is given before the write", wrap: { AnswersEarly(wrapped: $0) }),
    PlantedBug(name: "an advance of time stops after a page", wrap: { ReadsOnePage(wrapped: $0) }),
    PlantedBug(name: "claims are settled without their fence", wrap: { IgnoresFences(wrapped: $0) }),
    PlantedBug(name: "the lease of a claim is not kept", wrap: { HandsOutHeldActions(wrapped: $0) }),
  ]

  /// Bugs of deciding.
  static let deciding: [PlantedBug] = [
    PlantedBug(
      name: "the id of an action depends on its batch",
      alter: { $0.rules = AlteredRules(base: $0.rules) { NumbersActions(base: $0) } }),
    PlantedBug(
      name: "late facts are not corrected for",
      alter: { $0.rules = AlteredRules(base: $0.rules) { IgnoresLateFacts(base: $0) } }),
    PlantedBug(
      name: "cooldowns and open actions of the absorbed person are dropped",
      alter: { $0.rules = AlteredRules(base: $0.rules) { DropsAbsorbedRules(base: $0) } }),
    PlantedBug(
      name: "the activity of the absorbed person is dropped",
      alter: { $0.segments = AlteredSegments(base: $0.segments) { DropsAbsorbedActivity(base: $0) } }),
    PlantedBug(
      name: "facts are computed once per batch",
      alter: { $0.segments = AlteredSegments(base: $0.segments) { KeepsFacts(base: $0) } }),
    PlantedBug(
      name: "a retraction counts with the wrong sign",
      alter: { $0.segments = AlteredSegments(base: $0.segments) { CountsRetractions(base: $0) } }),
    PlantedBug(
      name: "what is older than the latest of a batch is not counted",
      alter: { $0.segments = AlteredSegments(base: $0.segments) { SkipsOlder(base: $0) } }),
    PlantedBug(
      name: "retractions do not reach ties",
      alter: { $0.ties = AlteredTies(base: $0.ties) { KeepsRetractedTies(base: $0) } }),
    PlantedBug(
      name: "the second identifier of a party is lost", alter: { $0.identity = OneIdentifier(base: $0.identity) }),
  ]
}
