package import SCRMExpressions
package import SCRMModel

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
/// Its condition can be found by a ``RuleIndex``. The closure rules (``Rule``) live beside it; a closure can be the
/// condition of a definition too (``RuleCondition/closure(_:)``).
package struct RuleDefinition: Sendable, Hashable {
  /// The name, unique in the book.
  package var name: String
  /// The version, from 1; raise it whenever anything of the rule changes.
  package var version: Int
  /// Who answers for the rule, such as a team; `nil` when nobody was named.
  package var owner: String?
  /// What the rule is for, in a sentence.
  package var purposeText: String?
  /// What makes it look, any of them; empty for every interaction.
  package var triggers: [RuleTrigger]
  /// What must hold.
  package var condition: RuleCondition
  /// What it proposes, in order.
  package var actions: [RuleAction]
  /// Rules of higher priority come first; rules of one priority in the byte order of their names.
  package var priority: Int
  /// Of the rules of one exclusive group only the first that is selected acts on an event; `nil` for none.
  package var group: String?
  /// Whether no rule after this one is looked at once it is selected.
  package var stops: Bool
  /// From when on it counts; `nil` for always.
  package var starts: Instant?
  /// Until when it counts, exclusive; `nil` for ever.
  package var ends: Instant?
  /// Within what it acts once at most; `nil` for no limit.
  package var once: RuleScope?
  /// How long it keeps silent for a person after it proposed something.
  package var cooldown: Duration?
  /// What happens when the condition depends on data that is missing.
  package var missing: MissingDataPolicy
  /// Tags, by which frequency caps select.
  package var tags: [String]
  /// What its actions use the person's data for; consent is checked for it.
  package var purpose: Purpose
  /// Whether frequency caps and quiet hours do not hold for it, as for answers the person waits for.
  package var isTransactional: Bool
  /// The people it leaves alone, so that its effect can be measured.
  package var control: ControlGroup?
  /// The campaign it belongs to.
  package var campaign: String?

  /// Creates a definition; all but the name may be left out.
  package init(
    _ name: String, version: Int = 1, owner: String? = nil, purposeText: String? = nil, on triggers: [RuleTrigger] = [],
    when condition: RuleCondition = .always, then actions: [RuleAction] = [], priority: Int = 0, group: String? = nil,
    stops: Bool = false, starts: Instant? = nil, ends: Instant? = nil, once: RuleScope? = nil,
    cooldown: Duration? = nil, missing: MissingDataPolicy = .skip, tags: [String] = [], purpose: Purpose = .service,
    isTransactional: Bool = false, control: ControlGroup? = nil, campaign: String? = nil
  ) {
    self.name = name
    self.version = version
    self.owner = owner
    self.purposeText = purposeText
    self.triggers = triggers
    self.condition = condition
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

  /// Whether it counts at a time: from `starts` on, until before `ends`.
  package func isValid(at time: Instant) -> Bool {
    (starts.map { $0 <= time } ?? true) && (ends.map { time < $0 } ?? true)
  }

  /// Whether it is looked at before `other`: by priority, then by the bytes of the name.
  func precedes(_ other: RuleDefinition) -> Bool {
    priority != other.priority ? priority > other.priority : name.byteOrder(other.name) == .ascending
  }
}

/// Within what a rule acts at most once.
package enum RuleScope: String, Sendable, Hashable, Codable, CaseIterable {
  /// Once for a person.
  case person
  /// Once in a session of a person; an event without session counts as one session.
  case session
  /// Once in a thread for a person; an event without thread counts as one thread.
  case thread
}

/// What happens when a condition can be decided only with data that is missing.
package enum MissingDataPolicy: String, Sendable, Hashable, Codable, CaseIterable {
  /// The rule does not match.
  case skip
  /// The rule matches.
  case match
  /// The rule matches, and what it proposes is recorded as suppressed for missing data.
  case report
}
