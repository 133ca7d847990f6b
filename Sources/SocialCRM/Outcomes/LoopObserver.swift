public import SCRMModel

/// Someone who is told what the loop does, for metrics and logs.
///
/// Called in order, from the loop; return quickly.
public protocol LoopObserver: Sendable {
  /// Takes note of an event. Events hold no personal data.
  func observe(_ event: LoopEvent)
}

/// Something the loop did.
public enum LoopEvent: Sendable, Hashable {
  /// A batch was committed.
  case committed(BatchMetrics)
  /// An interaction was refused.
  case refused(EventKey, SCRMError)
  /// The store had moved on; the batch is decided again, for the given time in a row.
  case conflict(attempt: Int)
}

/// What a committed batch cost.
public struct BatchMetrics: Sendable, Hashable {
  /// Interactions accepted.
  public var accepted = 0
  /// Interactions known already.
  public var duplicates = 0
  /// Interactions refused.
  public var refused = 0
  /// Rows asked for.
  public var rowsRead = 0
  /// Rows written.
  public var rowsWritten = 0
  /// The end of the log after it.
  public var head = LogPosition.start

  /// Creates empty metrics.
  public init() {}
}
