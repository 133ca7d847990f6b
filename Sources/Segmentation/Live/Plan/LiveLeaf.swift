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

/// A leaf that counts, in the form the hot path reads; no stream for any other leaf.
struct CountTerm: Sendable {
  var stream: Int32 = -1
  var least: Int32 = 0
  var span: Int64 = 0
  var isBelow = false

  init(_ term: LiveLeaf.Term) {
    let (found, span, least, isBelow): (Int, Int64, Int, Bool)
    switch term {
    case .countAtLeast(let stream, let window, let limit):
      (found, span, least, isBelow) = (stream, window, limit, false)
    case .countBelow(let stream, let window, let limit): (found, span, least, isBelow) = (stream, window, limit, true)
    default: return
    }
    // A limit beyond 32 bits is left to the general form.
    guard let stream = Int32(exactly: found), let limit = Int32(exactly: least) else { return }
    (self.stream, self.least, self.span, self.isBelow) = (stream, limit, span, isBelow)
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
