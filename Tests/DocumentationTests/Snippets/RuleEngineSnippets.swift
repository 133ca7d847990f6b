import RuleEngine
import SCRMModel

// `Rule`
func ruleSnippet() -> Rule {
  let refund = Rule(
    "refund-request", version: 1, on: [.post, .comment], keywords: KeywordTrigger(any: ["refund", "退款"]),
    cooldown: .hours(24)
  ) { context in
    context.person.count(.purchase, days: 90) > 0
  } propose: { context in
    Proposal("reply", parameters: ["template": "refund"])
  }
  return refund
}

// `RuleSet.evaluate(_:)`
func ruleEvaluatingSnippet(rules: RuleSet, complaint: Interaction, facts: PersonFacts) throws {
  let actions = try rules.evaluate(RuleInput(interaction: complaint, person: facts))
  print(actions.map(\.explanation.text))
}

// `ConversationMeter`
func conversationSnippet(_ interactions: [Interaction]) {
  var meter = ConversationMeter()
  for interaction in interactions { meter.add(interaction) }
  print(meter.report().replies.latencies.median ?? 0)  // seconds
}

// README.md
func rulesSnippet(comment: Interaction, person: PersonFacts) throws {
  let rules = try RuleSet([
    Rule("refund-request", version: 1, on: [.comment], keywords: KeywordTrigger(any: ["refund", "退款"])) { _ in
      Proposal("open-case", validity: .hours(48))
    }
  ])
  for action in try rules.evaluate(RuleInput(interaction: comment, person: person)) {
    print(action.explanation.conclusion)  // refund-request version 1 proposes open-case
  }
}

// `RuleDefinition`
func ruleDefinitionSnippet() throws -> RuleDefinition {
  let rule = try RuleDefinition(
    jsonText: """
      {"name": "refund-request", "version": 1, "owner": "service-desk", "on": ["post", "comment"],
       "when": "event.text.contains('退款') && profile.influence > 20.0",
       "then": [{"do": "reply", "with": {"text": "Hello {profile.name|there}!"}}], "cooldown": "86400s"}
      """)
  return rule
}

// `RuleIndex`
func ruleIndexSnippet(environment: ExpressionEnvironment, activation: ExpressionActivation) throws {
  var index = RuleIndex(environment)
  let refund = index.add(try environment.compile("event.text.contains('refund') && profile.influence > 20.0"))
  var matching = RuleIndex.Matching()
  index.match(activation, into: &matching)
  print(matching.rows.contains(refund))
}

// `RuleBook`
func ruleBookSnippet(input: RuleInput) throws {
  var book = try RuleBook(RuleVocabulary())
  try book.add(
    RuleDefinition(
      "refund-request", on: [.interaction(.comment)], when: .text("event.text.contains('退款')"),
      then: [RuleAction(.openCase, ["category": .value("refund")])]))
  var memory = RuleMemory()
  let outcome = book.evaluate(RuleOccurrence(input), memory: &memory)
  print(outcome.actions.map(\.kind))  // ["openCase"]
}

// `RuleChecker`
func ruleCheckerSnippet(vocabulary: RuleVocabulary, rules: [RuleDefinition]) {
  for finding in RuleChecker(vocabulary).check(rules) { print(finding) }
  // warning: late, when: the condition can never hold (contradiction)
}

// `ExperimentMeasure`
func experimentSnippet(actions: [ProposedAction], purchases: [(person: PersonID, time: Instant)]) {
  var measure = ExperimentMeasure()
  for action in actions { measure.add(action) }
  for purchase in purchases { measure.addConversion(of: purchase.person, at: purchase.time) }
  for result in measure.results() { print(result) }
}

// `JourneyDefinition`
func journeySnippet() throws -> JourneyDefinition {
  let welcome = try JourneyDefinition(
    jsonText: """
      {"name": "welcome", "goal": "event.type == 'purchase'", "steps": [
        {"name": "hello", "do": [{"do": "message", "with": {"text": "Welcome!"}}]},
        {"name": "answer", "until": "event.type == 'comment'", "within": "172800s", "else": "nudge"},
        {"name": "thank", "do": [{"do": "message", "with": {"text": "Thank you!"}}], "go": "end"},
        {"name": "nudge", "do": [{"do": "message", "with": {"text": "Can we help?"}}]}]}
      """)
  return welcome
}
