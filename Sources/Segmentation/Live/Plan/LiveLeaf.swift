import SCRMModel

/// A term whose truth is kept for every person: what segments are made of.
struct LiveLeaf: Sendable {
  enum Term: Sendable {
    /// A condition over facts.
    case facts(ExpressionProgram, slots: [Int])
    /// At least so many events in a rolling window, the most frequent term.
    case countAtLeast(stream: Int, span: Int64, least: Int)
    /// Fewer events than that.
    case countBelow(stream: Int, span: Int64, limit: Int)
    /// A sum in a rolling window that reaches a limit in units of ``ExactSum``.
    case sumAtLeast(stream: Int, span: Int64, limit: Int128)
    /// A sum that does not.
    case sumBelow(stream: Int, span: Int64, limit: Int128)
    /// Any other comparison of a measure.
    case measure(LiveMeasure, MeasureComparison, Value)
    /// An expression over facts and measures.
    case mixed(ExpressionProgram, ExpressionEnvironment, [(slot: Int, measure: LiveMeasure)], facts: [Int])
    /// Events one after the other.
    case sequence([Int], window: LiveWindow, gap: Int64?)
    /// An event without its answer.
    case unanswered(stream: Int, answer: Int, delay: Int64, window: LiveWindow)
    /// Membership in a published snapshot.
    case snapshot(SegmentName)
  }

  let term: Term
  /// The condition it stands for, as its author may read it.
  let condition: SegmentCondition

  /// The streams it reads.
  var streams: [Int] {
    switch term {
    case .facts, .snapshot: []
    case .countAtLeast(let stream, _, _), .countBelow(let stream, _, _): [stream]
    case .sumAtLeast(let stream, _, _), .sumBelow(let stream, _, _): [stream]
    case .measure(let measure, _, _): [measure.stream]
    case .mixed(_, _, let measures, _): measures.map(\.measure.stream)
    case .sequence(let steps, _, _): steps
    case .unanswered(let stream, let answer, _, _): [stream, answer]
    }
  }

  /// The facts it reads.
  var facts: [Int] {
    switch term {
    case .facts(_, let slots), .mixed(_, _, _, let slots): slots
    default: []
    }
  }
}

extension LiveLeaf {
  /// Whether it is decided with the other limits of its window.
  var isThreshold: Bool {
    switch term {
    case .countAtLeast, .countBelow, .sumAtLeast, .sumBelow: true
    default: false
    }
  }

  /// What a leaf asks of a count, if it does.
  static func count(_ leaf: LiveLeaf, _ number: Int32) -> ThresholdTable<Int>.Question? {
    switch leaf.term {
    case .countAtLeast(let stream, let span, let least):
      .init(leaf: number, stream: stream, span: span, least: least, isMissed: false)
    case .countBelow(let stream, let span, let limit):
      .init(leaf: number, stream: stream, span: span, least: limit, isMissed: true)
    default: nil
    }
  }

  /// What a leaf asks of a sum, if it does.
  static func sum(_ leaf: LiveLeaf, _ number: Int32) -> ThresholdTable<Int128>.Question? {
    switch leaf.term {
    case .sumAtLeast(let stream, let span, let limit):
      .init(leaf: number, stream: stream, span: span, least: limit, isMissed: false)
    case .sumBelow(let stream, let span, let limit):
      .init(leaf: number, stream: stream, span: span, least: limit, isMissed: true)
    default: nil
    }
  }
}

/// A measure over a stream.
struct LiveMeasure: Sendable {
  let function: Measure.Function
  let stream: Int
  let window: LiveWindow
}

/// A window with its zone resolved.
enum LiveWindow: Sendable {
  case rolling(Int64)
  case calendar(Int)
  case range(from: Int64, until: Int64)
  case ever
}
