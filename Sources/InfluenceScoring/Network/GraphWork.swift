import DenseData

/// How a measure is to be computed: on how many threads, and who wants to know how far it is.
///
/// Neither changes the result. Small graphs are worked on by one thread whatever is allowed. A measure that runs in a
/// task ends with ``GraphError`` `cancelled` soon after the task is cancelled.
public struct GraphWork: Sendable {
  /// The most threads to use, at least 1; of more than 256 no more are used, as measures keep memory for each.
  public var threads: Int
  /// Called now and then on the calling thread with the part that is done, 0 … 1.
  public var progress: (@Sendable (Double) -> Void)?

  /// Creates a way of working; by default one thread.
  public init(threads: Int = 1, progress: (@Sendable (Double) -> Void)? = nil) {
    self.threads = min(max(1, threads), Self.mostThreads)
    self.progress = progress
  }

  private static let mostThreads = 256

  /// The loop for work of so many steps of a few nanoseconds each: waking a thread costs more than 100,000 of them save.
  func loop(steps: Int) -> ChunkedLoop { ChunkedLoop(threads: min(threads, Self.mostThreads, steps / 100_000)) }

  /// Runs the chunks of a loop, some at a time, so that between them progress is told and a cancelled task noticed.
  /// - Throws: `cancelled` when the task was.
  func run(
    _ loop: ChunkedLoop, _ count: Int, _ body: (_ worker: Int, _ chunk: Int) -> Void
  ) throws(GraphError) {
    let size = loop.threads * 8
    for first in stride(from: 0, to: count, by: size) {
      let last = min(first + size, count)
      loop.run(last - first) { worker, chunk in body(worker, first + chunk) }
      try report(Double(last) / Double(count))
    }
  }

  /// Goes through parts of numbered work one by one, so that between them progress is told and a cancelled task noticed.
  /// - Parameters:
  ///   - cuts: where each part begins, and the end.
  ///   - part: what part of the whole measure this is.
  /// - Throws: `cancelled` when the task was.
  @inline(__always)
  func inOrder(
    _ cuts: [Int], part: ClosedRange<Double> = 0...1, _ body: (_ numbers: Range<Int>) -> Void
  ) throws(GraphError) {
    for place in 0..<max(cuts.count - 1, 0) {
      body(cuts[place]..<cuts[place + 1])
      let done = Double(place + 1) / Double(cuts.count - 1)
      try report(part.lowerBound + done * (part.upperBound - part.lowerBound))
    }
  }

  /// How many nodes a search meets before it tells its progress.
  static let nodesBetweenReports = 1 << 16

  /// Tells how far the work is.
  /// - Throws: `cancelled` when the task was.
  func report(_ part: Double) throws(GraphError) {
    if Task.isCancelled { throw GraphError(.cancelled, subject: "measure", "the task was cancelled") }
    progress?(min(max(part, 0), 1))
  }
}
