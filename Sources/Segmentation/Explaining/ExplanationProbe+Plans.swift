import SCRMModel

/// Steps that are to turn a term round.
typealias Steps = [SegmentIntervention]

extension ExplanationProbe {
  /// Ways to turn a term round, each tried out, the simplest first; at most four.
  func plans(_ number: Int) -> [Steps] {
    var found = verified(happenings(number), number)
    if let moment = change(of: number) { found.append([.wait(until: moment)]) }
    if found.isEmpty { found = afterWaiting(number) }
    return found
  }

  /// When a term changes if nothing happens.
  private func change(of number: Int) -> Int64? {
    var copy = self
    let before = holds(number)
    while let due = copy.nextDue() {
      copy.live.advance(to: due)
      if copy.holds(number) != before { return due }
    }
    return nil
  }

  private func verified(_ candidates: [Steps], _ number: Int) -> [Steps] {
    var found: [Steps] = []
    for steps in candidates where found.count < 3 && !found.contains(steps) {
      if after(steps).holds(number) != holds(number) { found.append(steps) }
    }
    return found
  }

  /// What can only happen once something else left the window: waits for each of the next moments, then tries again.
  private func afterWaiting(_ number: Int) -> [Steps] {
    var copy = self
    for _ in 0..<32 {
      guard let due = copy.nextDue() else { break }
      copy.live.advance(to: due)
      // The other way round can also be reached through the moment at which the term already is.
      if copy.holds(number) == holds(number), let steps = copy.verified(copy.happenings(number), number).first {
        return [[.wait(until: due)] + steps]
      }
    }
    if case .unanswered(let term) = explainer.tree.terms[number].condition,
      let ends = bounds(term.window, at: live.clock).ends, opening(term.window) != nil, !holds(number)
    {
      // A window of the calendar may end before the time to answer is over: then the next one.
      let next = after([.wait(until: ends)])
      return next.verified(next.happenings(number), number).prefix(1).map { [.wait(until: ends)] + $0 }
    }
    return []
  }

  /// What might turn a term round if it happened now.
  private func happenings(_ number: Int) -> [Steps] {
    let wants = !holds(number)
    switch explainer.tree.terms[number].condition {
    case .measure(let measure, let comparison, let limit):
      return happenings(measure, limit) { comparison.holds($0, limit) == wants }
    case .facts(let tree): return facts(changing: tree)
    case .expression(let tree): return facts(changing: tree) + ladder(tree)
    case .sequence(let sequence): return wants ? chains(sequence) : []
    case .unanswered(let term):
      guard wants, let time = opening(term.window) else { return [] }
      return one(term.events, at: time).map { [$0, .wait(until: time &+ term.delay)] }
    case .snapshot(let name): return [[.snapshot(name, isMember: wants)]]
    default: return []
    }
  }

  // MARK: Events

  /// The kinds an event of a pattern may have: for a pattern of every kind one that no other term asks for comes first.
  private func kinds(_ pattern: EventSelection) -> [InteractionKind] {
    if !pattern.kinds.isEmpty { return Array(pattern.kinds.prefix(3)) }
    let asked = explainer.plan.kinds.keys.sorted { $0.rawValue.byteOrder($1.rawValue) == .ascending }
    return ([.track, .view].filter { !asked.contains($0) } + asked).prefix(3).map { $0 }
  }

  private func step(
    _ kind: InteractionKind, _ count: Int, _ time: Int64, _ fields: [Int: Value]
  ) -> SegmentIntervention {
    var named: [String: Value] = [:]
    for (number, value) in fields { named[explainer.plan.catalogue.events.fields[number].name] = value }
    return .interactions(SuggestedInteractions(kind, count: count, at: time, fields: named))
  }

  /// One event of a pattern, for each kind it may have.
  private func one(_ pattern: EventSelection, at time: Int64) -> [SegmentIntervention] {
    guard let fields = EventWitness(pattern, explainer.plan.catalogue.events).fields() else { return [] }
    return kinds(pattern).map { step($0, 1, time, fields) }
  }

  /// The last steps of a sequence one after the other, as few as may do.
  private func chains(_ sequence: EventSequence) -> [Steps] {
    guard let time = opening(sequence.window) else { return [] }
    return (1...sequence.steps.count).map { missing in
      sequence.steps.suffix(missing).enumerated().compactMap { one($1, at: time &+ Int64($0)).first }
    }
  }

  /// More events that bring a measure to a value that will do.
  private func happenings(
    _ measure: Measure, _ limit: Value, _ fits: (Value) -> Bool
  ) -> [Steps] {
    let schema = explainer.plan.catalogue.events
    guard let time = opening(measure.window) else { return [] }
    let witness = EventWitness(measure.events, schema)
    let kinds = kinds(measure.events)
    func events(_ count: Int, _ fields: [Int: Value]?) -> [Steps] {
      guard let fields, (1...1_000_000).contains(count) else { return [] }
      return kinds.map { [step($0, count, time, fields)] }
    }
    let field = measure.field.flatMap { schema.index(of: $0) } ?? 0
    let (log, range) = entries(measure.events, field: measure.field, window: measure.window)
    switch measure.function {
    case .count:
      guard let more = Self.more(than: range.count, limit, fits) else { return [] }
      return events(more, witness.fields())
    case .distinct:
      guard let more = Self.more(than: Int(value(measure)?.intValue ?? 0), limit, fits), more <= 1_000 else {
        return []
      }
      let known = range.map { log.content($0) }
      let fresh = witness.values(of: field, wanted: fresh(schema.fields[field].type, more + known.count))
        .filter { !known.contains($0) }.prefix(more)
      let fields = fresh.compactMap { witness.fields([field: $0]) }
      return kinds.map { kind in fields.map { step(kind, 1, time, $0) } }
    case .sum, .average:
      return amounts(measure, limit, fits, witness, range.count).flatMap { events($1, witness.fields([field: $0])) }
    case .firstTime, .lastTime:
      guard let fields = witness.fields() else { return [] }
      let beside = limit.timestampValue.map { $0.millisecondsSinceEpoch } ?? time
      return [time, beside &- 1, beside, beside &+ 1].filter { $0 >= time }
        .flatMap { at in kinds.map { [step($0, 1, at, fields)] } }
    case .minimum, .maximum, .first, .last:
      var near = CandidateValues([])
      near.add(limit)
      return witness.values(of: field, wanted: near.values(of: schema.fields[field].type)).filter(fits)
        .flatMap { events(1, witness.fields([field: $0])) }
    }
  }

  /// How many more than `count` make a count that will do; `nil` when none is near the limit.
  private static func more(than count: Int, _ limit: Value, _ fits: (Value) -> Bool) -> Int? {
    guard let limit = limit.doubleValue, limit.magnitude < 0x1p52 else { return nil }
    let near = Int(limit.rounded(.down))
    return [count + 1, near - 1, near, near + 1, near + 2].filter { $0 > count && fits(.int(Int64($0))) }.min()
      .map { $0 - count }
  }

  /// Values of a field that nobody has yet.
  private func fresh(_ type: ExpressionType, _ count: Int) -> [Value] {
    switch type {
    case .double: (1...max(count, 1)).map { .double(Double($0)) }
    case .int: (1...max(count, 1)).map { .int(Int64($0)) }
    case .string: (1...max(count, 1)).map { .string("value \($0)") }
    default: []
    }
  }

  /// Amounts, each with how often, that bring a sum or an average to a limit.
  private func amounts(
    _ measure: Measure, _ limit: Value, _ fits: (Value) -> Bool, _ witness: EventWitness, _ count: Int
  ) -> [(Value, Int)] {
    guard let limit = limit.doubleValue else { return [] }
    let field = measure.field.flatMap { explainer.plan.catalogue.events.index(of: $0) } ?? 0
    let isSum = measure.function == .sum
    let value = value(measure)?.doubleValue ?? 0
    var offered: [(Value, Int)] = []
    for target in [limit, limit + 1, limit - 1, limit.nextUp, limit.nextDown] where fits(.double(target)) {
      let amount = isSum ? target - value : target * Double(count + 1) - value * Double(count)
      for beside in [amount, amount.nextUp, amount.nextDown] { offered.append((.double(beside), 1)) }
    }
    // Where the condition over events does not let the amount in, more events of one that it lets in.
    for case .double(let amount) in witness.values(of: field) where amount != 0 {
      let needed = ((limit - value) / amount).rounded(.up)
      if isSum, let needed = Int(exactly: needed) {
        offered += [(.double(amount), needed), (.double(amount), needed + 1)]
      } else if !isSum {
        offered += [1, 2, 4, 8, 16, 32, 64, 128, 256].map { (.double(amount), $0) }
      }
    }
    // What is bought comes before what is taken back.
    return offered.filter { $0.0.doubleValue ?? -1 >= 0 } + offered.filter { $0.0.doubleValue ?? 0 < 0 }
  }

  // MARK: Facts and mixed terms

  /// Other values of the facts of a term: one fact, or two.
  private func facts(changing tree: ExpressionTree) -> [Steps] {
    let facts = facts(tree)
    var candidates = CandidateValues([tree])
    for measure in (try? SegmentCondition.measures(in: tree)) ?? [] {
      if let value = value(measure.measure) { candidates.add(value) }
    }
    let time = live.clock &+ 1
    let steps = facts.map { fact -> [SegmentIntervention] in
      let current = self.fact(fact.name)
      if let current, current.listValue == nil { candidates.add(current) }
      let values = candidates.values(of: fact.type, current: current).filter { $0 != current }
      return values.map { .fact(fact.name, $0, at: time) } + (current == nil ? [] : [.fact(fact.name, nil, at: time)])
    }
    var plans = steps.flatMap { $0.map { [$0] } }
    for first in steps.indices {
      for second in steps.indices where second > first {
        for one in steps[first].prefix(12) { for other in steps[second].prefix(12) { plans.append([one, other]) } }
      }
    }
    return Array(plans.prefix(600))
  }

  /// For an expression over measures: more and more events of each of them.
  private func ladder(_ tree: ExpressionTree) -> [Steps] {
    var plans: [Steps] = []
    let schema = explainer.plan.catalogue.events
    for (_, measure) in (try? SegmentCondition.measures(in: tree)) ?? [] {
      guard let time = opening(measure.window) else { continue }
      let witness = EventWitness(measure.events, schema)
      var contents = [witness.fields()].compactMap { $0 }
      if let field = measure.field.flatMap({ schema.index(of: $0) }) {
        var candidates = CandidateValues([tree])
        if let value = value(measure) { candidates.add(value) }
        for number in [1e3, -1e3, 1e6, -1e6] { candidates.add(.double(number)) }
        contents = witness.values(of: field, wanted: candidates.values(of: schema.fields[field].type)).prefix(24)
          .compactMap { witness.fields([field: $0]) }
      }
      for kind in kinds(measure.events) {
        for content in contents {
          for count in [1, 2, 3, 4, 8, 16, 64] { plans.append([step(kind, count, time, content)]) }
        }
      }
    }
    return Array(plans.prefix(400))
  }
}
