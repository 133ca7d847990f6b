import SocialCRM

/// The segments and rules of the example; a host writes its own in the same way.
enum LoopConfiguration {
  static func make() throws -> SocialCRM.Configuration {
    try SocialCRM.Configuration(segments: SegmentCatalogue(segments()), beside: [advocates], rules: rules)
  }

  /// Segments as data, which the engine keeps true to the millisecond.
  static func segments() throws(SegmentError) -> [Segment] {
    [
      try Segment("recent-buyers", parsing: "did('purchase', days(30))"),
      try Segment(
        "window-shoppers", parsing: "count(['view', 'search'], days(14)) >= 5 && !did('purchase', ever())"),
      try Segment("opinion-leaders", parsing: "influence.score >= 80.0"),
    ]
  }

  /// A segment as Swift code, over what the tier policy says.
  static let advocates = SegmentDefinition("advocates", version: 1) { person in
    let shares = person.count(.share, days: 28)
    return Judgement(
      person.tier == .deep && shares >= 3,
      evidence: [.init("tier \(person.tier.rawValue)"), .init("shares in 28 days = \(shares), 3 needed")],
      otherwise: "a lower tier or fewer than 3 shares")
  }

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
