public import SCRMExpressions
package import StateCoding

/// An append-only fact: someone did something, somewhere, at a time, in a context.
///
/// Interactions are never changed. A later interaction can take one back or replace it (``revision``); the facts stay
/// and what was counted from them is adjusted.
///
/// ```swift
/// let like = Interaction(
///   key: EventKey("weibo", "4812"), kind: .like, actor: Party(.weibo, "1001"), at: sent, received: now)
/// ```
///
/// The value is one reference wide; copying it is cheap, changing a property copies the whole.
public struct Interaction: Sendable {
  /// Everything an interaction holds; first what is looked at of every one, so that it lies in few cache lines.
  @usableFromInline
  struct Fields: Sendable, Hashable {
    @usableFromInline var key: EventKey
    @usableFromInline var occurred: Instant
    @usableFromInline var received: Instant
    @usableFromInline var kind: InteractionKind
    @usableFromInline var actor: Party
    @usableFromInline var target: Party?
    @usableFromInline var revision: Revision?
    @usableFromInline var traits: ValueMap
    @usableFromInline var consents: [ConsentStatement]
    @usableFromInline var context: InteractionContext
    @usableFromInline var text: LocalizedText?
    @usableFromInline var amount: Money?
    @usableFromInline var properties: ValueMap
    @usableFromInline var attachments: [Attachment]
    @usableFromInline var raw: RawPayload?
    @usableFromInline var trust: Double
    @usableFromInline var object: ObjectReference?
    @usableFromInline var place: Place?
  }

  @usableFromInline
  final class Box: Sendable {
    @usableFromInline let fields: Fields
    init(_ fields: Fields) { self.fields = fields }
  }

  // Seen by what reads parts of an interaction without copying what is around them.
  @usableFromInline private(set) var box: Box

  var fields: Fields {
    get { box.fields }
    set { box = Box(newValue) }
  }

  init(_ fields: Fields) { box = Box(fields) }

  /// How an interaction adjusts an earlier one of the same source.
  ///
  /// The id is always that of the original: a second edit, or the deletion of an edited post, names the post and not the
  /// edit, as platforms do.
  public enum Revision: Sendable, Hashable {
    /// The earlier one no longer counts: unlike, unfollow, delete.
    case retracts(String)
    /// This one counts in its place: an edit. Of several edits the latest counts.
    case replaces(String)

    /// The id of the earlier interaction, in the same source.
    public var id: String {
      switch self {
      case .retracts(let id), .replaces(let id): id
      }
    }

    /// Whether both adjust the same interaction, ids by bytes, in the same way.
    public static func == (left: Self, right: Self) -> Bool {
      switch (left, right) {
      case (.retracts(let l), .retracts(let r)), (.replaces(let l), .replaces(let r)): l.sameBytes(as: r)
      default: false
      }
    }

    /// Hashes the bytes of the id.
    public func hash(into hasher: inout Hasher) { id.hashBytes(into: &hasher) }
  }

  /// Creates an interaction.
  /// - Parameters:
  ///   - key: source and id; makes repeated deliveries recognisable.
  ///   - kind: what was done.
  ///   - actor: who did it.
  ///   - object: what it is about.
  ///   - target: to whom it was addressed, such as the account replied to.
  ///   - text: what was said.
  ///   - amount: the money involved.
  ///   - place: where it happened.
  ///   - attachments: pictures, recordings and so on.
  ///   - properties: further facts about the event.
  ///   - traits: facts about the actor stated with it.
  ///   - consents: decisions about consent stated with it.
  ///   - context: the circumstances.
  ///   - revision: the earlier interaction it takes back or replaces.
  ///   - occurred: event time.
  ///   - received: when the host got it; decides the order of actions.
  ///   - trust: how far the source is believed, 0 … 1; values outside are limited, NaN counts as 0.
  ///   - raw: the untouched payload.
  public init(
    key: EventKey, kind: InteractionKind, actor: Party, object: ObjectReference? = nil, target: Party? = nil,
    text: LocalizedText? = nil, amount: Money? = nil, place: Place? = nil, attachments: [Attachment] = [],
    properties: ValueMap = [:], traits: ValueMap = [:], consents: [ConsentStatement] = [],
    context: InteractionContext = InteractionContext(), revision: Revision? = nil, at occurred: Instant,
    received: Instant, trust: Double = 1, raw: RawPayload? = nil
  ) {
    box = Box(
      Fields(
        key: key, occurred: occurred, received: received, kind: kind, actor: actor, target: target, revision: revision,
        traits: traits, consents: consents, context: context, text: text, amount: amount, properties: properties,
        attachments: attachments, raw: raw, trust: trust.isNaN ? 0 : min(max(trust, 0), 1), object: object,
        place: place))
  }
}

extension Interaction {
  /// Source and id.
  public var key: EventKey {
    @inlinable get { box.fields.key }
    set { fields.key = newValue }
  }
  /// What was done.
  public var kind: InteractionKind {
    @inlinable get { box.fields.kind }
    set { fields.kind = newValue }
  }
  /// Who did it.
  public var actor: Party {
    @inlinable get { box.fields.actor }
    set { fields.actor = newValue }
  }
  /// What it is about.
  public var object: ObjectReference? {
    @inlinable get { box.fields.object }
    set { fields.object = newValue }
  }
  /// To whom it was addressed.
  public var target: Party? {
    @inlinable get { box.fields.target }
    set { fields.target = newValue }
  }
  /// What was said.
  public var text: LocalizedText? {
    @inlinable get { box.fields.text }
    set { fields.text = newValue }
  }
  /// The money involved.
  public var amount: Money? {
    @inlinable get { box.fields.amount }
    set { fields.amount = newValue }
  }
  /// Where it happened.
  public var place: Place? {
    @inlinable get { box.fields.place }
    set { fields.place = newValue }
  }
  /// Pictures, recordings and so on.
  public var attachments: [Attachment] {
    @inlinable get { box.fields.attachments }
    set { fields.attachments = newValue }
  }
  /// Further facts about the event.
  public var properties: ValueMap {
    @inlinable get { box.fields.properties }
    set { fields.properties = newValue }
  }
  /// Facts about the actor stated with it.
  public var traits: ValueMap {
    @inlinable get { box.fields.traits }
    set { fields.traits = newValue }
  }
  /// Decisions about consent stated with it.
  public var consents: [ConsentStatement] {
    @inlinable get { box.fields.consents }
    set { fields.consents = newValue }
  }
  /// The circumstances.
  public var context: InteractionContext {
    @inlinable get { box.fields.context }
    set { fields.context = newValue }
  }
  /// The earlier interaction it takes back or replaces.
  public var revision: Revision? {
    @inlinable get { box.fields.revision }
    set { fields.revision = newValue }
  }
  /// Event time: when it happened.
  public var occurred: Instant {
    @inlinable get { box.fields.occurred }
    set { fields.occurred = newValue }
  }
  /// Receive time: when the host got it.
  public var received: Instant {
    @inlinable get { box.fields.received }
    set { fields.received = newValue }
  }
  /// How far the source is believed, 0 … 1.
  @inlinable public var trust: Double { box.fields.trust }
  /// The untouched payload.
  public var raw: RawPayload? {
    @inlinable get { box.fields.raw }
    set { fields.raw = newValue }
  }
}

// What the loop asks of every interaction, without copying the parts around it.
extension Interaction {
  /// Whether it has this key.
  @inlinable package func isEvent(_ key: EventKey) -> Bool { box.fields.key == key }
  /// The hash of its key.
  @inlinable package var keyHash: UInt64 { UInt64(bitPattern: Int64(box.fields.key.hashed)) }
  /// Takes source and id into a hash that is the same in every process.
  package func hashKey(into hash: inout StableHash) {
    hash.text(box.fields.key.source.rawValue)
    hash.text(box.fields.key.id)
  }
  /// The role of the actor.
  @inlinable package var actorRole: ActorRole { box.fields.actor.role }
  /// The role of the target; `nil` without a target.
  @inlinable package var targetRole: ActorRole? { box.fields.target?.role }
  /// Whether a party is its target by role and identifiers.
  package func isAddressed(to party: Party) -> Bool {
    guard let target = box.fields.target else { return false }
    return target.role == party.role && target.identifiers == party.identifiers
  }
  /// How many identifiers the actor has.
  @inlinable package var actorIdentifierCount: Int { box.fields.actor.identifiers.count }
  /// How many identifiers the target has; 0 without a target.
  @inlinable package var targetIdentifierCount: Int { box.fields.target?.identifiers.count ?? 0 }
  /// Further fields of the source format.
  @inlinable package var extra: ValueMap { box.fields.context.extra }
  /// The rule and action that caused it.
  @inlinable package var cause: InteractionContext.Cause? { box.fields.context.cause }
  /// The zone stated with it.
  @inlinable package var timeZone: String? { box.fields.context.timeZone }
  /// Whether it takes back or replaces an earlier one.
  @inlinable package var isRevision: Bool { box.fields.revision != nil }
}

extension Interaction: Hashable, Redacted {
  /// Whether every part is the same.
  public static func == (left: Interaction, right: Interaction) -> Bool {
    left.box === right.box || left.box.fields == right.box.fields
  }

  /// Whether it is the same fact: every part but the receive time, which differs between two deliveries.
  ///
  /// When the target of `other` was erased since, target and payload are not asked for either.
  public func isSameFact(as other: Interaction) -> Bool {
    if box === other.box { return true }
    var copy = other
    copy.received = received
    if let target = other.target, target.identifiers.isEmpty {
      copy.target = self.target
      copy.raw = raw
    }
    return self == copy
  }

  /// Hashes the key.
  public func hash(into hasher: inout Hasher) { key.hash(into: &hasher) }

  /// Kind and event key.
  public var redactedDescription: String { "\(kind) \(key)" }
}
