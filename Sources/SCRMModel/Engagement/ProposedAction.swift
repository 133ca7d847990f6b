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

  /// Everything an action holds.
  @usableFromInline
  struct Fields: Sendable, Hashable {
    @usableFromInline var id: ActionID
    @usableFromInline var rule: String
    @usableFromInline var ruleVersion: Int
    @usableFromInline var person: PersonID
    @usableFromInline var kind: String
    @usableFromInline var channel: String?
    @usableFromInline var parameters: ValueMap
    @usableFromInline var purpose: Purpose
    @usableFromInline var trigger: EventKey
    @usableFromInline var decided: Instant
    @usableFromInline var expires: Instant?
    @usableFromInline var position: LogPosition
    @usableFromInline var disposition: Disposition
    @usableFromInline var explanation: Explanation
    @usableFromInline var due: Instant?
    @usableFromInline var experiment: ExperimentAssignment?
  }

  @usableFromInline
  final class Box: Sendable {
    @usableFromInline let fields: Fields
    init(_ fields: Fields) { self.fields = fields }
  }

  // One reference wide: actions stand in outcomes, in change sets and in the outbox.
  @usableFromInline private(set) var box: Box

  private var fields: Fields {
    get { box.fields }
    set { box = Box(newValue) }
  }

  /// The id; the same decision has the same id.
  public var id: ActionID {
    @inlinable get { box.fields.id }
    set { fields.id = newValue }
  }
  /// The rule that proposed it.
  public var rule: String {
    @inlinable get { box.fields.rule }
    set { fields.rule = newValue }
  }
  /// The version of that rule.
  public var ruleVersion: Int {
    @inlinable get { box.fields.ruleVersion }
    set { fields.ruleVersion = newValue }
  }
  /// For whom.
  public var person: PersonID {
    @inlinable get { box.fields.person }
    set { fields.person = newValue }
  }
  /// What to do, such as `reply` or `coupon`; the set is the host's.
  public var kind: String {
    @inlinable get { box.fields.kind }
    set { fields.kind = newValue }
  }
  /// On which channel; `nil` leaves it to the host.
  public var channel: String? {
    @inlinable get { box.fields.channel }
    set { fields.channel = newValue }
  }
  /// What it needs to know.
  public var parameters: ValueMap {
    @inlinable get { box.fields.parameters }
    set { fields.parameters = newValue }
  }
  /// The purpose for which consent was checked.
  public var purpose: Purpose {
    @inlinable get { box.fields.purpose }
    set { fields.purpose = newValue }
  }
  /// The interaction that triggered it.
  public var trigger: EventKey {
    @inlinable get { box.fields.trigger }
    set { fields.trigger = newValue }
  }
  /// When it was decided, in the loop's time.
  public var decided: Instant {
    @inlinable get { box.fields.decided }
    set { fields.decided = newValue }
  }
  /// After when it is pointless.
  public var expires: Instant? {
    @inlinable get { box.fields.expires }
    set { fields.expires = newValue }
  }
  /// The log position that decided it.
  public var position: LogPosition {
    @inlinable get { box.fields.position }
    set { fields.position = newValue }
  }
  /// Whether it is to be carried out.
  public var disposition: Disposition {
    @inlinable get { box.fields.disposition }
    set { fields.disposition = newValue }
  }
  /// Why it was proposed, and why it was held back if it was.
  public var explanation: Explanation {
    @inlinable get { box.fields.explanation }
    set { fields.explanation = newValue }
  }
  /// From when on it is to be carried out; `nil` for at once.
  ///
  /// An outbox does not hand it out before.
  public var due: Instant? {
    @inlinable get { box.fields.due }
    set { fields.due = newValue }
  }
  /// The experiment in whose control or treatment group the person is; `nil` when the rule measures nothing.
  public var experiment: ExperimentAssignment? {
    @inlinable get { box.fields.experiment }
    set { fields.experiment = newValue }
  }

  /// Creates an action.
  public init(
    id: ActionID, rule: String, ruleVersion: Int, person: PersonID, kind: String, channel: String? = nil,
    parameters: ValueMap = [:], purpose: Purpose, trigger: EventKey, decided: Instant, expires: Instant? = nil,
    position: LogPosition, disposition: Disposition, explanation: Explanation, due: Instant? = nil,
    experiment: ExperimentAssignment? = nil
  ) {
    box = Box(
      Fields(
        id: id, rule: rule, ruleVersion: ruleVersion, person: person, kind: kind, channel: channel,
        parameters: parameters, purpose: purpose, trigger: trigger, decided: decided, expires: expires,
        position: position, disposition: disposition, explanation: explanation, due: due, experiment: experiment))
  }

  /// Whether it waits in the outbox.
  public var isProposed: Bool { box.fields.disposition == .proposed }

  /// Whether both are the same in every part.
  public static func == (left: Self, right: Self) -> Bool {
    left.box === right.box || left.box.fields == right.box.fields
  }

  /// Hashes the id.
  public func hash(into hasher: inout Hasher) { hasher.combine(box.fields.id) }

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
