public import SCRMExpressions
public import SCRMModel

/// A rule as a value that can be read, stored, checked and compared: when something happens and a condition holds, propose
/// something.
///
/// ```swift
/// let rule = try RuleDefinition(
///   jsonText: """
///     {"name": "refund-request", "version": 1, "owner": "service-desk", "on": ["post", "comment"],
///      "when": "event.text.contains('退款') && profile.influence > 20.0",
///      "then": [{"do": "reply", "with": {"text": "Hello {profile.name|there}!"}}], "cooldown": "86400s"}
///     """)
/// ```
///
/// A ``RuleBook`` holds many and decides with them. The closure rules (``Rule``) live beside it; a closure can be the
/// condition of a definition too (``RuleCondition/closure(_:)``).
public struct RuleDefinition: Sendable, Hashable {
  /// The name, unique in the book.
  public var name: String
  /// The version, from 1; raise it whenever anything of the rule changes.
  public var version: Int
  /// Who answers for the rule, such as a team; `nil` when nobody was named.
  public var owner: String?
  /// What the rule is for, in a sentence.
  public var purposeText: String?
  /// What makes it look, any of them; empty for every interaction.
  public var triggers: [RuleTrigger]
  /// Whose interactions it looks at; by default everyone's but those of automation.
  public var causes: Set<ActorRole>
  /// The words that its text must hold, besides the condition; `nil` for none.
  public var keywords: KeywordTrigger?
  /// What must hold.
  public var condition: RuleCondition
  /// A pattern over time that must be completed first; its conditions are asked of the interactions that `triggers` name.
  ///
  /// The rule looks when the pattern is completed. Then `condition` must hold of the event, or the time, that completed it.
  public var pattern: EventPattern?
  /// A number of events that must be reached first, in place of a pattern; `nil` for none.
  ///
  /// The rule looks when the number is reached, and again only after it has fallen below.
  public var tally: EventTally?
  /// Whether it is a partial match that ran out of time that makes it look, rather than a match.
  public var looksAtTimeouts: Bool
  /// What it proposes, in order.
  public var actions: [RuleAction]
  /// Rules of higher priority come first; rules of one priority in the byte order of their names.
  public var priority: Int
  /// Of the rules of one exclusive group only the first that is selected acts on an event; `nil` for none.
  public var group: String?
  /// Whether no rule after this one is looked at once it is selected.
  public var stops: Bool
  /// From when on it counts; `nil` for always.
  public var starts: Instant?
  /// Until when it counts, exclusive; `nil` for ever.
  public var ends: Instant?
  /// Within what it acts once at most; `nil` for no limit.
  public var once: RuleScope?
  /// How long it keeps silent for a person after it proposed something.
  public var cooldown: Duration?
  /// What happens when the condition depends on data that is missing.
  public var missing: MissingDataPolicy
  /// Tags, by which frequency caps select.
  public var tags: [String]
  /// What its actions use the person's data for; consent is checked for it.
  public var purpose: Purpose
  /// Whether frequency caps and quiet hours do not hold for it, as for answers the person waits for.
  public var isTransactional: Bool
  /// The people it leaves alone, so that its effect can be measured.
  public var control: ControlGroup?
  /// The campaign it belongs to.
  public var campaign: String?

  /// Creates a definition; all but the name may be left out.
  public init(
    _ name: String, version: Int = 1, owner: String? = nil, purposeText: String? = nil, on triggers: [RuleTrigger] = [],
    by causes: Set<ActorRole> = RuleDefinition.standardCauses, keywords: KeywordTrigger? = nil,
    when condition: RuleCondition = .always,
    after pattern: EventPattern? = nil, counting tally: EventTally? = nil, looksAtTimeouts: Bool = false,
    then actions: [RuleAction] = [],
    priority: Int = 0, group: String? = nil, stops: Bool = false, starts: Instant? = nil, ends: Instant? = nil,
    once: RuleScope? = nil,
    cooldown: Duration? = nil, missing: MissingDataPolicy = .skip, tags: [String] = [], purpose: Purpose = .service,
    isTransactional: Bool = false, control: ControlGroup? = nil, campaign: String? = nil
  ) {
    self.name = name
    self.version = version
    self.owner = owner
    self.purposeText = purposeText
    self.triggers = triggers
    self.causes = causes
    self.keywords = keywords
    self.condition = condition
    self.pattern = pattern
    self.tally = tally
    self.looksAtTimeouts = looksAtTimeouts
    self.actions = actions
    self.priority = priority
    self.group = group
    self.stops = stops
    self.starts = starts
    self.ends = ends
    self.once = once
    self.cooldown = cooldown
    self.missing = missing
    self.tags = tags
    self.purpose = purpose
    self.isTransactional = isTransactional
    self.control = control
    self.campaign = campaign
  }

  /// Everyone but automation, whose interactions would set off automation again.
  public static let standardCauses: Set<ActorRole> = [.customer, .staff, .brand]

  /// Whether it counts at a time: from `starts` on, until before `ends`.
  public func isValid(at time: Instant) -> Bool {
    (starts.map { $0 <= time } ?? true) && (ends.map { time < $0 } ?? true)
  }

  /// Whether it is looked at before `other`: by priority, then by the bytes of the name.
  func precedes(_ other: RuleDefinition) -> Bool {
    priority != other.priority ? priority > other.priority : name.byteOrder(other.name) == .ascending
  }
}

/// Within what a rule acts at most once.
public enum RuleScope: String, Sendable, Hashable, Codable, CaseIterable {
  /// Once for a person.
  case person
  /// Once in a session of a person; an event without session counts as one session.
  case session
  /// Once in a thread for a person; an event without thread counts as one thread.
  case thread
}

/// What happens when a condition can be decided only with data that is missing.
public enum MissingDataPolicy: String, Sendable, Hashable, Codable, CaseIterable {
  /// The rule does not match.
  case skip
  /// The rule matches.
  case match
  /// The rule matches, and what it proposes is recorded as suppressed for missing data.
  case report
}
