import SocialCRM

/// The segments and rules of the example; a host writes its own in the same way.
enum LoopConfiguration {
  static func make() throws -> SocialCRM.Configuration {
    SocialCRM.Configuration(
      segments: try SegmentSet(segments), rules: try RuleBook(RuleVocabulary(), rules: rules))
  }

  static let segments = [
    SegmentDefinition("recent-buyers", version: 1) { person in
      let count = person.count(.purchase, days: 30)
      return Judgement(
        count > 0, evidence: [.init("purchases in 30 days = \(count)")], otherwise: "a purchase in the last 30 days")
    },
    SegmentDefinition("window-shoppers", version: 1) { person in
      let looks = person.count(.view, days: 14) + person.count(.search, days: 14)
      let bought = person.activity.count(.purchase)
      return Judgement(
        looks >= 5 && bought == 0,
        evidence: [
          .init("views and searches in 14 days = \(looks), 5 needed"), .init("purchases ever = \(bought), 0 needed"),
        ],
        otherwise: bought == 0 ? "fewer than 5 views and searches in 14 days" : "no purchase")
    },
    SegmentDefinition("opinion-leaders", version: 1) { person in
      Judgement(
        person.influence >= 80, evidence: [.init("influence = \(Int(person.influence)) of 100, 80 needed")],
        otherwise: "an influence below 80")
    },
    SegmentDefinition("advocates", version: 1) { person in
      let shares = person.count(.share, days: 28)
      return Judgement(
        person.tier == .deep && shares >= 3,
        evidence: [.init("tier \(person.tier.rawValue)"), .init("shares in 28 days = \(shares), 3 needed")],
        otherwise: "a lower tier or fewer than 3 shares")
    },
  ]

  static let rules = [
    RuleDefinition(
      "refund-request",
      on: [.interaction(.comment), .interaction(.message), .interaction(.review), .interaction(.post)],
      keywords: KeywordTrigger(any: ["refund", "退款", "坏了", "broken", "broke"]),
      then: [RuleAction(.openCase, ["category": .value("refund")], validity: .hours(48))], cooldown: .hours(24)),
    RuleDefinition(
      "early-warning", on: [.interaction(.comment), .interaction(.post), .interaction(.share)],
      keywords: KeywordTrigger(any: ["投诉", "失望", "complaint", "disappointed", "terrible"]),
      when: .text("influence.score >= 60.0"),
      then: [RuleAction(.alert, ["text": .value("somebody complains to whom others listen")], validity: .hours(4))],
      cooldown: .hours(12)),
    RuleDefinition(
      "thank-fans", on: [.interaction(.comment), .interaction(.review), .interaction(.message)],
      keywords: KeywordTrigger(any: ["谢谢", "thank you", "thanks"], none: ["退款", "refund"]),
      then: [RuleAction("coupon", ["percent": .value(10)], validity: .days(7))], cooldown: .days(30),
      purpose: .marketing),
    RuleDefinition(
      "welcome-buyer", on: [.entered("recent-buyers")],
      then: [RuleAction("welcome-message", validity: .days(3))], cooldown: .days(90), purpose: .marketing),
  ]
}
