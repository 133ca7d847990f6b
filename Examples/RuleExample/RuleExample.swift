import RuleEngine
import SCRMModel

/// Rules alone: what is proposed for an interaction, what is held back and why, and why a rule stays silent.
@main struct RuleExample {
  static func main() throws {
    let rules = try RuleSet([
      Rule(
        "refund-request", version: 1, on: [.comment, .message],
        keywords: KeywordTrigger(any: ["refund", "退款"], none: ["no refund"]), cooldown: .hours(24)
      ) { context in
        let influence = Int(context.person.influence)
        return Judgement(
          influence >= 50, evidence: [.init("influence = \(influence) of 100, 50 needed")],
          otherwise: "an influence below 50")
      } propose: { context in
        Proposal("open-case", parameters: ["words": .int(Int64(context.keywords.count))], validity: .hours(48))
      },
      Rule(
        "coupon", version: 2, on: [.comment], keywords: KeywordTrigger(any: ["谢谢", "thank you"]), purpose: .marketing
      ) {
        _ in Proposal("coupon", parameters: ["percent": 10])
      },
    ])
    let now = try Instant(rfc3339: "2024-05-01T08:00:00Z")
    var person = PersonFacts(record: PersonRecord(id: PersonID(high: 1, low: 1)), scores: ["influence": 70], now: now)
    func comment(_ id: String, _ text: String) -> Interaction {
      Interaction(
        key: EventKey("weibo", id), kind: .comment, actor: Party(.weibo, "1001"), text: LocalizedText(text), at: now,
        received: now)
    }

    print("# one input, no state")
    for text in ["我要退款！", "谢谢", "No refund needed", "hello"] {
      let input = RuleInput(interaction: comment("c-1", text), person: person)
      for action in try rules.evaluate(input) {
        print(action.isProposed ? "proposed" : "held back", "\(action.kind):", action.explanation.text)
      }
      if try rules.evaluate(input).isEmpty, let why = rules.explain("refund-request", input) {
        print("silent:", why.text)
      }
    }

    print("# the same request of somebody nobody listens to")
    let request = comment("c-2", "refund please")
    person.scores = [:]
    print(rules.explain("refund-request", RuleInput(interaction: request, person: person))?.text ?? "")
    person.scores = ["influence": 70]

    print("# a session remembers: the second request falls into the cooldown")
    var session = try rules.begin([])
    for (position, text) in ["refund please", "REFUND NOW"].enumerated() {
      let input = RuleInput(interaction: comment("d-\(position)", text), person: person)
      for action in session.evaluate(input, at: LogPosition(UInt64(position + 1))) {
        print(action.isProposed ? "proposed" : "held back", "\(action.kind):", action.explanation.text)
      }
    }
  }
}
