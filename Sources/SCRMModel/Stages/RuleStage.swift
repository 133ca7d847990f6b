public import SCRMExpressions

/// The stage that decides what to propose for a person when something happens.
public protocol RuleStage: Sendable {
  /// Names, versions and settings; part of the configuration hash of the log.
  var fingerprint: String { get }
  /// The kind of its per-person state.
  var stateKind: StateKind { get }
  /// Whether rules are asked for the customer whom staff, a brand or automation addressed, as when an answer is waited
  /// for; `false` unless a stage says otherwise.
  var asksAddressees: Bool { get }
  /// The keys of state that all people share, such as budgets; none unless a stage says otherwise.
  ///
  /// Their states are handed to every session.
  var sharedKeys: [StateKey] { get }
  /// Whether people share state, all or some of them; then a batch is decided one person after the other.
  ///
  /// Unless a stage says otherwise, whether ``sharedKeys`` is not empty.
  var sharesState: Bool { get }
  /// The keys of state that those share whom an interaction concerns, such as everyone in its thread; none unless a stage
  /// says otherwise. They hang on the interaction alone.
  func sharedKeys(for interaction: Interaction) -> [StateKey]
  /// The keys of shared state of which the state of a person waits for what comes of it, asked when the person is due;
  /// none unless a stage says otherwise.
  /// - Throws: ``SCRMError`` with `unsupportedSchema` or `corruptState`, naming the key.
  func sharedKeys(awaitedIn record: StateRecord) throws(SCRMError) -> [StateKey]
  /// Opens the loaded states of the people a batch touches, and those that they share.
  /// - Throws: ``SCRMError`` with `unsupportedSchema` or `corruptState`, naming the key.
  func begin(_ records: [StateRecord]) throws(SCRMError) -> any RuleSession
  /// Whether rules can be set off by time alone, so that sessions are asked with a ``RuleOccasion``
  /// as it goes on; `false` unless a stage says otherwise.
  var reactsToTime: Bool { get }
  /// The published scores whose changes can set off rules; none unless a stage says otherwise.
  ///
  /// A stage with any must react to time.
  var watchedScores: Set<String> { get }
  /// The state of a person in which it is noted that a watched score changed, due at `now`; `nil` when no rule cares.
  ///
  /// Called as scores are published; the rules themselves are evaluated with an occasion, in pages, right after.
  /// - Throws: ``SCRMError`` with `unsupportedSchema` or `corruptState`, naming the key.
  func noting(
    _ change: ScoreChange, of person: PersonID, in record: StateRecord?, now: Instant, at position: LogPosition
  ) throws(SCRMError) -> StateRecord?
}

/// What a rule sees.
public struct RuleInput: Sendable {
  /// The interaction that happened.
  public var interaction: Interaction
  /// Everything known about the person, with the interaction counted.
  public var person: PersonFacts
  /// The segments the person entered or left with it.
  public var changes: [SegmentChange]
  /// Why nothing may be carried out now; proposals are recorded as suppressed.
  public var suppression: ProposedAction.Suppression?

  /// Creates an input.
  public init(
    interaction: Interaction, person: PersonFacts, changes: [SegmentChange] = [],
    suppression: ProposedAction.Suppression? = nil
  ) {
    self.interaction = interaction
    self.person = person
    self.changes = changes
    self.suppression = suppression
  }
}

/// A batch's view of rule state.
public protocol RuleSession: Sendable {
  /// What the rules propose for an interaction, in registration order; suppressed proposals included.
  mutating func evaluate(_ input: RuleInput, at position: LogPosition) -> [ProposedAction]
  /// What the rules propose when time has come to `occasion.person.now`, suppressed proposals included.
  ///
  /// The state must not be due any more by then. Nothing unless a stage says otherwise.
  mutating func evaluate(_ occasion: RuleOccasion, at position: LogPosition) -> [ProposedAction]
  /// Takes note of an interaction that concerns no known person, for state that is shared, such as that of its thread.
  ///
  /// Nothing unless a stage says otherwise.
  mutating func observe(_ interaction: Interaction, at position: LogPosition, now: Instant)
  /// The latest event time among the triggers of a person's open actions; `nil` when none is open.
  func latestOpenTrigger(of person: PersonID) -> Instant?
  /// The triggers of a person's actions that may still be unclaimed.
  func openTriggers(of person: PersonID) -> [OpenAction]
  /// Decides again about open actions whose triggers are given, with all that is known now.
  ///
  /// Called when a late, retracting or replacing interaction, a decision about consent or a merge may have made an
  /// action wrong. Actions that stay right stay open.
  mutating func reconsider(
    _ person: PersonFacts, triggers: [EventKey: Interaction], retracted: Set<EventKey>, cause: EventKey,
    at position: LogPosition
  ) -> [Cancellation]
  /// Joins the state of the absorbed person to the survivor's; the absorbed state is removed.
  mutating func merge(_ absorbed: PersonID, into survivor: PersonID, at position: LogPosition)
  /// The changed states, in an order that depends on the calls alone.
  func changes() -> [Change<StateRecord>]
}

/// An action that may still be unclaimed.
public struct OpenAction: Sendable, Hashable {
  /// The action.
  public var action: ActionID
  /// The interaction that triggered it.
  public var trigger: EventKey
  /// The event time of that interaction.
  public var triggered: Instant
  /// Creates a value.
  public init(action: ActionID, trigger: EventKey, triggered: Instant) {
    self.action = action
    self.trigger = trigger
    self.triggered = triggered
  }
}
