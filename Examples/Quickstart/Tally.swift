import SCRMReport
import SocialCRM

/// What is counted while the loop runs; a few examples are kept, not everything.
struct Tally {
  var end = Instant.distantPast
  /// What a report shows.
  private(set) var recorder = RunRecorder()
  private(set) var accepted = 0
  private(set) var duplicates = 0
  private(set) var late = 0
  private(set) var refusals: [String: (count: Int, example: String)] = [:]
  private(set) var badLines: [InputError] = []
  private(set) var badLineCount = 0
  private(set) var merges = 0
  private(set) var merge: MergeRecord?
  private(set) var entries: [String: (entries: Int, exits: Int, example: SegmentChange)] = [:]
  private(set) var actions: [String: RuleTally] = [:]
  private(set) var cancelled: [Cancellation] = []
  private(set) var highestTier: [PersonID: ParticipationTier] = [:]

  struct RuleTally {
    var proposed = 0
    var suppressed: [ProposedAction.Suppression: Int] = [:]
    var example: ProposedAction?
    var suppressedExamples: [ProposedAction.Suppression: ProposedAction] = [:]
  }

  mutating func add(_ error: InputError) {
    recorder.add(error)
    badLineCount += 1
    if badLines.count < 5 { badLines.append(error) }
  }

  mutating func add(_ outcomes: [InteractionOutcome]) {
    for outcome in outcomes {
      recorder.add(outcome)
      if outcome.isAccepted { accepted += 1 }
      if outcome.isDuplicate { duplicates += 1 }
      if outcome.isLate { late += 1 }
      if let refusal = outcome.refusal {
        refusals[refusal.code.description, default: (0, refusal.description)].count += 1
      }
      for record in outcome.merges {
        merges += 1
        // The merge that joins most is the most telling one.
        if record.accounts.count > (merge?.accounts.count ?? 0) { merge = record }
      }
      add(outcome.segments)
      for action in outcome.actions { add(action) }
      cancelled += outcome.cancellations
      if let change = outcome.tierChange, let person = outcome.person {
        highestTier[person] = max(highestTier[person] ?? .silent, change.from, change.to)
      }
    }
  }

  mutating func add(_ outcome: AdvanceOutcome) {
    recorder.add(outcome)
    add(outcome.segments)
    for action in outcome.actions { add(action) }
  }

  private mutating func add(_ changes: [SegmentChange]) {
    for change in changes {
      var tally = entries[change.segment] ?? (0, 0, change)
      if change.isEntry {
        tally.entries += 1
        tally.example = change
      } else {
        tally.exits += 1
      }
      entries[change.segment] = tally
    }
  }

  private mutating func add(_ action: ProposedAction) {
    var tally = actions[action.rule] ?? RuleTally()
    switch action.disposition {
    case .proposed:
      tally.proposed += 1
      tally.example = action
    case .suppressed(let reason):
      tally.suppressed[reason, default: 0] += 1
      tally.suppressedExamples[reason] = action
    }
    actions[action.rule] = tally
  }
}
