public import SCRMModel

/// The condition of a segment: what text, JSON form and Swift builder all make, and what both engines evaluate.
///
/// ```swift
/// let written = try SegmentCondition(parsing: "count('purchase', days(30)) >= 3 && person.city == '上海'")
/// let built =
///   Measure.count("purchase", in: .days(30)) >= 3
///   && .facts(ExpressionTerm<String>(variable: "person.city") == "上海")
/// print(written == built)  // true
/// ```
///
/// The logic is that of the language: what depends on a missing fact, or on the average of nothing, is undecided, and
/// whoever is undecided is not a member. So `!(person.age < 18)` holds for nobody whose age is unknown; see
/// ``normalised``.
///
/// A segment that names itself means who is in it so far, which gives it two thresholds, one to enter and one to leave
/// (hysteresis): `count('post', days(28)) >= 5 || (segment('deep') && count('post', days(28)) >= 2)` as the definition of
/// `deep`. It may do so without `!` only.
public indirect enum SegmentCondition: Sendable, Hashable {
  /// Always or never.
  case constant(Bool)
  /// All of them.
  case all([SegmentCondition])
  /// One of them.
  case any([SegmentCondition])
  /// Not.
  case not(SegmentCondition)
  /// A condition over the facts of a `FactSchema` alone, with result bool.
  case facts(ExpressionTree)
  /// A measure compared with a constant.
  case measure(Measure, MeasureComparison, Value)
  /// A condition in which behaviour functions stand among other operations, such as a ratio of two counts.
  case expression(ExpressionTree)
  /// Events one after the other.
  case sequence(EventSequence)
  /// An event without what should have followed.
  case unanswered(UnansweredEvent)
  /// Membership in another segment of the same catalogue.
  case segment(SegmentName)
  /// Membership in a published snapshot, such as a ``PopulationRank``.
  case snapshot(SegmentName)
}

extension SegmentCondition {
  /// A condition over facts, written with the builder of the language; chains of `&&`, `||` and `!` are taken apart.
  public static func facts(_ condition: ExpressionTerm<Bool>) -> SegmentCondition {
    SegmentCondition.split(condition.tree)
  }

  /// Someone of a stated population who did not do something in a window.
  public static func didNot(
    _ events: EventSelection, in window: TimeWindow, among population: SegmentCondition
  ) -> SegmentCondition {
    population && Measure.count(events, in: window) == 0
  }

  /// A frequency band: at least `low` and fewer than `high` times.
  public static func band(_ measure: Measure, from low: Int, below high: Int) -> SegmentCondition {
    measure >= low && measure < high
  }

  /// The same condition with every `not` pushed down to terms that are always decided.
  ///
  /// Afterwards `not` stands only before `sequence`, `unanswered`, `segment` and `snapshot`; a negated comparison is
  /// inverted and a negated expression holds a `!` of its own. A term that is undecided then simply counts as false:
  /// this form gives the three-valued logic of the language with two truth values.
  public var normalised: SegmentCondition { normalised(negated: false) }

  private func normalised(negated: Bool) -> SegmentCondition {
    switch self {
    case .constant(let value): .constant(value != negated)
    case .all(let parts):
      negated ? .any(parts.map { $0.normalised(negated: true) }) : .all(parts.map { $0.normalised(negated: false) })
    case .any(let parts):
      negated ? .all(parts.map { $0.normalised(negated: true) }) : .any(parts.map { $0.normalised(negated: false) })
    case .not(let part): part.normalised(negated: !negated)
    case .facts(let tree): negated ? .facts(.operation(.not, tree)) : self
    case .expression(let tree): negated ? .expression(.operation(.not, tree)) : self
    case .measure(let measure, let comparison, let value):
      negated ? .measure(measure, comparison.inverted, value) : self
    case .sequence, .unanswered, .segment, .snapshot: negated ? .not(self) : self
    }
  }

  /// The conditions directly below.
  public var children: [SegmentCondition] {
    switch self {
    case .all(let parts), .any(let parts): parts
    case .not(let part): [part]
    default: []
    }
  }

  /// The segments it names, in the order of the text, each once.
  public var segments: [SegmentName] {
    var names: [SegmentName] = []
    collect { if case .segment(let name) = $0, !names.contains(name) { names.append(name) } }
    return names
  }

  /// The published rankings it names, in the order of the text, each once.
  public var snapshots: [SegmentName] {
    var names: [SegmentName] = []
    collect { if case .snapshot(let name) = $0, !names.contains(name) { names.append(name) } }
    return names
  }

  /// How a segment names itself.
  enum Memory {
    case none, positive, against
  }

  /// How a normalised condition names the segment it defines: with itself it may grow, but not contradict itself.
  func remembers(_ name: SegmentName) -> Memory {
    switch self {
    case .segment(let other): return other == name ? .positive : .none
    case .not(let part): return part.remembers(name) == .none ? .none : .against
    default:
      let parts = children.map { $0.remembers(name) }
      return parts.contains(.against) ? .against : parts.contains(.positive) ? .positive : .none
    }
  }

  func collect(_ visit: (SegmentCondition) -> Void) {
    visit(self)
    for child in children { child.collect(visit) }
  }
}
