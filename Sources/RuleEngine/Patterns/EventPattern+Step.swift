extension EventPattern {
  /// One step: which events it takes, how many, and what may lie before it; or what must stay away.
  public struct Step: Sendable, Hashable {
    /// The name, unique in the pattern.
    public var name: String
    /// What it does.
    public var kind: Kind
    /// How many events at least, from 1.
    public var minimum = 1
    /// How many at most; `nil` for no limit.
    public var maximum: Int? = 1
    /// What may lie between the step's own events.
    public var inner = Contiguity.relaxed
    /// Whether the step may be left out altogether.
    public var isOptional = false
    /// Whether an event that the step can still take never goes to a later step.
    public var isGreedy = false
    /// What ends the taking of further events; `nil` for nothing.
    public var until: RuleCondition?

    init(_ name: String, _ kind: Kind) {
      self.name = name
      self.kind = kind
    }
  }

  /// What a step does.
  public enum Kind: Sendable, Hashable {
    /// Takes an event for which the condition holds.
    case takes(RuleCondition, Contiguity)
    /// The very next event must not match.
    case notNext(RuleCondition)
    /// No event may match before the next step takes one, or, at the end, within the window.
    case notFollowedBy(RuleCondition)
    /// Waits until all parts hold; a match in which an absence is broken is given up.
    case all([Part])
    /// Waits until the first part holds; a match in which all absences are broken is given up.
    case any([Part])
  }

  /// What may lie between an event and the one taken before it.
  public enum Contiguity: Sendable, Hashable {
    /// `next`, `consecutive`: nothing.
    case strict
    /// `followedBy`: events that do not match; the first one that does is taken.
    case relaxed
    /// `followedByAny`, `allowCombinations`: anything, matching events too.
    case any
  }

  /// One thing a step waits for, from the moment the step before was done (Siddhi's logical and absent patterns).
  public enum Part: Sendable, Hashable {
    /// An event for which the condition holds, the first one.
    case event(String, where: RuleCondition)
    /// No event for which the condition holds, for so long; without a span until every event part of the step holds,
    /// which only ``EventPattern/all(_:_:)`` can mean. An event exactly at the end of the span breaks it.
    case absence(of: RuleCondition, lasting: Duration? = nil)
  }

  // MARK: Steps

  /// The first step: takes an event for which the condition holds.
  public func begin(_ name: String, where condition: RuleCondition) -> Self {
    adding(Step(name, .takes(condition, .relaxed)))
  }

  /// The next event must match.
  public func next(_ name: String, where condition: RuleCondition) -> Self {
    adding(Step(name, .takes(condition, .strict)))
  }

  /// The first later event that matches.
  public func followedBy(_ name: String, where condition: RuleCondition) -> Self {
    adding(Step(name, .takes(condition, .relaxed)))
  }

  /// Any later event that matches: a match for each.
  public func followedByAny(_ name: String, where condition: RuleCondition) -> Self {
    adding(Step(name, .takes(condition, .any)))
  }

  /// The next event must not match.
  public func notNext(_ name: String, where condition: RuleCondition) -> Self {
    adding(Step(name, .notNext(condition)))
  }

  /// No event may match until the next step takes one; at the end of a pattern, until the window has passed.
  public func notFollowedBy(_ name: String, where condition: RuleCondition) -> Self {
    adding(Step(name, .notFollowedBy(condition)))
  }

  /// Waits until all parts hold.
  ///
  /// As the first step it waits from the moment the pattern is begun for a key.
  public func all(_ name: String, _ parts: Part...) -> Self { adding(Step(name, .all(parts))) }

  /// Waits until the first part holds.
  ///
  /// As the first step it waits from the moment the pattern is begun for a key.
  public func any(_ name: String, _ parts: Part...) -> Self { adding(Step(name, .any(parts))) }

  /// Waits until for so long no event has matched; a match in which one does is given up.
  public func absence(_ name: String, of condition: RuleCondition, lasting span: Duration) -> Self {
    adding(Step(name, .all([.absence(of: condition, lasting: span)])))
  }

  // MARK: Quantifiers

  /// The last step takes exactly so many events.
  public func times(_ count: Int) -> Self { times(count, count) }

  /// The last step takes at least and at most so many events.
  public func times(_ minimum: Int, _ maximum: Int) -> Self {
    changing {
      $0.minimum = minimum
      $0.maximum = maximum
    }
  }

  /// The last step takes one event or more.
  public func oneOrMore() -> Self { timesOrMore(1) }

  /// The last step takes at least so many events.
  public func timesOrMore(_ minimum: Int) -> Self {
    changing {
      $0.minimum = minimum
      $0.maximum = nil
    }
  }

  /// The last step may be left out.
  public func optional() -> Self { changing { $0.isOptional = true } }

  /// The last step takes every event that it can before the next step takes one.
  public func greedy() -> Self { changing { $0.isGreedy = true } }

  /// Nothing may lie between the events of the last step.
  public func consecutive() -> Self { changing { $0.inner = .strict } }

  /// Anything may lie between the events of the last step.
  public func allowCombinations() -> Self { changing { $0.inner = .any } }

  /// The last step takes no more events from the first one on for which the condition holds.
  public func until(_ condition: RuleCondition) -> Self { changing { $0.until = condition } }

  /// All within this time, both ends included.
  public func within(_ window: Duration) -> Self {
    var copy = self
    copy.window = window
    return copy
  }

  /// What becomes of other partial matches after a match.
  public func afterMatch(_ skip: Skip) -> Self {
    var copy = self
    copy.skip = skip
    return copy
  }

  private func adding(_ step: Step) -> Self {
    var copy = self
    copy.steps.append(step)
    return copy
  }

  private func changing(_ body: (inout Step) -> Void) -> Self {
    var copy = self
    if !copy.steps.isEmpty { body(&copy.steps[copy.steps.count - 1]) }
    return copy
  }
}
