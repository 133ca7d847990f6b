import IdentityGraph
import SCRMModel

/// Identity alone: three interactions, seven ways to write four accounts, one person.
@main struct IdentityExample {
  static func main() throws {
    let start = try Instant(rfc3339: "2024-05-01T08:00:00Z")
    func interaction(_ id: String, _ identifiers: [Identifier], day: Int) -> Interaction {
      let time = start.advanced(by: .days(day))
      return Interaction(
        key: EventKey("crm", id), kind: .identify, actor: Party(identifiers), at: time, received: time)
    }
    var settings = DeterministicResolver.Settings()
    settings.defaultCountryCode = "86"
    let resolver = DeterministicResolver(settings)

    let openID = Identifier(.wechatOpenID(app: "wxshop"), "oA1", .verified)
    let result = resolver.resolve([
      interaction("1", [Identifier(.email, "Li.Na@Example.com"), Identifier(.handle("twitter"), "@LiNa")], day: 0),
      interaction("2", [Identifier(.phone, "169 2000 0001"), openID], day: 1),
      interaction("3", [Identifier(.wechatOpenID(app: "wxother"), "oA1")], day: 2),
      interaction("4", [Identifier(.email, "li.na@example.com "), Identifier(.phone, "+86-16920000001")], day: 3),
      interaction("5", [Identifier(.phone, "n/a")], day: 4),
    ])
    for person in result.people {
      print("person \(person.id) has \(person.accounts.count) accounts:")
      for link in person.accounts.sorted(by: { $0.key < $1.key }) {
        print("  \(link.key), \(link.assertion.rawValue), first by \(link.firstEvent) at \(link.firstSeen)")
      }
    }
    for merge in result.merges {
      print("person \(merge.absorbed) was joined to \(merge.survivor)")
      print("  by \(merge.cause), which named accounts of both: \(merge.evidence.map(\.description))")
    }
    for (key, error) in result.refused { print("refused \(key): \(error.reason)") }
    // An openid means nothing outside its app: the same text in another app is somebody else.
    let apps = ["wxshop", "wxother"].map { app in
      result.people.firstIndex { $0.accounts.contains { $0.key == IdentifierKey(.wechatOpenID(app: app), key: "oA1") } }
    }
    print("the same openid in two apps is the same person:", apps[0] == apps[1])
    try Tutorial(start: start).run()
  }
}
