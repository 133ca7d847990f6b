import SCRMExpressions
public import SCRMModel
import StrictJSON

/// A course of steps that people go through one at a time, each at their own pace: proposals, waits and branches, with a
/// goal and a condition to leave.
///
/// Rules start and stop it with ``ActionKind/startJourney`` and ``ActionKind/stopJourney``. Its proposals pass the same
/// guards as those of rules; it counts as a rule of its name.
///
/// ```swift
/// let welcome = try JourneyDefinition(
///   jsonText: """
///     {"name": "welcome", "goal": "event.type == 'purchase'", "steps": [
///       {"name": "hello", "do": [{"do": "message", "with": {"text": "Welcome!"}}]},
///       {"name": "answer", "until": "event.type == 'comment'", "within": "172800s", "else": "nudge"},
///       {"name": "thank", "do": [{"do": "message", "with": {"text": "Thank you!"}}], "go": "end"},
///       {"name": "nudge", "do": [{"do": "message", "with": {"text": "Can we help?"}}]}]}
///     """)
/// ```
public struct JourneyDefinition: Sendable, Hashable {
  /// What happens when someone is to enter who is in it or was.
  public enum Entering: String, Sendable, Hashable, Codable, CaseIterable {
    /// Nobody enters a second time.
    case once
    /// Whoever left may enter again.
    case afterLeaving
    /// Whoever is in it begins anew, whoever left may enter again.
    case restart
  }

  /// What happens to people who are in an older version when a newer one replaces it.
  public enum Replacing: String, Sendable, Hashable, Codable, CaseIterable {
    /// They go on with the step of the same name, with what is left of their wait; without such a step they leave.
    case goOn
    /// They begin anew.
    case restart
    /// They leave.
    case leave
  }

  /// The name, unique among journeys and rules.
  public var name: String
  /// The version, from 1; raise it whenever anything of the journey changes.
  public var version: Int
  /// The steps; people begin with the first.
  public var steps: [JourneyStep]
  /// What ends it as reached; looked at with every event and every time after the start.
  public var goal: RuleCondition?
  /// What ends it without.
  public var exit: RuleCondition?
  /// What happens when someone is to enter who is in it or was.
  public var entering: Entering
  /// What happens to people who are in an older version.
  public var replacing: Replacing
  /// Tags, by which caps select its actions.
  public var tags: [String]
  /// What its actions use the person's data for.
  public var purpose: Purpose
  /// Whether frequency caps and quiet hours do not hold for it.
  public var isTransactional: Bool

  /// Creates a journey; all but name and steps may be left out.
  public init(
    _ name: String, version: Int = 1, steps: [JourneyStep], goal: RuleCondition? = nil, exit: RuleCondition? = nil,
    entering: Entering = .once, replacing: Replacing = .goOn, tags: [String] = [], purpose: Purpose = .service,
    isTransactional: Bool = false
  ) {
    self.name = name
    self.version = version
    self.steps = steps
    self.goal = goal
    self.exit = exit
    self.entering = entering
    self.replacing = replacing
    self.tags = tags
    self.purpose = purpose
    self.isTransactional = isTransactional
  }
}

/// A step of a journey.
public struct JourneyStep: Sendable, Hashable {
  /// What a step does.
  public enum Kind: Sendable, Hashable {
    /// Proposes actions and goes on.
    case act([RuleAction])
    /// Waits a span of time.
    case wait(Duration)
    /// Waits until a condition holds of an event, so long at most; then goes to the step named, or on.
    case await(RuleCondition, within: Duration, otherwise: String?)
    /// Goes to the step of the first condition that holds, else to the one named, or on.
    case branch([Branch], otherwise: String?)
  }

  /// A way out of a branch.
  public struct Branch: Sendable, Hashable {
    /// What must hold.
    public var condition: RuleCondition
    /// The step to go to; `end` for none.
    public var step: String

    /// Creates a way out.
    public init(when condition: RuleCondition, go step: String) {
      self.condition = condition
      self.step = step
    }
  }

  /// The name, unique in the journey; not `end`.
  public var name: String
  /// What it does.
  public var kind: Kind
  /// The step after it; `nil` for the next in the list, `end` for none.
  public var next: String?

  /// Creates a step.
  public init(_ name: String, _ kind: Kind, next: String? = nil) {
    self.name = name
    self.kind = kind
    self.next = next
  }

  /// The name that ends a journey.
  public static let end = "end"

  /// The steps that it can lead to, by name; `nil` stands for the next in the list.
  var targets: [String?] {
    switch kind {
    case .act, .wait: [next]
    case .await(_, _, let otherwise): [next, otherwise]
    case .branch(let branches, let otherwise): branches.map(\.step) + [otherwise ?? next]
    }
  }

  /// Whether time may pass in it.
  var isPause: Bool {
    switch kind {
    case .wait, .await: true
    case .act, .branch: false
    }
  }
}
