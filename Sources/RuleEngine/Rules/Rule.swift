public import SCRMModel

/// What to propose for a person when something happens: a named, versioned trigger, condition and proposal.
///
/// ```swift
/// let refund = Rule(
///   "refund-request", version: 1, on: [.post, .comment], keywords: KeywordTrigger(any: ["refund", "退款"]),
///   cooldown: .hours(24)
/// ) { context in
///   context.person.count(.purchase, days: 90) > 0
/// } propose: { context in
///   Proposal("reply", parameters: ["template": "refund"])
/// }
/// ```
///
/// Condition and proposal are pure: the same context gives the same answer. They run only when kind and keywords match.
public struct Rule: Sendable {
  /// The name, unique in the set.
  public let name: String
  /// The version; raise it whenever anything of the rule changes.
  public let version: Int
  /// The kinds of interactions it looks at; empty for all.
  public let kinds: Set<InteractionKind>
  /// The words it looks for; `nil` when it looks at no text.
  public let keywords: KeywordTrigger?
  /// The segments one of which the person must enter with the interaction; empty when that does not matter.
  public let entering: Set<String>
  /// What the action uses the person's data for; consent is checked for it.
  public let purpose: Purpose
  /// The channel of the action; consent is checked for it.
  public let channel: String?
  /// How long the rule keeps silent for a person after it proposed something.
  public let cooldown: Duration?
  let condition: @Sendable (RuleContext) -> Judgement
  let proposal: @Sendable (RuleContext) -> Proposal

  /// Creates a rule whose condition is a truth value.
  public init(
    _ name: String, version: Int, on kinds: Set<InteractionKind> = [], keywords: KeywordTrigger? = nil,
    entering: Set<String> = [], purpose: Purpose = .service, channel: String? = nil, cooldown: Duration? = nil,
    when condition: @escaping @Sendable (RuleContext) -> Bool = { _ in true },
    propose proposal: @escaping @Sendable (RuleContext) -> Proposal
  ) {
    self.init(
      name, version: version, on: kinds, keywords: keywords, entering: entering, purpose: purpose, channel: channel,
      cooldown: cooldown, judging: { Judgement(condition($0)) }, propose: proposal)
  }

  /// Creates a rule whose condition names its own evidence.
  public init(
    _ name: String, version: Int, on kinds: Set<InteractionKind> = [], keywords: KeywordTrigger? = nil,
    entering: Set<String> = [], purpose: Purpose = .service, channel: String? = nil, cooldown: Duration? = nil,
    judging condition: @escaping @Sendable (RuleContext) -> Judgement,
    propose proposal: @escaping @Sendable (RuleContext) -> Proposal
  ) {
    self.name = name
    self.version = version
    self.kinds = kinds
    self.keywords = keywords
    self.entering = entering
    self.purpose = purpose
    self.channel = channel
    self.cooldown = cooldown
    self.condition = condition
    self.proposal = proposal
  }

  var fingerprint: String {
    let words = keywords.map(\.jsonText) ?? "-"
    let kinds = kinds.map(\.rawValue).sorted().joined(separator: "+")
    return
      "\(name)/\(version):\(kinds):\(words):\(entering.sorted()):\(purpose):\(channel ?? "-"):\(cooldown?.secondsText ?? "-")"
  }
}

/// What a rule's condition and proposal may look at.
public struct RuleContext: Sendable {
  /// The interaction that happened.
  public let interaction: Interaction
  /// Everything known about the person, with the interaction counted.
  public let person: PersonFacts
  /// The segments the person entered or left with it.
  public let changes: [SegmentChange]
  /// The rule's keywords that occur in the text, in the order of the trigger.
  public let keywords: [String]
}

/// What a rule proposes to do.
public struct Proposal: Sendable, Hashable {
  /// What to do, such as `reply` or `coupon`; the set is the host's.
  public var kind: String
  /// What it needs to know.
  public var parameters: ValueMap
  /// How long after the decision it is worth doing; `nil` for no limit.
  public var validity: Duration?

  /// Creates a proposal.
  public init(_ kind: String, parameters: ValueMap = [:], validity: Duration? = nil) {
    self.kind = kind
    self.parameters = parameters
    self.validity = validity
  }
}
