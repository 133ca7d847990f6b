import DenseData
import Foundation
import SocialCRM

/// The seeds of the histories: 1 to 100 under SCRM_SOAK=1; otherwise 20, with those that once showed a bug.
let historySeeds: [UInt64] =
  ProcessInfo.processInfo.environment["SCRM_SOAK"] == "1" ? Array(1...100) : Array(1...16) + [22, 36, 42, 50]

/// A seeded random history: people with several accounts, replies, purchases, edits, retractions, traits and consents.
struct RandomHistory {
  var interactions: [Interaction] = []

  static let start = Instant(secondsSinceEpoch: 1_714_521_600) ?? .epoch

  init(seed: UInt64, count: Int, people: Int = 12, days: Int = 60) {
    var random = SeededGenerator(seed: seed)
    for index in 0..<count {
      interactions.append(Self.interaction(index, people: people, days: days, earlier: interactions, &random))
    }
  }

  /// The history as it arrives: every interaction once or more often, in any order within the lateness.
  func delivered(seed: UInt64) -> [Interaction] {
    var random = SeededGenerator(seed: seed)
    var copies = interactions + interactions.filter { _ in random.below(8) == 0 }
    copies.shuffle(using: &random)
    let step = 37
    return copies.enumerated().map { index, interaction in
      var copy = interaction
      copy.received = Self.start.advanced(by: .days(70)).advanced(by: .seconds(index * step))
      return copy
    }
  }

  private static func interaction(
    _ index: Int, people: Int, days: Int, earlier: [Interaction], _ random: inout SeededGenerator
  ) -> Interaction {
    let kinds: [InteractionKind] = [.post, .comment, .like, .share, .view, .purchase, .track, "quiz"]
    let texts = ["I want a refund", "我要退款！", "great service, thanks", "質量很好", "broken again", ""]
    let actor = random.below(people)
    var interaction = Interaction(
      key: EventKey(random.below(4) == 0 ? "shop" : "social", "e\(index)"), kind: kinds[random.below(kinds.count)],
      actor: party(actor, &random), at: start.advanced(by: .seconds(random.below(days * 86_400))), received: start)
    if random.below(3) == 0 { interaction.text = LocalizedText(texts[random.below(texts.count)]) }
    if random.below(3) == 0 { interaction.target = party(random.below(people), &random) }
    if random.below(12) == 0 { interaction.target = Party(.handle("social"), "OurBrand", role: .brand) }
    if random.below(20) == 0 { interaction.actor = Party(.handle("social"), "OurBrand", role: .brand) }
    if interaction.kind == .purchase {
      interaction.amount = Money(units: Int64(random.below(90_000)), scale: random.below(4), currency: "CNY")
    }
    if random.below(6) == 0 { interaction.traits = ["city": .string("city\(random.below(5))"), "age": .int(30)] }
    if random.below(15) == 0 {
      let decision: ConsentStatement.Decision = random.below(2) == 0 ? .granted : .denied
      interaction.consents = [ConsentStatement(decision, .marketing, evidence: "form \(index)")]
    }
    let same = earlier.filter { $0.revision == nil && $0.key.source == interaction.key.source }
    if random.below(7) == 0, let revised = same.randomElement(using: &random) {
      interaction.actor = revised.actor
      interaction.target = revised.target
      if random.below(2) == 0 {
        interaction.kind = .retract
        interaction.revision = .retracts(revised.key.id)
      } else {
        interaction.kind = revised.kind
        interaction.revision = .replaces(revised.key.id)
      }
    }
    return interaction
  }

  private static func party(_ person: Int, _ random: inout SeededGenerator) -> Party {
    let all = [
      Identifier(.weibo, "w\(person)"), Identifier(.email, "Person\(person)@Example.com", .verified),
      Identifier(.phone, "+86 138 0013 \(1_000 + person)"), Identifier(.anonymous(), "a\(person)-\(random.below(3))"),
      Identifier(.wechatOpenID(app: "app"), "o\(person)"),
    ]
    switch random.below(6) {
    case 0: return Party([all[random.below(5)], all[random.below(5)]])
    // Now and then two people turn out to be one.
    case 1 where random.below(12) == 0: return Party([all[0], Identifier(.weibo, "w\(random.below(12))")])
    default: return Party([all[random.below(5)]])
    }
  }
}

/// The configuration under which random histories are decided.
func historyConfiguration(batchSize: Int = 1_000) throws -> SocialCRM.Configuration {
  var configuration = try SocialCRM.Configuration(
    segments: [
      SegmentDefinition("active", version: 1) { $0.count(days: 14) >= 3 },
      SegmentDefinition("buyers", version: 1) { $0.count(.purchase, days: 30) > 0 },
      SegmentDefinition("warm", version: 1) { $0.heat > 6 },
      SegmentDefinition("deep", version: 1) { $0.tier == .deep },
      SegmentDefinition("big-spenders", version: 1) { person in
        guard let limit = try? Money("300", currency: "CNY"), let spent = person.spent("CNY") else { return false }
        return (try? spent.compare(to: limit)) == .descending
      },
    ],
    rules: [
      Rule(
        "refund", version: 1, on: [.post, .comment, .share], keywords: KeywordTrigger(any: ["refund", "退款"]),
        cooldown: .hours(6)
      ) { context in
        context.person.count(.purchase, days: 60) < 4
      } propose: { _ in
        Proposal("reply", parameters: ["template": "refund"])
      },
      Rule("thanks", version: 2, keywords: KeywordTrigger(any: ["thanks", "很好"]), purpose: .marketing) { _ in
        true
      } propose: { _ in
        Proposal("coupon", validity: .days(7))
      },
      Rule("welcome", version: 1, entering: ["active"]) { _ in
        true
      } propose: { _ in
        Proposal("welcome")
      },
    ])
  configuration.identity = DeterministicResolver()
  configuration.lateness = .days(90)
  configuration.batchSize = batchSize
  return configuration
}
