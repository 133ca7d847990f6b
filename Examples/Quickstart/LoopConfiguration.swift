import SocialCRM

/// The segments and rules of the example; a host writes its own in the same way.
enum LoopConfiguration {
  static func make() throws(SCRMError) -> SocialCRM.Configuration {
    try SocialCRM.Configuration(segments: segments, rules: rules)
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
    Rule(
      "refund-request", version: 1, on: [.comment, .message, .review, .post],
      keywords: KeywordTrigger(any: ["refund", "退款", "坏了", "broken", "broke"]), cooldown: .hours(24)
    ) { context in
      Judgement(true, evidence: [.init("purchases ever = \(context.person.activity.count(.purchase))")])
    } propose: { context in
      Proposal(
        "open-case", parameters: ["priority": .string(context.person.influence >= 80 ? "high" : "normal")],
        validity: .hours(48))
    },
    Rule(
      "early-warning", version: 1, on: [.comment, .post, .share],
      keywords: KeywordTrigger(any: ["投诉", "失望", "complaint", "disappointed", "terrible"]), cooldown: .hours(12)
    ) { context in
      let influence = context.person.influence
      return Judgement(
        influence >= 60, evidence: [.init("influence = \(Int(influence)) of 100, 60 needed")],
        otherwise: "an influence below 60")
    } propose: { _ in
      Proposal("alert-team", validity: .hours(4))
    },
    Rule(
      "thank-fans", version: 1, on: [.comment, .review, .message],
      keywords: KeywordTrigger(any: ["谢谢", "thank you", "thanks"], none: ["退款", "refund"]), purpose: .marketing,
      cooldown: .days(30)
    ) { _ in
      Proposal("coupon", parameters: ["percent": 10], validity: .days(7))
    },
    Rule("welcome-buyer", version: 1, entering: ["recent-buyers"], purpose: .marketing, cooldown: .days(90)) { _ in
      Proposal("welcome-message", validity: .days(3))
    },
  ]
}
