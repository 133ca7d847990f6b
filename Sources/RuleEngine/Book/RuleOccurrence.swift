public import SCRMExpressions
public import SCRMModel

/// Something that may set off rules for a person: an interaction, a segment entered or left, a score that changed, or a
/// time that came.
public struct RuleOccurrence: Sendable {
  /// What makes it the same when it is decided again: the interaction's key, or that of the log entry that moved time.
  public var trigger: EventKey
  /// The interaction; `nil` when none set it off.
  public var interaction: Interaction?
  /// Everything known about the person, with the interaction counted.
  public var person: PersonFacts
  /// The segments the person entered or left with it.
  public var changes: [SegmentChange]
  /// The published scores of the person that changed.
  public var scores: [ScoreChange]
  /// Whether it is time that set it off, so that schedules and waits are looked at.
  public var isTime: Bool
  /// Why nothing may be carried out now; what rules propose is recorded as suppressed.
  public var suppression: ProposedAction.Suppression?
  /// The log position that decides.
  public var position: LogPosition

  /// Creates an occurrence.
  public init(
    trigger: EventKey, interaction: Interaction? = nil, person: PersonFacts, changes: [SegmentChange] = [],
    scores: [ScoreChange] = [], isTime: Bool = false, suppression: ProposedAction.Suppression? = nil,
    position: LogPosition = LogPosition.start.next
  ) {
    self.trigger = trigger
    self.interaction = interaction
    self.person = person
    self.changes = changes
    self.scores = scores
    self.isTime = isTime
    self.suppression = suppression
    self.position = position
  }

  /// An interaction with what the loop knows of it.
  public init(_ input: RuleInput, at position: LogPosition = LogPosition.start.next) {
    self.init(
      trigger: input.interaction.key, interaction: input.interaction, person: input.person, changes: input.changes,
      suppression: input.suppression, position: position)
  }

  /// Time that went on to `occasion.person.now`.
  public init(_ occasion: RuleOccasion, scores: [ScoreChange] = [], at position: LogPosition) {
    self.init(
      trigger: .logEntry(position), person: occasion.person, changes: occasion.changes, scores: scores, isTime: true,
      position: position)
  }

  /// The time of the decision: the loop's.
  public var now: Instant { person.now }

  /// The role of whoever caused it; `nil` when time did.
  var role: ActorRole? { interaction?.actor.role }
}
