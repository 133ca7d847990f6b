import EventTime
import SCRMModel

/// A copy of one person in an engine that knows only what an explanation is about: whatever is tried out on it is forgotten.
struct ExplanationProbe: Sendable {
  let explainer: SegmentExplainer
  var live: LiveSegments

  init(_ explainer: SegmentExplainer, _ live: LiveSegments) {
    self.explainer = explainer
    self.live = live
  }

  var isMember: Bool { live.isMember(0, of: explainer.target) }
  var truth: TermTree.Truth {
    TermTree.Truth(
      terms: explainer.termSegments.map { live.isMember(0, of: $0) },
      members: explainer.tree.definitions.indices.map { live.isMember(0, of: $0) })
  }
  func holds(_ term: Int) -> Bool { live.isMember(0, of: explainer.termSegments[term]) }

  mutating func apply(_ steps: [SegmentIntervention]) {
    for step in steps { live.apply(step, for: 0) }
    _ = live.takeChanges()
  }

  func after(_ steps: [SegmentIntervention]) -> ExplanationProbe {
    var copy = self
    copy.apply(steps)
    return copy
  }

  /// When each term and the segment change for the first time if nothing happens.
  ///
  /// O(moments at which a term may change × terms); there are at most as many as events and windows.
  func ahead() -> (terms: [Int64?], segment: Int64?) {
    var copy = self
    let (before, wasMember) = (truth.terms, isMember)
    var terms = [Int64?](repeating: nil, count: before.count)
    var segment: Int64?
    while let due = copy.nextDue() {
      copy.live.advance(to: due)
      for term in terms.indices where terms[term] == nil && copy.holds(term) != before[term] { terms[term] = due }
      if segment == nil, copy.isMember != wasMember { segment = due }
      if segment != nil, !terms.contains(nil) { break }
    }
    return (terms, segment)
  }

  /// The next moment at which something may change by itself; windows of the calendar begin anew for ever, but change
  /// nothing once everything has left them.
  func nextDue() -> Int64? {
    guard let last = live.logs.compactMap(\.times.last).max() else { return nil }
    return live.due(of: 0).flatMap { $0 <= last &+ explainer.reach ? $0 : nil }
  }

  /// The moments of a window: from when on an event counts, up to which it does, and when the window as a whole is over.
  func bounds(_ window: TimeWindow, at moment: Int64) -> (from: Int64, through: Int64, ends: Int64?) {
    switch window {
    case .rolling(let span): return (moment &- span &+ 1, moment, nil)
    case .range(let from, let until): return (from, min(moment, until &- 1), until)
    case .ever: return (.min, moment, nil)
    case .calendar(let unit, let zone):
      let found = unit.span.bounds(moment, in: live.catalogue.zones[zone] ?? .utc)
      return (found.start, moment, found.end)
    }
  }

  /// The first moment from now on at which an event counts; `nil` when none does any more.
  func opening(_ window: TimeWindow) -> Int64? {
    let next = live.clock &+ 1
    guard case .range(let from, let until) = window else { return next }
    let first = max(next, from)
    return first < until ? first : nil
  }

  /// What of a stream is in a window now.
  func entries(_ events: EventSelection, field: String?, window: TimeWindow) -> (log: StreamLog, range: Range<Int>) {
    let plan = explainer.plan
    let number = field.flatMap { plan.catalogue.events.index(of: $0) }
    guard let stream = plan.streams.firstIndex(where: { $0.events == events && $0.field == number }) else {
      return (StreamLog(), 0..<0)
    }
    let log = live.logs[stream]
    let bounds = bounds(window, at: live.clock)
    let start = log.lowerBound(bounds.from)
    return (log, start..<max(start, log.upperBound(bounds.through)))
  }

  func value(_ measure: Measure) -> Value? {
    let (log, range) = entries(measure.events, field: measure.field, window: measure.window)
    return log.value(measure.function, range)
  }

  func fact(_ name: String) -> Value? {
    let schema = live.catalogue.facts
    return schema.index(of: name).flatMap { live.facts[0].row(at: live.clock, count: schema.facts.count).value($0) }
  }

  /// What a term looks at.
  func readings(_ condition: SegmentCondition) -> [ExplainedTerm.Reading] {
    switch condition {
    case .measure(let measure, _, _): return [.init(BehaviourWriter.tree(measure).text, value(measure))]
    case .facts(let tree): return facts(tree).map { .init($0.name, fact($0.name)) }
    case .expression(let tree):
      var seen: [Measure] = []
      for (_, measure) in (try? SegmentCondition.measures(in: tree)) ?? [] where !seen.contains(measure) {
        seen.append(measure)
      }
      return seen.map { .init(BehaviourWriter.tree($0).text, value($0)) }
        + facts(tree).map { .init($0.name, fact($0.name)) }
    default: return []
    }
  }

  /// The facts a tree reads.
  func facts(_ tree: ExpressionTree) -> [Fact] {
    let plan = explainer.plan
    // The plan knows for each of its terms which facts it reads.
    let leaf = plan.leaves.first {
      switch $0.condition {
      case .facts(let other), .expression(let other): other == tree
      default: false
      }
    }
    return leaf?.facts.map { plan.catalogue.facts.facts[$0] } ?? []
  }
}
