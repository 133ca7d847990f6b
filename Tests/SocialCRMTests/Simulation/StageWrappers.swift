import SCRMTesting

/// A stage whose sessions are altered.
struct AlteredRules: RuleStage {
  let base: any RuleStage
  let alter: @Sendable (any RuleSession) -> any RuleSession

  var fingerprint: String { base.fingerprint }
  var stateKind: StateKind { base.stateKind }
  var reactsToTime: Bool { base.reactsToTime }
  var watchedScores: Set<String> { base.watchedScores }
  func begin(_ records: [StateRecord]) throws(SCRMError) -> any RuleSession { alter(try base.begin(records)) }
  func noting(
    _ change: ScoreChange, of person: PersonID, in record: StateRecord?, now: Instant, at position: LogPosition
  ) throws(SCRMError) -> StateRecord? { try base.noting(change, of: person, in: record, now: now, at: position) }
}

struct AlteredSegments: SegmentStage {
  let base: any SegmentStage
  let alter: @Sendable (any SegmentSession) -> any SegmentSession

  var fingerprint: String { base.fingerprint }
  var segments: [SegmentVersion] { base.segments }
  var stateKind: StateKind { base.stateKind }
  func begin(_ records: [StateRecord]) throws(SCRMError) -> any SegmentSession { alter(try base.begin(records)) }
}

struct AlteredTies: TieStage {
  let base: any TieStage
  let alter: @Sendable (any TieSession) -> any TieSession

  var fingerprint: String { base.fingerprint }
  func begin(_ records: [TieRecord]) throws(SCRMError) -> any TieSession { alter(try base.begin(records)) }
}

/// A session that passes on what a conforming type leaves out.
protocol RuleSessionWrapper: RuleSession { var base: any RuleSession { get set } }

extension RuleSessionWrapper {
  mutating func evaluate(_ input: RuleInput, at position: LogPosition) -> [ProposedAction] {
    base.evaluate(input, at: position)
  }
  mutating func evaluate(_ occasion: RuleOccasion, at position: LogPosition) -> [ProposedAction] {
    base.evaluate(occasion, at: position)
  }
  func latestOpenTrigger(of person: PersonID) -> Instant? { base.latestOpenTrigger(of: person) }
  func openTriggers(of person: PersonID) -> [OpenAction] { base.openTriggers(of: person) }
  mutating func reconsider(
    _ person: PersonFacts, triggers: [EventKey: Interaction], retracted: Set<EventKey>, cause: EventKey,
    at position: LogPosition
  ) -> [Cancellation] {
    base.reconsider(person, triggers: triggers, retracted: retracted, cause: cause, at: position)
  }
  mutating func merge(_ absorbed: PersonID, into survivor: PersonID, at position: LogPosition) {
    base.merge(absorbed, into: survivor, at: position)
  }
  func changes() -> [Change<StateRecord>] { base.changes() }
}

/// A session that passes on what a conforming type leaves out.
protocol SegmentSessionWrapper: SegmentSession { var base: any SegmentSession { get set } }

extension SegmentSessionWrapper {
  mutating func count(_ interaction: Interaction, for person: PersonID, sign: Int32, at position: LogPosition) {
    base.count(interaction, for: person, sign: sign, at: position)
  }
  mutating func merge(_ absorbed: PersonID, into survivor: PersonID, at position: LogPosition) -> [String] {
    base.merge(absorbed, into: survivor, at: position)
  }
  func counted(_ person: PersonID) -> Int64 { base.counted(person) }
  mutating func forgetActivity(of person: PersonID, at position: LogPosition) {
    base.forgetActivity(of: person, at: position)
  }
  mutating func evaluate(
    _ record: PersonRecord, scores: [String: Double], now: Instant, at position: LogPosition
  ) -> SegmentOutcome { base.evaluate(record, scores: scores, now: now, at: position) }
  func changes() -> [Change<StateRecord>] { base.changes() }
}
