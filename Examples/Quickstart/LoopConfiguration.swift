import SocialCRM

/// The segments and rules of the example; a host writes its own in the same way.
enum LoopConfiguration {
  static func make() throws -> SocialCRM.Configuration {
    SocialCRM.Configuration(
      segments: try LiveSegmentStage(SegmentCatalogue(segments()), beside: SegmentSet([advocates])),
      rules: try RuleBook(RuleVocabulary(), rules: rules))
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
