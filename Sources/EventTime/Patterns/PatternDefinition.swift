/// A pattern over time, with the names and the meaning of Flink CEP.
///
/// A match is a sequence of events, each taken by a step. Between one taken event and the next lies what the contiguity
/// allows: nothing (`next`), only events that do not match (`followedBy`), or anything (`followedByAny`).
///
/// Steps are added by functions, which read as a sentence: `PatternDefinition("cart", 0).followedBy("buy", 1)`.
package struct PatternDefinition: Sendable, Hashable {
  /// The steps in order; the first takes events or waits.
  package private(set) var steps: [PatternStep]
  /// The longest time from the first to the last event, bounds included, in the unit of event times; `nil` for no limit.
  package private(set) var window: Int64?
  /// What happens after a match.
  package private(set) var skip = PatternSkip.noSkip

  /// Creates a pattern of steps given as values.
  package init(steps: [PatternStep], window: Int64? = nil, skip: PatternSkip = .noSkip) {
    self.steps = steps
    self.window = window
    self.skip = skip
  }

  /// Begins a pattern with a step that takes one event for which the predicate holds.
  package init(_ name: String, _ condition: Int) { steps = [PatternStep(name, condition)] }

  /// Begins a pattern that waits from the moment it is begun for a key.
  package init(_ name: String, _ gate: PatternGate) { steps = [PatternStep(name, gate)] }

  /// Waits for the parts of a gate, from the moment the step before is done.
  package func waits(_ name: String, _ gate: PatternGate) -> Self { adding(PatternStep(name, gate)) }

  /// The next event must match.
  package func next(_ name: String, _ condition: Int) -> Self {
    adding(PatternStep(name, condition, contiguity: .strict))
  }

  /// The first later event that matches.
  package func followedBy(_ name: String, _ condition: Int) -> Self { adding(PatternStep(name, condition)) }

  /// Any later event that matches.
  package func followedByAny(_ name: String, _ condition: Int) -> Self {
    adding(PatternStep(name, condition, contiguity: .any))
  }

  /// The next event must not match.
  package func notNext(_ name: String, _ condition: Int) -> Self {
    adding(PatternStep(name, condition, kind: .notNext))
  }

  /// No event may match until the next step takes one; at the end of a pattern, until the window has passed.
  package func notFollowedBy(_ name: String, _ condition: Int) -> Self {
    adding(PatternStep(name, condition, kind: .notFollowedBy))
  }

  /// The last step takes exactly so many events.
  package func times(_ count: Int) -> Self { times(count, count) }

  /// The last step takes at least and at most so many events.
  package func times(_ minimum: Int, _ maximum: Int) -> Self {
    changing {
      $0.minimum = minimum
      $0.maximum = maximum
    }
  }

  /// The last step takes one event or more.
  package func oneOrMore() -> Self { timesOrMore(1) }

  /// The last step takes at least so many events.
  package func timesOrMore(_ minimum: Int) -> Self {
    changing {
      $0.minimum = minimum
      $0.maximum = nil
    }
  }

  /// The last step may be left out.
  package func optional() -> Self { changing { $0.isOptional = true } }

  /// The last step takes every event that it can before the next step takes one.
  package func greedy() -> Self { changing { $0.isGreedy = true } }

  /// Nothing may lie between the events of the last step.
  package func consecutive() -> Self { changing { $0.inner = .strict } }

  /// Anything may lie between the events of the last step.
  package func allowCombinations() -> Self { changing { $0.inner = .any } }

  /// The last step takes no more events from the first one on for which the predicate holds.
  package func until(_ condition: Int) -> Self { changing { $0.until = condition } }

  /// All within this time, in the unit of event times.
  package func within(_ window: Int64) -> Self {
    var copy = self
    copy.window = window
    return copy
  }

  /// What happens after a match.
  package func afterMatch(_ skip: PatternSkip) -> Self {
    var copy = self
    copy.skip = skip
    return copy
  }

  private func adding(_ step: PatternStep) -> Self {
    var copy = self
    copy.steps.append(step)
    return copy
  }

  private func changing(_ body: (inout PatternStep) -> Void) -> Self {
    var copy = self
    if !copy.steps.isEmpty { body(&copy.steps[copy.steps.count - 1]) }
    return copy
  }
}
