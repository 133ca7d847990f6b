import DenseData
import SocialCRM

/// A random history with all that joins and parts people: shared telephones, a kiosk, names that disagree, verified and
/// claimed addresses, a handle that is never two people's.
struct IdentityHistory {
  var interactions: [Interaction]

  init(seed: UInt64, count: Int, people: Int = 12) {
    interactions = RandomHistory(seed: seed, count: count, people: people).interactions
    var random = SeededGenerator(seed: seed &* 7919 &+ 3)
    for place in interactions.indices {
      // A revision keeps the parties of what it revises.
      if interactions[place].isRevision,
        let original = interactions.first(where: { $0.key == Self.original(interactions[place]) })
      {
        interactions[place].actor = original.actor
        interactions[place].target = original.target
        continue
      }
      if interactions[place].actor.role == .customer {
        let person = random.below(people)
        interactions[place].actor = Self.party(person, &random)
        if random.below(3) == 0 { interactions[place].traits = Self.traits(person, &random) }
      }
      if interactions[place].target?.role == .customer {
        interactions[place].target = Self.party(random.below(people), &random)
      }
    }
  }

  private static func original(_ interaction: Interaction) -> EventKey {
    EventKey(interaction.key.source, interaction.revision?.id ?? interaction.key.id)
  }

  /// The history as it arrives: every interaction once or more often, in any order.
  func delivered(seed: UInt64) -> [Interaction] {
    var history = RandomHistory(seed: 0, count: 0)
    history.interactions = interactions
    return history.delivered(seed: seed)
  }

  private static let names = ["李娜", "王伟", "John Smith", "Jane Roe", "张敏", "Maria Lopez", "陈杰", "Ann Lee"]

  private static func traits(_ person: Int, _ random: inout SeededGenerator) -> ValueMap {
    var traits: ValueMap = ["city": .string("city\(random.below(5))")]
    if random.below(2) == 0 { traits["name"] = .string(names[person % names.count]) }
    if random.below(4) == 0 { traits["birthday"] = .string("19\(70 + person % 9)-0\(1 + person % 7)-1\(person % 4)") }
    return traits
  }

  private static func party(_ person: Int, _ random: inout SeededGenerator) -> Party {
    let account = Identifier(.wechatOpenID(app: "app"), "o\(person)", .verified)
    let second = Identifier(.weibo, "w\(person)", .verified)
    let mail = Identifier(.email, "p\(person)@example.com", random.below(3) == 0 ? .verified : .claimed)
    // Some share a telephone, all of them a device.
    let phone = Identifier(.phone, "+86 138 0013 \(1_000 + person / 3)", random.below(4) == 0 ? .verified : .claimed)
    let kiosk = Identifier(.device, "kiosk")
    let other = Identifier(.email, "p\(random.below(12))@example.com")
    switch random.below(10) {
    case 0: return Party([account, mail])
    case 1: return Party([second, phone])
    case 2: return Party([account, kiosk])
    case 3: return Party([mail, phone])
    case 4: return Party([second, other])
    case 5: return Party([account, second].shuffled(using: &random))
    case 6: return Party([mail])
    case 7: return Party([phone])
    case 8: return Party([second])
    default: return Party([account])
    }
  }
}

/// The configuration under which identity histories are decided: limits low enough to be met.
func identityConfiguration(batchSize: Int = 1_000) throws -> SocialCRM.Configuration {
  var configuration = try historyConfiguration(batchSize: batchSize)
  var settings = EvidenceResolver.Settings()
  settings.policy.namespaces["device"] = NamespacePolicy(.contact, priority: 20)
  settings.policy.namespaces["device"]?.maximumNeighbours = 5
  settings.policy.maximumIdentifiers = 9
  configuration.identity = EvidenceResolver(settings)
  return configuration
}
