public import SCRMModel

/// A segment prepared for explanations about many people.
///
/// ```swift
/// let explainer = try SegmentExplainer(catalogue, "buyers")
/// let explanation = explainer.explain(person, in: live)
/// ```
///
/// An explanation costs some hundred evaluations of the segment's terms on a copy of the person: it is for people who
/// ask, not for every event. An immutable value.
public struct SegmentExplainer: Sendable {
  /// The segment.
  public let segment: Segment
  let tree: TermTree
  let plan: LivePlan
  /// The number in the plan of the segment that stands for each term, and of the explained one.
  let termSegments: [Int]
  let target: Int
  /// How long after the last event a term may still change by itself, in milliseconds.
  let reach: Int64

  /// Prepares a segment of a catalogue; O(parts of the segment and of those it names).
  /// - Throws: `SegmentError` with `unknownSegment`, or where a condition cannot be compiled.
  public init(_ catalogue: SegmentCatalogue, _ name: SegmentName) throws(SegmentError) {
    guard let root = catalogue.index(of: name) else {
      throw SegmentError(.unknownSegment, segment: name, "there is no segment \(name)")
    }
    segment = catalogue.segments[root]
    tree = TermTree(catalogue, root)
    var segments = tree.definitions.map(\.segment)
    target = segments.count - 1
    // Every term becomes a segment of its own, under a name that nothing else has.
    var prefix = "term"
    while segments.contains(where: { $0.name.rawValue.utf8.starts(with: prefix.utf8) }) { prefix += "'" }
    var termSegments: [Int] = []
    for (number, term) in tree.terms.enumerated() {
      termSegments.append(segments.count)
      segments.append(Segment(SegmentName("\(prefix) \(number)"), term.condition))
    }
    self.termSegments = termSegments
    reach = tree.terms.reduce(0) { max($0, Self.reach($1.condition)) }
    let zones = catalogue.zones
    plan = try LivePlan(
      try SegmentCatalogue(segments, facts: catalogue.facts, events: catalogue.events) { zones[$0] })
  }

  private static func reach(_ condition: SegmentCondition) -> Int64 {
    switch condition {
    case .measure(let measure, _, _): measure.window.retention ?? 0
    case .expression(let tree):
      ((try? SegmentCondition.measures(in: tree)) ?? []).compactMap(\.measure.window.retention).max() ?? 0
    case .sequence(let sequence): sequence.window.retention ?? 0
    case .unanswered(let term): (term.window.retention ?? 0) &+ term.delay
    default: 0
    }
  }

  /// Why a person is in the segment or not, at the engine's time; `nil` for a number the engine did not give.
  ///
  /// The engine may have other segments too; it must have the facts and event fields of the explainer's catalogue.
  public func explain(_ person: Int, in live: LiveSegments) -> SegmentExplanation? {
    guard let id = live.id(person) else { return nil }
    var copy = LiveSegments(plan: plan, clock: live.clock, lateness: 0)
    copy.snapshots = live.snapshots
    guard (try? copy.restore(live.state(of: person), as: id)) != nil else { return nil }
    return explain(copy)
  }

  /// Why the owner of a stored state is in the segment or not, at a moment.
  /// - Parameters:
  ///   - state: what ``LiveSegments/state(of:)`` gave.
  ///   - id: whose it is.
  ///   - time: the moment; the state's own where that is later.
  ///   - snapshots: what was published.
  /// - Throws: `SCRMError` with `corruptState`.
  public func explain(
    state: [UInt8], of id: PersonID, at time: Instant, snapshots: [RankSnapshot] = []
  ) throws(SCRMError) -> SegmentExplanation {
    var live = LiveSegments(plan: plan, clock: Instant.distantPast.millisecondsSinceEpoch, lateness: 0)
    for snapshot in snapshots { live.snapshots[snapshot.name] = snapshot }
    try live.restore(state, as: id)
    live.advance(to: time.millisecondsSinceEpoch)
    return explain(live)
  }

  private func explain(_ live: LiveSegments) -> SegmentExplanation {
    var probe = ExplanationProbe(self, live)
    _ = probe.live.takeChanges()
    let truth = probe.truth
    let deciding = tree.deciding(truth)
    let ahead = probe.ahead()
    var terms: [ExplainedTerm] = []
    var finals: [Bool] = []
    for (number, term) in tree.terms.enumerated() {
      let reason = probe.finality(number, changesByItself: ahead.terms[number])
      finals.append(reason != nil)
      let change = reason == nil ? probe.plans(number).first.map { SegmentSuggestion($0) } : nil
      terms.append(
        ExplainedTerm(
          segment: term.segment, condition: term.condition, holds: truth.terms[number],
          readings: probe.readings(term.condition), isDeciding: deciding[number],
          outlook: reason != nil ? .final : change != nil ? .open : .unknown, reason: reason, change: change,
          changesByItself: ahead.terms[number]))
    }
    let isFinal = tree.isFinal(truth, finals)
    return SegmentExplanation(
      segment: segment.name, version: segment.version, time: probe.live.clock, isMember: probe.isMember, terms: terms,
      suggestions: isFinal ? [] : PlanSearch(probe).suggestions(), isFinal: isFinal, changesByItself: ahead.segment)
  }
}
