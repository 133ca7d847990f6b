import SCRMExpressions
import StrictJSON

/// An account, or a mention of one: the party and what is said about it.
struct MastodonAccount {
  let party: Party
  let traits: ValueMap

  init(_ account: JSONObject, _ reader: MastodonReader) throws(JSONError) {
    let address = try account.requiredForeignText("acct")
    let page = try account.foreignText("url")
    var identifiers: [Identifier] = []
    if let full = Self.full(address, page, reader.server) {
      identifiers.append(Identifier(.handle("mastodon"), full, .verified))
    }
    if let server = reader.server, let id = try account.foreignText("id") {
      identifiers.append(Identifier(.mastodonAccount(server: server), id, .verified))
    }
    if let uri = try account.foreignText("uri"), IRIText.isAbsolute(uri) {
      identifiers.append(Identifier(.activityActor, uri, .verified))
    }
    if identifiers.isEmpty {
      throw JSONError(
        .missing, "an account without its domain, expected it in acct or url, or the server with the reader",
        path: [.key("acct")])
    }
    var role = ActorRole.customer
    if try account.optionalBool("group") ?? false { role = .brand }
    if try account.optionalBool("bot") ?? false { role = .automation }
    let name = try account.foreignText("display_name")
    party = reader.defaults.party(identifiers, role, name: name)
    var traits = ValueMap()
    traits.set("name", name)
    traits.set("username", try account.foreignText("username"))
    traits.set("description", try account.foreignText("note").map { HTMLText.plain($0) })
    if reader.defaults.retainsCounts {
      for count in ["followers_count", "following_count", "statuses_count"] {
        traits.set(count, try account.foreignInteger(count))
      }
    }
    self.traits = traits
  }

  // The accounts of the server itself are written without their domain.
  private static func full(_ address: String, _ page: String?, _ server: String?) -> String? {
    if address.utf8.contains(0x40) { return address }
    return (server ?? page.flatMap { IRIText.host(of: $0) }).map { address + "@" + $0 }
  }
}
