import SCRMModel

/// Events one after the other: each step strictly later than the one before, all within one window.
public struct EventSequence: Sendable, Hashable {
  /// The steps in order, at least two.
  public let steps: [EventSelection]
  /// The window in which all of them lie.
  public let window: TimeWindow
  /// The longest time from a step to the next, in milliseconds; `nil` without limit.
  public let gap: Int64?

  /// Creates a sequence.
  public init(_ steps: [EventSelection], in window: TimeWindow, gap: Duration? = nil) {
    self.steps = steps
    self.window = window
    self.gap = gap?.wholeMilliseconds
  }
}
