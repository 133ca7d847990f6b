public import SCRMExpressions
public import StrictJSON

/// Something a rule proposes to do for a person.
///
/// The SDK never sends it: the host claims it from the outbox.
public struct ProposedAction: Sendable, Hashable, Redacted {
  /// Whether the action is to be carried out.
  public enum Disposition: Sendable, Hashable {
    /// It waits in the outbox.
    case proposed
    /// It was held back; the reason is for the record.
    case suppressed(Suppression)
  }

  /// Why an action was held back.
  public enum Suppression: String, Sendable, Hashable, Codable, CaseIterable {
    /// The interaction was imported, not live.
    case backfill
    /// The interaction was older than the lateness the loop waits for.
    case late
    /// The consent for the rule's purpose is missing or was refused.
    case consent
    /// The same rule acted for the person too recently.
    case cooldown
    /// The rule acts once for the person, session or thread, and did.
    case once
    /// The person, or the channel of the person, is not to be contacted.
    case doNotContact
    /// The person was contacted as often as a frequency cap allows.
    case frequencyCap
    /// It would have reached the person in quiet hours.
    case quietHours
    /// The money set aside for such actions is spent.
    case budget
    /// The person belongs to the control group that is left alone.
    case controlGroup
    /// The rule was set off by what it, or a chain of rules, had set off itself.
    case loop
    /// The condition could not be decided, as data was missing.
    case missingData
    /// A parameter needs a fact that is not known.
    case unresolvedField
  }

  /// The id; the same decision has the same id.
  public var id: ActionID
  /// The rule that proposed it.
  public var rule: String
  /// The version of that rule.
  public var ruleVersion: Int
  /// For whom.
  public var person: PersonID
  /// What to do, such as `reply` or `coupon`; the set is the host's.
  public var kind: String
  /// On which channel; `nil` leaves it to the host.
  public var channel: String?
  /// What it needs to know.
  public var parameters: ValueMap
  /// The purpose for which consent was checked.
  public var purpose: Purpose
  /// The interaction that triggered it.
  public var trigger: EventKey
  /// When it was decided, in the loop's time.
  public var decided: Instant
  /// After when it is pointless.
  public var expires: Instant?
  /// The log position that decided it.
  public var position: LogPosition
  /// Whether it is to be carried out.
  public var disposition: Disposition
  /// Why it was proposed, and why it was held back if it was.
  public var explanation: Explanation

  /// From when on it is to be carried out; `nil` for at once.
  ///
  /// An outbox does not hand it out before.
  public var due: Instant?
  /// The experiment in whose control or treatment group the person is; `nil` when the rule measures nothing.
  public var experiment: ExperimentAssignment?

  /// Creates an action.
  public init(
    id: ActionID, rule: String, ruleVersion: Int, person: PersonID, kind: String, channel: String? = nil,
    parameters: ValueMap = [:], purpose: Purpose, trigger: EventKey, decided: Instant, expires: Instant? = nil,
    position: LogPosition, disposition: Disposition, explanation: Explanation, due: Instant? = nil,
    experiment: ExperimentAssignment? = nil
  ) {
    self.id = id
    self.rule = rule
    self.ruleVersion = ruleVersion
    self.person = person
    self.kind = kind
    self.channel = channel
    self.parameters = parameters
    self.purpose = purpose
    self.trigger = trigger
    self.decided = decided
    self.expires = expires
    self.position = position
    self.disposition = disposition
    self.explanation = explanation
    self.due = due
    self.experiment = experiment
  }

  /// Whether it waits in the outbox.
  public var isProposed: Bool { disposition == .proposed }

  /// Rule, kind and person id.
  public var redactedDescription: String { "\(kind) by \(rule) for person \(person)" }
}

extension ProposedAction: JSONCodable {
  /// Reads the documented members.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    let suppression = try object.optionalCase("suppressed", as: Suppression.self)
    self.init(
      id: try object.required("id"), rule: try object.string("rule"),
      ruleVersion: Int(clamping: try object.int("ruleVersion")), person: try object.required("person"),
      kind: try object.string("kind"), channel: try object.optionalString("channel"),
      parameters: try object.values("parameters"), purpose: try object.required("purpose"),
      trigger: try object.required("trigger"), decided: try object.required("decided"),
      expires: try object.optional("expires"), position: try object.required("position"),
      disposition: suppression.map { .suppressed($0) } ?? .proposed,
      explanation: try object.decoded("explanation") ?? Explanation(""), due: try object.optional("due"),
      experiment: try object.optional("experiment"))
  }

  /// Writes the members that are set.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("id", id)
    writer.field("rule", rule)
    writer.field("ruleVersion", ruleVersion)
    writer.field("person", person)
    writer.field("kind", kind)
    writer.field("channel", channel)
    writer.field("parameters", parameters)
    writer.field("purpose", purpose)
    writer.field("trigger", trigger)
    writer.field("decided", decided)
    writer.field("expires", expires)
    writer.field("position", position)
    if case .suppressed(let reason) = disposition { writer.field("suppressed", reason.rawValue) }
    writer.encoded("explanation", explanation)
    writer.field("due", due)
    writer.field("experiment", experiment)
    writer.endObject()
  }
}
