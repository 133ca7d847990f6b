import RuleEngine
import SCRMExpressions
import SCRMModel

// Documentation/Patterns.md

func tutorialEnvironment() -> ExpressionEnvironment {
  var environment = ExpressionEnvironment()
  environment.declare(
    ExpressionRecord("Event", [.init("kind", .string), .init("amount", .double), .init("author", .string)]))
  environment.declare("event", .record("Event"))
  return environment
}

func tutorialPattern() -> EventPattern {
  let silence = EventPattern("complaint-then-silence", key: .thread)
    .begin("complaint", where: "event.kind == 'complaint'")
    .notFollowedBy("reply", where: "event.kind == 'reply'")
    .within(.minutes(30))
  return silence
}

func runPatternTutorial(silence: EventPattern, environment: ExpressionEnvironment, noon: Instant) throws {
  var patient = silence
  patient.lateness = .minutes(2)
  let matcher = try PatternMatcher(patient, environment)
  let kind = environment.slot("event.kind") ?? 0
  var activation = ExpressionActivation(environment)
  var stream = PatternStream(matcher)
  var found: [PatternStream.Outcome] = []
  for (number, (minute, thread, word)) in [
    (0, "t1", "complaint"), (5, "t2", "complaint"), (12, "t1", "reply"), (11, "t2", "like"),
  ].enumerated() {
    activation.reset()
    try activation.set(kind, text: word)
    let event = matcher.event(time: noon.advanced(by: .minutes(minute)), id: UInt64(number), activation)
    stream.add(event, key: .text(thread), into: &found)
  }
  stream.advance(to: noon.advanced(by: .hours(1)), into: &found)
  for outcome in found {
    if case .matched(let match) = outcome.outcome { print(outcome.key, match.events(of: "complaint"), match.time) }
  }
}

func keepPatternTutorial(matcher: PatternMatcher, event: PatternMatcher.Event, noon: Instant) throws {
  var state = PatternMatcher.State()
  var outcomes: [PatternOutcome] = []
  matcher.add(event, to: &state, into: &outcomes)
  let stored = matcher.encode(state)
  state = try matcher.decode(stored)
  print(matcher.deadline(of: state)?.description ?? "nothing to wait for", stored.count)
  print(matcher.progress(of: state).map { ($0.match.events.map(\.step), $0.next) })
  matcher.advance(&state, to: noon.advanced(by: .minutes(31)), into: &outcomes)
  for outcome in outcomes { print(outcome.explanation().conclusion) }
}

func sequencePatternTutorial() -> [EventPattern] {
  let hesitation = EventPattern("hesitation")
    .begin("cart", where: "event.kind == 'cart'")
    .followedBy("view", where: "event.kind == 'view'").timesOrMore(2).greedy()
    .next("leave", where: "event.kind == 'leave'")
    .within(.hours(1))
    .afterMatch(.skipPastLastEvent)
  let newcomer = EventPattern("newcomer-without-purchase")
    .absence("wait", of: "event.kind == 'purchase'", lasting: .days(30))
  let either = EventPattern("answered-or-forgotten", key: .thread)
    .begin("question", where: "event.kind == 'question'")
    .any(
      "end", .event("answer", where: "event.kind == 'reply'"), .absence(of: "event.kind == 'reply'", lasting: .days(1)))
  return [hesitation, newcomer, either]
}

func tallyTutorial(environment: ExpressionEnvironment, noon: Instant) throws {
  let storm = EventTally(
    "storm", key: .thread, where: "event.kind == 'comment'", .distinct("event.author"), atLeast: 3,
    within: .minutes(10))
  let tally = try TallyMatcher(storm, environment)
  var activation = ExpressionActivation(environment)
  var state = TallyMatcher.State()
  var outcomes: [TallyOutcome] = []
  for (minute, author) in [(0, "ada"), (1, "ben"), (2, "ada"), (4, "cai"), (20, "ben")] {
    try activation.set(environment.slot("event.kind") ?? 0, text: "comment")
    try activation.set(environment.slot("event.author") ?? 0, text: author)
    tally.add(time: noon.advanced(by: .minutes(minute)), id: UInt64(minute), activation, to: &state, into: &outcomes)
  }
  for outcome in outcomes {
    switch outcome {
    case .reached(let number, let events, let time): print("reached", number, events, time)
    case .fell(let number, let time): print("fell to", number, time)
    case .leftEarly, .hurried: break
    }
  }
}

func foldingTutorial() throws {
  let folding = try KeywordFolding(variants: ["質": "质", "貨": "货"])
  let matcher = try KeywordMatcher([KeywordTrigger(any: ["质量", "ガス", "fish"])], folding: folding)
  for occurrence in matcher.occurrences(of: 0, in: "質量差，ｶﾞｽ代 ﬁsh!") { print(occurrence.word, occurrence.range) }
}
