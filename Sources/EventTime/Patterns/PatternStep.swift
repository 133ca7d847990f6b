/// One step of a pattern over time: which events it takes, how many, and what may lie before it.
package struct PatternStep: Sendable, Hashable {
  /// What may lie between an event and the one taken before it (Flink CEP's contiguity).
  package enum Contiguity: Sendable, Hashable {
    /// `next`, `consecutive`: nothing.
    case strict
    /// `followedBy`: events that do not match; the first one that does is taken.
    case relaxed
    /// `followedByAny`, `allowCombinations`: anything, matching events too.
    case any
  }

  /// Whether a step takes events or forbids them.
  package enum Kind: Sendable, Hashable {
    /// Takes events.
    case takes
    /// `notNext`: the very next event must not match.
    case notNext
    /// `notFollowedBy`: none may match before the next step takes its event, or, at the end, within the window.
    case notFollowedBy
    /// Waits for the parts of a gate.
    case waits
  }

  /// The name, unique in the pattern.
  package var name: String
  /// The number of the predicate, 0 … 63.
  package var condition: Int
  /// Whether the step takes, forbids or waits.
  package var kind = Kind.takes
  /// What a step that waits waits for.
  package var gate: PatternGate?
  /// What may lie before the step's first event.
  package var contiguity = Contiguity.relaxed
  /// How many events at least, from 1.
  package var minimum = 1
  /// How many at most; `nil` for no limit.
  package var maximum: Int? = 1
  /// What may lie between the step's own events.
  package var inner = Contiguity.relaxed
  /// Whether the step may be left out altogether.
  package var isOptional = false
  /// Whether an event that the step can still take never goes to a later step.
  package var isGreedy = false
  /// The number of the predicate that ends the taking of further events; `nil` for none.
  package var until: Int?

  /// The predicates it names, a bit each.
  var named: UInt64 {
    let own: UInt64 = kind == .waits ? 0 : 1 << UInt64(condition)
    let parts = (gate?.parts ?? []).reduce(UInt64(0)) { $0 | 1 << UInt64($1.condition) }
    return own | parts | (until.map { 1 << UInt64($0) } ?? 0)
  }

  /// Whether the very next event matters to it, whatever that is.
  var heedsNext: Bool { kind == .notNext || kind == .takes && inner == .strict && (maximum ?? 2) > 1 }

  /// Creates a step.
  package init(_ name: String, _ condition: Int, kind: Kind = .takes, contiguity: Contiguity = .relaxed) {
    self.name = name
    self.condition = condition
    self.kind = kind
    self.contiguity = contiguity
  }

  /// Creates a step that waits for the parts of a gate.
  package init(_ name: String, _ gate: PatternGate) {
    self.name = name
    condition = 0
    kind = .waits
    self.gate = gate
  }
}
