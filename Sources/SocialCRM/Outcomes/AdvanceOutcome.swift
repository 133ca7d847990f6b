public import SCRMModel

/// What followed from advancing time, or from publishing scores that rules watch.
public struct AdvanceOutcome: Sendable, Hashable {
  /// The loop's time after it.
  public var time: Instant
  /// How often people were looked at; who waits for segments and for rules is looked at for each.
  public var evaluated = 0
  /// The segments that people entered or left.
  public var segments: [SegmentChange] = []
  /// The actions proposed, suppressed ones included.
  public var actions: [ProposedAction] = []

  init(time: Instant) { self.time = time }

  mutating func add(_ later: AdvanceOutcome) {
    time = max(time, later.time)
    evaluated += later.evaluated
    segments += later.segments
    actions += later.actions
  }
}
