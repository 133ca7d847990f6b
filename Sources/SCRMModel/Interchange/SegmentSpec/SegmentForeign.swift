import SCRMExpressions
import StrictJSON

/// The identifiers of a party as the members of a message.
struct SegmentIdentifiers {
  var user: Identifier?
  var anonymous: Identifier?
  var previous: Identifier?
  var others: [Identifier] = []

  init(_ party: Party, _ call: SegmentCall) {
    for identifier in party.identifiers {
      switch identifier.namespace.kind {
      case "user" where user == nil: user = identifier
      case "anonymous" where anonymous == nil: anonymous = identifier
      default: others.append(identifier)
      }
    }
    if call == .alias, !others.isEmpty { previous = others.removeFirst() }
  }
}

/// How an interaction that did not come from Segment is written: what the spec has no member for becomes a property or
/// a member of `context.scrm`.
enum SegmentForeign {
  /// The properties, with money, text and object added under the names of the spec where these are free.
  static func properties(of interaction: Interaction, _ call: SegmentCall) -> JSONObject {
    var map = JSONObject(plain: interaction.properties)
    func add(_ name: String, _ value: JSON?) { if map[name] == nil { map[name] = value } }
    if let amount = interaction.amount, let digits = JSONNumber(text: amount.decimal) {
      add(interaction.kind == .refund ? "total" : "revenue", .number(digits))
      add("currency", .string(amount.currency))
    }
    if let text = interaction.text {
      switch interaction.kind {
      case .review: add("review_body", .string(text.text))
      case .share: add("share_message", .string(text.text))
      case .search: add("query", .string(text.text))
      default: add("message_body", .string(text.text))
      }
    }
    if call == .track, let object = interaction.object, object.type != "event" {
      add(object.type == "product" ? "product_id" : "object_id", .string(object.id))
      if object.type != "product" { add("object_type", .string(object.type)) }
      if let name = object.name { add(object.type == "product" ? "name" : "object_name", .string(name)) }
    }
    return map
  }

  /// Adds identifiers without a member, the place and the SDK's own fields to the context of a message.
  static func add(_ interaction: Interaction, _ call: SegmentCall, to context: inout JSONObject) {
    let others = SegmentIdentifiers(interaction.actor, call).others
    if !others.isEmpty, context["externalIds"] == nil {
      context["externalIds"] = .array(
        others.map { identifier in
          object([
            ("id", identifier.value), ("type", identifier.namespace.description), ("collection", "users"),
            ("encoding", "none"),
          ])
        })
    }
    if let place = interaction.place, context["location"] == nil {
      var location = JSONObject()
      location["latitude"] = JSON(plain: .double(place.latitude))
      location["longitude"] = JSON(plain: .double(place.longitude))
      context["location"] = .object(location)
    }
    let own = interaction.context
    if context["scrm"] == nil {
      context["scrm"] = object([
        ("source", interaction.key.source.rawValue), ("kind", interaction.kind.rawValue),
        ("role", interaction.actor.role.rawValue), ("brand", own.brand), ("channel", own.channel),
        ("thread", own.thread), ("session", own.session), ("inReplyTo", own.inReplyTo?.description),
        ("retracts", interaction.revision.flatMap { if case .retracts(let id) = $0 { id } else { nil } }),
        ("replaces", interaction.revision.flatMap { if case .replaces(let id) = $0 { id } else { nil } }),
      ])
    }
  }

  private static func object(_ members: [(String, String?)]) -> JSON {
    var object = JSONObject()
    for (key, text) in members { if let text { object[key] = .string(text) } }
    return .object(object)
  }
}
