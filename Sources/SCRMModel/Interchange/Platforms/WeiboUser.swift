import SCRMExpressions
import StrictJSON

/// The user of a status: the party and what is said about it.
struct WeiboUser {
  let party: Party
  let traits: ValueMap
  /// The traits without figures of the moment.
  let stableTraits: ValueMap

  init(_ user: JSONObject, _ defaults: InterchangeDefaults) throws(JSONError) {
    let id = try user.foreignID("idstr", "id")
    // Screen names change hands, so they join nobody.
    let screenName = try user.foreignText("screen_name")
    let name = try user.foreignText("name") ?? screenName
    let type = try user.foreignInteger("verified_type")
    party = defaults.party([Identifier(.weibo, id, .verified)], Self.role(type), name: name)
    var traits = ValueMap()
    traits.set("name", name)
    traits.set("screen_name", screenName)
    traits.set("location", try user.foreignText("location"))
    traits.set("description", try user.foreignText("description"))
    traits.set("verified_type", type)
    switch try user.foreignText("gender") {
    case "m"?: traits["gender"] = "male"
    case "f"?: traits["gender"] = "female"
    default: break
    }
    if let verified = try user.optionalBool("verified") { traits["verified"] = .bool(verified) }
    stableTraits = traits
    for count in ["followers_count", "friends_count", "bi_followers_count", "statuses_count"] {
      traits.set(count, try user.foreignInteger(count))
    }
    self.traits = traits
  }

  // 1 government, 2 enterprise, 3 media, 4 campus, 5 site, 6 app, 7 group; -1 nobody verified, 0 a person of note,
  // above 7 awards that people hold.
  private static func role(_ verifiedType: Int64?) -> ActorRole {
    verifiedType.map { (1...7).contains($0) } ?? false ? .brand : .customer
  }
}
