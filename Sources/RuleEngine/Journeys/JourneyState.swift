import SCRMExpressions
import SCRMModel
import StateCoding

/// Where a person is in a journey, or that they were in it.
struct JourneyState: Sendable, Hashable {
  var journey: UInt64
  var version: Int
  /// The step they wait in; `nil` once they left.
  var step: String?
  /// When they entered.
  var entered: Instant
  /// When the wait ends.
  var wake: Instant?
  /// The action that started it.
  var action: ActionID?

  init(
    journey: UInt64, version: Int, step: String?, entered: Instant, wake: Instant? = nil, action: ActionID? = nil
  ) {
    self.journey = journey
    self.version = version
    self.step = step
    self.entered = entered
    self.wake = wake
    self.action = action
  }

  func write(to writer: inout ByteWriter) {
    writer.fixed(journey)
    writer.count(version)
    writer.bool(step != nil)
    if let step { writer.string(step) }
    writer.instant(entered)
    writer.instant(wake)
    writer.bool(action != nil)
    if let action { writer.id(action) }
  }

  init(from reader: inout ByteReader) throws(StateDecodingError) {
    journey = try reader.fixed()
    version = try reader.integer()
    step = try reader.bool() ? try reader.string() : nil
    entered = try reader.requiredInstant()
    wake = try reader.instant()
    action = try reader.bool() ? try reader.id() : nil
  }
}

/// That someone entered, went on in, or left a journey.
public struct JourneyChange: Sendable, Hashable {
  /// What happened.
  public enum Event: Sendable, Hashable {
    /// They entered.
    case entered
    /// They came to wait in a step.
    case waits(step: String)
    /// They left because the goal was reached.
    case reachedGoal
    /// They left because of the exit condition.
    case exited
    /// They came to the end of the steps.
    case completed
    /// A rule stopped it.
    case stopped
    /// A newer version replaced theirs, and they could not go on in it.
    case replaced
  }

  /// The journey.
  public var journey: String
  /// Its version.
  public var version: Int
  /// What happened.
  public var event: Event

  /// Creates a change.
  public init(_ journey: String, version: Int, _ event: Event) {
    self.journey = journey
    self.version = version
    self.event = event
  }
}
