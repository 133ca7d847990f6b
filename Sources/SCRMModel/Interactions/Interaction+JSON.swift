import SCRMExpressions
public import StrictJSON

/// The JSON form of an interaction, version 1: `Documentation/JSON.md` lists the members.
extension Interaction: JSONCodable {
  /// The version written as `"v"`.
  public static let jsonVersion: Int64 = 1

  /// Reads version 1; unknown members are ignored.
  /// - Throws: `JSONError` with the path of what is missing or malformed, or for another version.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    if let version = try object.optionalInt("v"), version != Self.jsonVersion {
      throw JSONError(.invalidValue, "expected version \(Self.jsonVersion)").prefixed(by: .key("v"))
    }
    let occurred: Instant = try object.required("at")
    let trust = try object.optionalDouble("trust") ?? 1
    guard (0...1).contains(trust) else {
      throw JSONError(.invalidValue, "expected a number from 0 to 1").prefixed(by: .key("trust"))
    }
    var revision: Revision?
    if let id = try object.optionalString("retracts") { revision = .retracts(id) }
    if let id = try object.optionalString("replaces") {
      guard revision == nil else {
        throw JSONError(.invalidValue, "an interaction retracts or replaces, not both").prefixed(by: .key("replaces"))
      }
      revision = .replaces(id)
    }
    self.init(
      key: EventKey(try object.required("source"), try object.string("id")), kind: try object.required("kind"),
      actor: try object.required("actor"), object: try object.optional("object"), target: try object.optional("target"),
      text: try object.optional("text"), amount: try object.optional("amount"), place: try object.decoded("place"),
      attachments: try object.decoded("attachments") ?? [], properties: try object.values("properties"),
      traits: try object.values("traits"), consents: try object.decoded("consents") ?? [],
      context: try object.optional("context") ?? InteractionContext(), revision: revision, at: occurred,
      received: try object.optional("received") ?? occurred, trust: trust, raw: try object.optional("raw"))
  }

  /// Writes version 1; members that are empty or default are left out.
  public func write(to writer: inout JSONWriter) {
    let fields = fields
    writer.beginObject()
    writer.field("v", Self.jsonVersion)
    writer.field("source", fields.key.source)
    writer.field("id", fields.key.id)
    writer.field("kind", fields.kind)
    writer.field("at", fields.occurred)
    writer.field("received", fields.received)
    writer.field("actor", fields.actor)
    writer.field("object", fields.object)
    writer.field("target", fields.target)
    writer.field("text", fields.text)
    writer.field("amount", fields.amount)
    writer.encoded("place", fields.place)
    if !fields.attachments.isEmpty { writer.encoded("attachments", fields.attachments) }
    writer.field("properties", fields.properties)
    writer.field("traits", fields.traits)
    if !fields.consents.isEmpty { writer.encoded("consents", fields.consents) }
    if !fields.context.isEmpty { writer.field("context", fields.context) }
    switch fields.revision {
    case .retracts(let id)?: writer.field("retracts", id)
    case .replaces(let id)?: writer.field("replaces", id)
    case nil: break
    }
    if fields.trust != 1 { writer.field("trust", fields.trust) }
    writer.field("raw", fields.raw)
    writer.endObject()
  }
}
