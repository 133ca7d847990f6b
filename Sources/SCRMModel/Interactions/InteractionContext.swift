public import SCRMExpressions
public import StrictJSON

/// The circumstances of an interaction.
///
/// Lost context cannot be rebuilt later, so it travels with the fact.
public struct InteractionContext: Sendable, Hashable, Redacted {
  /// The channel it happened on; see ``Channel``.
  public var channel: String?
  /// The conversation it belongs to.
  public var thread: String?
  /// What only some interactions state; `nil` when none of it is stated.
  @usableFromInline private(set) var box: Box?

  // Kept apart, since it takes more memory than all else that an interaction holds.
  @usableFromInline
  struct Details: Sendable, Hashable {
    @usableFromInline var brand: String?
    @usableFromInline var inReplyTo: EventKey?
    @usableFromInline var campaign: CampaignReference?
    @usableFromInline var session: String?
    @usableFromInline var page: PageReference?
    @usableFromInline var device: DeviceReference?
    @usableFromInline var group: String?
    @usableFromInline var cause: Cause?
    @usableFromInline var locale: String?
    @usableFromInline var timeZone: String?
    @usableFromInline var extra: ValueMap = [:]

    var isEmpty: Bool {
      brand == nil && inReplyTo == nil && campaign == nil && session == nil && page == nil && device == nil
        && group == nil && cause == nil && locale == nil && timeZone == nil && extra.isEmpty
    }
  }

  @usableFromInline
  final class Box: Sendable, Hashable {
    @usableFromInline let details: Details
    init(_ details: Details) { self.details = details }

    @usableFromInline
    static func == (left: Box, right: Box) -> Bool { left === right || left.details == right.details }

    @usableFromInline
    func hash(into hasher: inout Hasher) { hasher.combine(details) }
  }

  private var details: Details {
    get { box?.details ?? Details() }
    set { box = newValue.isEmpty ? nil : Box(newValue) }
  }

  /// The brand concerned.
  public var brand: String? {
    @inlinable get { box?.details.brand }
    set { details.brand = newValue }
  }
  /// The interaction it answers.
  public var inReplyTo: EventKey? {
    @inlinable get { box?.details.inReplyTo }
    set { details.inReplyTo = newValue }
  }
  /// The campaign that led to it.
  public var campaign: CampaignReference? {
    @inlinable get { box?.details.campaign }
    set { details.campaign = newValue }
  }
  /// The session it belongs to.
  public var session: String? {
    @inlinable get { box?.details.session }
    set { details.session = newValue }
  }
  /// The page it happened on.
  public var page: PageReference? {
    @inlinable get { box?.details.page }
    set { details.page = newValue }
  }
  /// The device used.
  public var device: DeviceReference? {
    @inlinable get { box?.details.device }
    set { details.device = newValue }
  }
  /// The organisation or group it concerns.
  public var group: String? {
    @inlinable get { box?.details.group }
    set { details.group = newValue }
  }
  /// The rule and action that caused it: the outcome fed back.
  public var cause: Cause? {
    @inlinable get { box?.details.cause }
    set { details.cause = newValue }
  }
  /// BCP 47 language tag of the user's settings.
  public var locale: String? {
    @inlinable get { box?.details.locale }
    set { details.locale = newValue }
  }
  /// IANA zone of the user, such as `Asia/Shanghai`.
  public var timeZone: String? {
    @inlinable get { box?.details.timeZone }
    set { details.timeZone = newValue }
  }
  /// Further fields of the source format, kept under their own names.
  public var extra: ValueMap {
    @inlinable get { box?.details.extra ?? [:] }
    set { details.extra = newValue }
  }

  /// Creates a context; everything is optional.
  public init(
    brand: String? = nil, channel: String? = nil, thread: String? = nil, inReplyTo: EventKey? = nil,
    campaign: CampaignReference? = nil, session: String? = nil, page: PageReference? = nil,
    device: DeviceReference? = nil, group: String? = nil, cause: Cause? = nil, locale: String? = nil,
    timeZone: String? = nil, extra: ValueMap = [:]
  ) {
    self.channel = channel
    self.thread = thread
    details = Details(
      brand: brand, inReplyTo: inReplyTo, campaign: campaign, session: session, page: page, device: device,
      group: group,
      cause: cause, locale: locale, timeZone: timeZone, extra: extra)
  }

  /// Brand and channel.
  public var redactedDescription: String { "context of \(brand ?? "no brand") on \(channel ?? "no channel")" }

  /// What made the host act: the rule, and the proposed action it carried out.
  public struct Cause: Sendable, Hashable, Codable {
    /// The name of the rule.
    public var rule: String
    /// The action that was carried out.
    public var action: ActionID?
    /// Creates a cause.
    public init(rule: String, action: ActionID? = nil) {
      self.rule = rule
      self.action = action
    }
  }
}

/// The campaign an interaction is attributed to, in the terms of UTM parameters.
public struct CampaignReference: Sendable, Hashable, Codable {
  /// Name or id.
  public var name: String?
  /// Where the visitor came from.
  public var source: String?
  /// Kind of traffic.
  public var medium: String?
  /// Search term.
  public var term: String?
  /// Variant of the creative.
  public var content: String?
  /// Creates a reference.
  public init(
    name: String? = nil, source: String? = nil, medium: String? = nil, term: String? = nil, content: String? = nil
  ) {
    self.name = name
    self.source = source
    self.medium = medium
    self.term = term
    self.content = content
  }
}

/// The page an interaction happened on.
public struct PageReference: Sendable, Hashable, Codable, Redacted {
  /// Full address.
  public var url: String?
  /// Path of the address.
  public var path: String?
  /// Title.
  public var title: String?
  /// The page before.
  public var referrer: String?
  /// Query string.
  public var search: String?
  /// Creates a reference.
  public init(
    url: String? = nil, path: String? = nil, title: String? = nil, referrer: String? = nil, search: String? = nil
  ) {
    self.url = url
    self.path = path
    self.title = title
    self.referrer = referrer
    self.search = search
  }

  /// Nothing of the page: addresses carry tokens and names.
  public var redactedDescription: String { "page:‹redacted›" }
}

/// The device an interaction was made with.
public struct DeviceReference: Sendable, Hashable, Codable, Redacted {
  /// Id given by the system.
  public var id: String?
  /// Advertising id.
  public var advertisingID: String?
  /// Kind, such as `ios`.
  public var type: String?
  /// Maker.
  public var manufacturer: String?
  /// Model.
  public var model: String?
  /// Name.
  public var name: String?
  /// Creates a reference.
  public init(
    id: String? = nil, advertisingID: String? = nil, type: String? = nil, manufacturer: String? = nil,
    model: String? = nil, name: String? = nil
  ) {
    self.id = id
    self.advertisingID = advertisingID
    self.type = type
    self.manufacturer = manufacturer
    self.model = model
    self.name = name
  }

  /// The kind of device alone.
  public var redactedDescription: String { "device of kind \(type ?? "unknown")" }
}

extension InteractionContext: JSONCodable {
  /// Whether nothing is set.
  public var isEmpty: Bool { self == InteractionContext() }

  /// Reads the documented members; unknown ones are ignored.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    self.init(
      brand: try object.optionalString("brand"), channel: try object.optionalString("channel"),
      thread: try object.optionalString("thread"), inReplyTo: try object.optional("inReplyTo"),
      campaign: try object.decoded("campaign"), session: try object.optionalString("session"),
      page: try object.decoded("page"), device: try object.decoded("device"),
      group: try object.optionalString("group"), cause: try object.decoded("cause"),
      locale: try object.optionalString("locale"), timeZone: try object.optionalString("timeZone"),
      extra: try object.values("extra"))
  }

  /// Writes the members that are set.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("brand", brand)
    writer.field("channel", channel)
    writer.field("thread", thread)
    writer.field("inReplyTo", inReplyTo)
    writer.encoded("campaign", campaign)
    writer.field("session", session)
    writer.encoded("page", page)
    writer.encoded("device", device)
    writer.field("group", group)
    writer.encoded("cause", cause)
    writer.field("locale", locale)
    writer.field("timeZone", timeZone)
    writer.field("extra", extra)
    writer.endObject()
  }
}
