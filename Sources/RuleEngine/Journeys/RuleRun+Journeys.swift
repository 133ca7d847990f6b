import SCRMExpressions
import SCRMModel
import StateCoding

// Journeys as they are followed: started and stopped by rules, moved on by events and by time.
extension RuleRun {
  /// The journey of the book that an action starts or stops; `nil` for any other action, which is the host's to carry out.
  func journey(of action: RuleAction) -> CompiledJourney? {
    guard action.kind == .startJourney || action.kind == .stopJourney,
      let name = action.parameters["journey"]?.plainText
    else { return nil }
    return book.compiledJourney(hash: nameHash(name))
  }

  /// Carries out proposals that start or stop journeys, each once it is due; whoever claims them from the outbox has
  /// nothing left to do.
  mutating func carryOut(_ proposals: [(proposal: ProposedAction, action: RuleAction)]) {
    for (proposal, action) in proposals {
      guard let journey = journey(of: action) else { continue }
      memory.orders.append(
        .init(
          action: proposal.id, journey: journey.hash, isStop: action.kind == .stopJourney,
          due: (proposal.due ?? occurrence.now).inUTC, expires: proposal.expires?.inUTC))
    }
    memory.orders = Array(memory.orders.suffix(RuleMemory.maximumOrders))
    carryOutOrders()
  }

  /// Starts and stops the journeys whose time has come.
  private mutating func carryOutOrders() {
    guard memory.orders.contains(where: { $0.due <= occurrence.now }) else { return }
    let due = memory.orders.filter { $0.due <= occurrence.now }.sorted { $0.due < $1.due }
    memory.orders.removeAll { $0.due <= occurrence.now }
    for order in due where order.expires.map({ occurrence.now < $0 }) ?? true {
      guard let journey = book.compiledJourney(hash: order.journey) else { continue }
      let place = memory.journeys.firstIndex { $0.journey == journey.hash }
      let isInside = place.map { memory.journeys[$0].step != nil } ?? false
      if order.isStop {
        if let place, isInside { leave(place, journey, .stopped) }
        continue
      }
      switch journey.definition.entering {
      case .once: if place != nil { continue }
      case .afterLeaving: if isInside { continue }
      case .restart: break
      }
      enter(journey, by: order.action)
    }
  }

  private mutating func enter(_ journey: CompiledJourney, by action: ActionID?) {
    let state = JourneyState(
      journey: journey.hash, version: journey.definition.version, step: nil, entered: occurrence.now.inUTC,
      action: action)
    memory.journeys.removeAll { $0.journey == journey.hash }
    let place = memory.journeys.firstIndex { $0.journey > journey.hash } ?? memory.journeys.endIndex
    memory.journeys.insert(state, at: place)
    note(journey, .entered)
    go(place, journey, to: 0)
  }

  private mutating func leave(_ place: Int, _ journey: CompiledJourney, _ event: JourneyChange.Event) {
    memory.journeys[place].step = nil
    memory.journeys[place].wake = nil
    note(journey, event)
  }

  private mutating func note(_ journey: CompiledJourney, _ event: JourneyChange.Event) {
    outcome.journeys.append(
      JourneyChange(journey.definition.name, version: journey.definition.version, event))
  }

  /// Looks at the journeys that the person was in before the occurrence.
  mutating func followJourneys() {
    carryOutOrders()
    guard !memory.journeys.isEmpty else { return }
    let started = Set(outcome.journeys.filter { $0.event == .entered }.map { nameHash($0.journey) })
    // A journey that is no longer in the book is left silently.
    memory.journeys.removeAll { book.compiledJourney(hash: $0.journey) == nil }
    for place in memory.journeys.indices where memory.journeys[place].step != nil {
      guard !started.contains(memory.journeys[place].journey),
        let journey = book.compiledJourney(hash: memory.journeys[place].journey)
      else { continue }
      follow(place, journey)
    }
  }

  private mutating func follow(_ place: Int, _ journey: CompiledJourney) {
    if memory.journeys[place].version != journey.definition.version {
      guard takeOver(place, journey) else { return }
    }
    if let exit = journey.exit, holds(exit) { return leave(place, journey, .exited) }
    if let goal = journey.goal, holds(goal) { return leave(place, journey, .reachedGoal) }
    guard let name = memory.journeys[place].step, let step = journey.step(named: name) else { return }
    let isOver = memory.journeys[place].wake.map { $0 <= occurrence.now } ?? true
    switch journey.definition.steps[step].kind {
    case .await(_, _, let otherwise):
      // An event that comes after the end of the wait does not count for it.
      if isOver {
        go(place, journey, to: journey.place(otherwise ?? journey.definition.steps[step].next, after: step))
      } else if let condition = journey.conditions[step].first, holds(condition) {
        go(place, journey, to: journey.place(journey.definition.steps[step].next, after: step))
      }
    case .act, .wait, .branch:
      if isOver { go(place, journey, to: journey.place(journey.definition.steps[step].next, after: step)) }
    }
  }

  /// Brings a person who is in an older version into this one; says whether they are to be looked at further.
  private mutating func takeOver(_ place: Int, _ journey: CompiledJourney) -> Bool {
    switch journey.definition.replacing {
    case .leave:
      leave(place, journey, .replaced)
      return false
    case .restart:
      enter(journey, by: memory.journeys[place].action)
      return false
    case .goOn:
      guard let name = memory.journeys[place].step, let step = journey.step(named: name),
        journey.definition.steps[step].isPause
      else {
        leave(place, journey, .replaced)
        return false
      }
      memory.journeys[place].version = journey.definition.version
      return true
    }
  }

  private func holds(_ condition: CompiledCondition) -> Bool {
    switch condition {
    case .always: true
    case .program(let program): program.matches(activation)
    case .closure(let closure): closure(occurrence).holds
    }
  }

  /// Goes on from a step until the person has to wait or the journey is at its end.
  private mutating func go(_ place: Int, _ journey: CompiledJourney, to first: Int?) {
    var next = first
    // The definition has no way round without a pause, so each step is passed once at most.
    while let step = next {
      let definition = journey.definition.steps[step]
      switch definition.kind {
      case .act:
        if let rule = journey.rules[step] { act(rule, definition.name, entered: memory.journeys[place].entered) }
        next = journey.place(definition.next, after: step)
      case .branch(let branches, let otherwise):
        let chosen = journey.conditions[step].firstIndex { holds($0) }
        let target = chosen.map { branches[$0].step } ?? otherwise ?? definition.next
        next = journey.place(target, after: step)
      case .wait(let span), .await(_, let span, _):
        memory.journeys[place].step = definition.name
        memory.journeys[place].wake = occurrence.now.advanced(by: span).inUTC
        return note(journey, .waits(step: definition.name))
      }
    }
    leave(place, journey, .completed)
  }

  private mutating func act(_ rule: CompiledRule, _ step: String, entered: Instant) {
    var decision = RuleDecision(rule: rule.definition.name, version: rule.definition.version, actions: [])
    let judgement = Judgement(true, evidence: [.init("in the step \(step) since the person entered at \(entered)")])
    for (ordinal, action) in rule.definition.actions.enumerated() {
      decision.actions.append(
        propose(action, by: rule, ordinal: ordinal, place: step, judgement, GuardAnswer(), nil))
    }
    outcome.decisions.append(decision)
  }
}

extension ActionParameter {
  /// The text of a template without fields, or of a text value; `nil` when it has to be filled.
  var plainText: String? {
    switch self {
    case .template(let template): template.fields.isEmpty ? template.plainText : nil
    case .value(let value): value.stringValue
    case .field: nil
    }
  }
}
