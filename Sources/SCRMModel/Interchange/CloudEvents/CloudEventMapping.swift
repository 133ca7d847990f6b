import SCRMExpressions
import StrictJSON

/// How events of a foreign type become interactions: what was done, and where the actor and the text stand.
///
/// ```swift
/// let opened = CloudEventMapping(
///   type: "com.example.ticket.*", kind: "ticket", actor: .data(["customer", "email"]), namespace: .email)
/// ```
public struct CloudEventMapping: Sendable, Hashable {
  /// A place in an event.
  public enum Part: Sendable, Hashable {
    /// The attribute `subject`.
    case subject
    /// An attribute of an extension.
    case attribute(String)
    /// A member of the data, by its path.
    case data([String])
  }

  /// The type of the events; with `*` at its end, all types that begin so.
  public var type: String
  /// What was done.
  public var kind: InteractionKind
  /// Where the identifier of the actor stands; an event without it is refused.
  public var actor: Part
  /// The namespace of that identifier.
  public var namespace: IdentifierNamespace
  /// How it is asserted.
  public var assertion: Identifier.Assertion
  /// In which role the actor acts.
  public var role: ActorRole
  /// Where the text stands, if there is one.
  public var text: Part?

  /// Creates a mapping.
  public init(
    type: String, kind: InteractionKind, actor: Part, namespace: IdentifierNamespace,
    assertion: Identifier.Assertion = .claimed, role: ActorRole = .customer, text: Part? = nil
  ) {
    self.type = type
    self.kind = kind
    self.actor = actor
    self.namespace = namespace
    self.assertion = assertion
    self.role = role
    self.text = text
  }

  /// Whether it is for events of this type.
  public func matches(_ type: String) -> Bool {
    guard self.type.utf8.last == 0x2A else { return self.type.sameBytes(as: type) }
    return type.utf8.starts(with: self.type.utf8.dropLast())
  }
}

extension CloudEventMapping {
  /// The interaction of an event; its key is source and id of the event, the data become properties.
  func interaction(
    from event: CloudEvent, envelope: ValueMap, defaults: InterchangeDefaults
  ) throws(JSONError) -> Interaction {
    let document = try isJSON(event) ? event.dataDocument() : nil
    guard let id = Self.value(actor, event, document) else {
      throw JSONError(.missing, "the actor is missing where the mapping of this type expects it", path: path(actor))
    }
    var context = InteractionContext(brand: defaults.brand)
    context.extra[CloudEvent.record] = .map(envelope)
    var properties = ValueMap()
    if case .object(let object)? = document { properties = try object.plainValues() }
    return Interaction(
      key: EventKey(SourceID(event.source), event.id), kind: kind,
      actor: defaults.party([Identifier(namespace, id, assertion)], role),
      object: ObjectReference(type: "event", id: event.type),
      text: text.flatMap { Self.value($0, event, document) }.map { LocalizedText($0) }, properties: properties,
      context: context, at: event.time ?? defaults.received, received: defaults.received)
  }

  private func isJSON(_ event: CloudEvent) -> Bool { event.dataContentType.map(MediaTypeText.isJSON) ?? true }

  private func path(_ part: Part) -> [JSONError.PathElement] {
    switch part {
    case .subject: [.key("subject")]
    case .attribute(let name): [.key(name)]
    case .data(let names): [.key("data")] + names.map { .key($0) }
    }
  }

  private static func value(_ part: Part, _ event: CloudEvent, _ document: JSON?) -> String? {
    switch part {
    case .subject: return event.subject
    case .attribute(let name):
      switch event[extension: name] {
      case .string(let text)?: return text.isEmpty ? nil : text
      case .integer(let value)?: return String(value)
      default: return nil
      }
    case .data(let names):
      var json = document
      for name in names {
        guard case .object(let object)? = json else { return nil }
        json = object[name]
      }
      switch json {
      case .string(let text)?: return text.isEmpty ? nil : text
      case .number(let number)?: return number.text
      default: return nil
      }
    }
  }
}
