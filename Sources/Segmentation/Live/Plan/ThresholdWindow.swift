/// What terms ask of the count or the sum of one stream in one rolling window.
///
/// The limits ascend, and how many of them are reached is kept for every person as the level of the window. A change
/// passes only the limits between the old level and the new one, however many terms there are.
struct ThresholdWindow: Sendable {
  /// The length in milliseconds.
  let span: Int64
  /// The first limit in the plan's list.
  let first: Int
  /// How many limits there are, at most ``limit``.
  let count: Int

  /// A level takes eight bits; more limits than that stand in several windows of the same length.
  static let limit = Int(UInt8.max)
}

/// A limit that terms compare a count or a sum with.
struct Threshold<Number: Comparable & Sendable>: Sendable {
  /// What must be reached.
  let least: Number
  /// The leaf that holds when it is reached, −1 when there is none.
  var reached: Int32 = -1
  /// The leaf that holds when it is not, −1 when there is none.
  var missed: Int32 = -1
}

/// Terms that are brought up to date together, with one deadline.
enum DeadlineSlot: Sendable {
  /// The counts of a stream.
  case counts(stream: Int, windows: Range<Int>)
  /// The sums of a stream.
  case sums(stream: Int, windows: Range<Int>)
  /// A leaf of any other kind that may change with time.
  case leaf(Int)
}

/// Gathers the thresholds of leaves by stream and window.
struct ThresholdTable<Number: Comparable & Sendable & Hashable> {
  private(set) var windows: ContiguousArray<ThresholdWindow> = []
  private(set) var steps: ContiguousArray<Threshold<Number>> = []
  /// The streams that have windows, ascending, with their windows.
  private(set) var streams: [(stream: Int, windows: Range<Int>)] = []

  /// A leaf that asks whether a limit is reached in a window of a stream, or whether it is not.
  struct Question {
    let leaf: Int32
    let stream: Int
    let span: Int64
    let least: Number
    let isMissed: Bool
  }

  init(_ questions: [Question]) {
    let ordered = questions.sorted {
      ($0.stream, $0.span, $0.leaf) < ($1.stream, $1.span, $1.leaf)
    }
    var place = 0
    while place < ordered.count {
      let stream = ordered[place].stream
      let begin = windows.count
      while place < ordered.count, ordered[place].stream == stream {
        let span = ordered[place].span
        var limits: [Number: Threshold<Number>] = [:]
        while place < ordered.count, ordered[place].stream == stream, ordered[place].span == span {
          let question = ordered[place]
          var threshold = limits[question.least] ?? Threshold(least: question.least)
          if question.isMissed { threshold.missed = question.leaf } else { threshold.reached = question.leaf }
          limits[question.least] = threshold
          place += 1
        }
        add(limits.values.sorted { $0.least < $1.least }, span: span)
      }
      streams.append((stream, begin..<windows.count))
    }
  }

  private mutating func add(_ limits: [Threshold<Number>], span: Int64) {
    for start in stride(from: 0, to: limits.count, by: ThresholdWindow.limit) {
      let part = limits[start..<min(start + ThresholdWindow.limit, limits.count)]
      windows.append(ThresholdWindow(span: span, first: steps.count, count: part.count))
      steps += part
    }
  }
}
