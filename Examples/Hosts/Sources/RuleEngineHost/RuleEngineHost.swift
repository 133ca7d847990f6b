import RuleEngine

/// Sorts incoming messages and measures how soon they were answered.
@main struct RuleEngineHost {
  static func main() throws {
    let rules = try RuleSet([
      Rule("complaint", version: 1, on: [.message], keywords: KeywordTrigger(any: ["broken", "refund", "投诉"])) {
        context in
        Proposal("open-case", parameters: ["word": .string(context.keywords.first ?? "")], validity: .hours(24))
      },
      Rule(
        "praise", version: 1, on: [.message], keywords: KeywordTrigger(any: ["thanks", "谢谢"], none: ["refund"]),
        purpose: .marketing
      ) { _ in
        Proposal("coupon")
      },
    ])
    let start = try Instant(rfc3339: "2024-05-01T08:00:00Z")
    let customer = Party(.email, "anna@example.com")
    let facts = PersonFacts(record: PersonRecord(id: PersonID(high: 0, low: 1)), now: start)
    var meter = ConversationMeter()
    for (index, text) in ["The lamp arrived broken", "Thanks for the quick help!", "When do you open?"].enumerated() {
      let asked = start.advanced(by: .minutes(10 * index))
      let question = Interaction(
        key: EventKey("mail", "q-\(index)"), kind: .message, actor: customer, text: LocalizedText(text),
        context: InteractionContext(brand: "lamps"), at: asked, received: asked)
      meter.add(question)
      let actions = try rules.evaluate(RuleInput(interaction: question, person: facts))
      if actions.isEmpty { print("\(question.key): nothing to do") }
      for action in actions {
        print("\(question.key): \(action.isProposed ? "do" : "hold back") \(action.kind)")
        print("  " + action.explanation.text.replacing("\n", with: "\n  "))
      }
      let answered = asked.advanced(by: .minutes(5 + index))
      meter.add(
        Interaction(
          key: EventKey("mail", "a-\(index)"), kind: .message, actor: Party(.user("desk"), "7", role: .staff),
          text: LocalizedText("…"), context: InteractionContext(brand: "lamps", inReplyTo: question.key), at: answered,
          received: answered))
    }
    let replies = meter.report().replies
    print("\(replies.pairs) replies, half of them within \(replies.latencies.median ?? 0) s")
  }
}
