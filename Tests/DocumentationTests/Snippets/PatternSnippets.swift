import RuleEngine
import SCRMExpressions
import SCRMModel

// `EventPattern`
func patternSnippet() -> EventPattern {
  let pattern = EventPattern("complaint-then-silence", key: .thread)
    .begin("complaint", where: "event.kind == 'post' && event.text.contains('投诉')")
    .notFollowedBy("reply", where: "event.direction == 'outbound'")
    .within(.minutes(30))
  return pattern
}

// `PatternMatcher`
func patternMatcherSnippet(
  pattern: EventPattern, environment: ExpressionEnvironment, activation: ExpressionActivation, occurred: Instant,
  position: UInt64, now: Instant
) throws {
  let matcher = try PatternMatcher(pattern, environment)
  var state = PatternMatcher.State()
  var outcomes: [PatternOutcome] = []
  matcher.add(matcher.event(time: occurred, id: position, activation), to: &state, into: &outcomes)
  matcher.advance(&state, to: now, into: &outcomes)  // no reply within 30 minutes
}

// `PatternStream`
func patternStreamSnippet(
  matcher: PatternMatcher, activation: ExpressionActivation, occurred: Instant, position: UInt64, now: Instant
) {
  var stream = PatternStream(matcher)
  var found: [PatternStream.Outcome] = []
  stream.add(matcher.event(time: occurred, id: position, activation), key: .text("order-7"), into: &found)
  stream.advance(to: now, into: &found)
}

// `EventTally`
func tallySnippet() -> EventTally {
  let storm = EventTally(
    "storm", key: .thread, where: "event.kind == 'comment'", .distinct("event.author"), atLeast: 10,
    within: .minutes(10))
  return storm
}

// `KeywordTrigger`
func keywordTriggerSnippet() -> KeywordTrigger {
  let angry = KeywordTrigger(
    any: ["refund", "退款"], none: ["no refund"],
    near: [.init(["late", "delivery"], within: 3)], counts: [.init(["!"], atLeast: 3)])
  return angry
}

// `KeywordMatcher`
func keywordMatcherSnippet() throws {
  let matcher = try KeywordMatcher([KeywordTrigger(any: ["refund", "退款"]), KeywordTrigger(all: ["late", "order"])])
  var matching = KeywordMatcher.Matching()
  matcher.match(["REFUND! 我要退款"], into: &matching)
  print(matching.triggers)  // [0]
}
