import SCRMModel

/// Looks for steps that turn a membership round: for each group of terms those that must change, tried out on copies.
///
/// Where terms get in one another's way (one more purchase is one more interaction), the search goes on from the state
/// that the steps lead to.
struct PlanSearch {
  private let start: ExplanationProbe
  /// How many suggestions are given, and how many copies are tried for them.
  private static let wanted = 4
  private static let attempts = 160
  private static let rounds = 3

  init(_ probe: ExplanationProbe) { start = probe }

  func suggestions() -> [SegmentSuggestion] {
    var found: [SegmentSuggestion] = []
    var frontier: [(probe: ExplanationProbe, steps: Steps)] = [(start, [])]
    var attempts = 0
    for _ in 0..<Self.rounds where found.isEmpty {
      var next: [(probe: ExplanationProbe, steps: Steps)] = []
      for (probe, steps) in frontier {
        for plan in Self.plans(probe) where attempts < Self.attempts {
          attempts += 1
          let copy = probe.after(plan)
          let whole = steps + plan
          if copy.isMember != start.isMember {
            if !found.contains(where: { $0.steps == whole }) { found.append(SegmentSuggestion(whole)) }
          } else {
            next.append((copy, whole))
          }
        }
      }
      frontier = Array(next.prefix(12))
    }
    return Array(
      found.enumerated().sorted { (Self.cost($0.element), $0.offset) < (Self.cost($1.element), $1.offset) }
        .map(\.element).prefix(Self.wanted))
  }

  /// Few steps first, of equally many those that need no waiting.
  private static func cost(_ suggestion: SegmentSuggestion) -> Int {
    suggestion.steps.reduce(0) {
      switch $1 {
      case .interactions(let interactions): $0 + 10 + min(interactions.count, 100)
      case .fact: $0 + 10
      case .wait: $0 + 15
      case .snapshot: $0 + 200
      }
    }
  }

  /// Ways to turn the segment's answer round, as its groups tell.
  private static func plans(_ probe: ExplanationProbe) -> [Steps] {
    let tree = probe.explainer.tree
    let truth = probe.truth
    var ofTerms = [[Steps]?](repeating: nil, count: truth.terms.count)
    var ofDefinitions: [[Steps]] = []

    func plans(_ node: TermTree.Node) -> [Steps] {
      switch node {
      case .constant, .memory: return []
      case .not(let part): return plans(part)
      case .definition(let place): return ofDefinitions[place]
      case .term(let number):
        if let known = ofTerms[number] { return known }
        let found = probe.plans(number)
        ofTerms[number] = found
        return found
      case .all(let parts), .any(let parts):
        let holds = TermTree.holds(node, truth)
        let needsAll = if case .all = node { !holds } else { holds }
        if !needsAll { return Array(parts.flatMap(plans).prefix(24)) }
        let hindering = parts.filter { TermTree.holds($0, truth) == holds }
        return together(hindering.map(plans), now: probe.live.clock)
      }
    }
    for definition in tree.definitions { ofDefinitions.append(plans(definition.node)) }
    return ofDefinitions.last ?? []
  }

  /// One plan of each part, combined: the first of all, then with one of them exchanged.
  private static func together(_ parts: [[Steps]], now: Int64) -> [Steps] {
    guard !parts.isEmpty, parts.allSatisfy({ !$0.isEmpty }) else { return [] }
    var choices = [parts.map { $0[0] }]
    for (place, plans) in parts.enumerated() {
      for plan in plans.dropFirst() {
        var choice = choices[0]
        choice[place] = plan
        choices.append(choice)
      }
    }
    var combined: [Steps] = []
    for choice in choices.prefix(12) {
      let order = choice.enumerated().sorted { (end($0.element), $0.offset) < (end($1.element), $1.offset) }
        .map(\.element)
      combined.append(joined(order, now))
      if parts.count > 1 { combined.append(joined(order.reversed(), now)) }
    }
    return combined
  }

  private static func end(_ steps: Steps) -> Int64 { steps.compactMap(\.time).max() ?? .min }

  /// One after the other: what would come before the end of the steps before it comes just after.
  private static func joined(_ plans: [Steps], _ now: Int64) -> Steps {
    var steps: Steps = []
    var clock = now
    for plan in plans {
      let start = plan.lazy.compactMap(\.time).first ?? clock
      let delay = start < clock ? clock &+ 1 &- start : 0
      for step in plan.map({ $0.delayed(by: delay) }) {
        // The same wait need not be waited twice.
        if !steps.contains(step) { steps.append(step) }
      }
      clock = max(clock, end(steps))
    }
    return steps
  }
}
