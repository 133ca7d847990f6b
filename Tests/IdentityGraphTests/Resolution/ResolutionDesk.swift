import IdentityGraph
import SCRMModel

/// A resolver with a draft, fed one interaction after the other as the loop does it.
struct ResolutionDesk {
  var resolver: DeterministicResolver
  var draft = PeopleDraft(identities: [], people: [])
  var position = LogPosition.start

  init(_ change: (inout DeterministicResolver.Settings) -> Void = { _ in }) {
    var settings = DeterministicResolver.Settings()
    change(&settings)
    resolver = DeterministicResolver(settings)
  }

  mutating func take(_ interaction: Interaction) throws(SCRMError) -> Resolution {
    let resolution = try resolver.resolve(
      interaction, actor: resolver.keys(of: interaction.actor),
      target: interaction.target.map { resolver.keys(of: $0) }, at: position.next, now: interaction.received, in: &draft
    )
    position = position.next
    return resolution
  }

  /// The identifiers' owner, following redirects as a reader of the store would.
  func person(_ identifier: Identifier) -> PersonRecord? {
    guard let entry = resolver.keys(of: Party([identifier])).entries.first,
      let owner = draft.identity(entry.key)?.person
    else { return nil }
    return survivor(owner)
  }

  func survivor(_ id: PersonID) -> PersonRecord? {
    var record = draft.person(id)
    var steps = 0
    while let next = record?.mergedInto, steps < 100 {
      record = draft.person(next)
      steps += 1
    }
    return record
  }

  func account(_ identifier: Identifier) -> AccountID? {
    resolver.keys(of: Party([identifier])).entries.first.map { resolver.account(of: $0.key) }
  }
}

let email = Identifier(.email, "anna@example.com")
let weibo = Identifier(.weibo, "1001")
let phone = Identifier(.phone, "+86 138 0013 8000")
let card = Identifier(.loyalty("club"), "C-7")

/// Something done at a second of the first day of 1970, by a party with these identifiers.
func seen(
  _ id: String, _ identifiers: Identifier..., at second: Int64, role: ActorRole = .customer, target: Party? = nil
) -> Interaction {
  Interaction(
    key: EventKey("test", id), kind: .identify, actor: Party(identifiers, role: role), target: target,
    at: Instant(secondsSinceEpoch: second) ?? .epoch, received: Instant(secondsSinceEpoch: 86_400) ?? .epoch)
}
