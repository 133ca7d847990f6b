import SCRMModel

/// That a person entered or left a segment, when, and why; or that an earlier report of this did not hold.
///
/// Applied in order, changes give the memberships: an entry that is reported, or a departure that is withdrawn, makes the
/// person a member; the other two end it.
public struct LiveMembershipChange: Sendable, Hashable {
  /// What brought a change about.
  public enum Cause: UInt8, Sendable, Hashable {
    /// An event.
    case event
    /// Time that passed.
    case deadline
    /// A fact that changed.
    case fact
    /// A snapshot that was published.
    case snapshot
    /// Another definition.
    case definition
  }

  /// Whether the change is news or corrects the past.
  public enum Report: UInt8, Sendable, Hashable {
    /// It happens now, at the engine's time.
    case present
    /// It happened in the past, as a late event showed.
    case added
    /// It was reported, and a late event showed that it did not happen.
    case withdrawn
  }

  /// When, in milliseconds since 1970.
  public let time: Int64
  private let personNumber: UInt32
  private let segmentNumber: UInt32
  // −1 for none.
  private let conditionNumber: Int32
  /// Whether the person entered.
  public let isEntry: Bool
  /// What brought it about.
  public let cause: Cause
  /// Whether it is news.
  public let report: Report

  /// The number of the person in the engine.
  public var person: Int { Int(personNumber) }
  /// The number of the segment in the catalogue.
  public var segment: Int { Int(segmentNumber) }
  /// The number of the condition that changed, for ``LiveSegments/condition(_:)``, the lowest of several; `nil` where the
  /// whole segment was decided anew.
  public var condition: Int? { conditionNumber < 0 ? nil : Int(conditionNumber) }

  init(
    person: Int, segment: Int, isEntry: Bool, time: Int64, cause: Cause, condition: Int?, report: Report
  ) {
    personNumber = UInt32(truncatingIfNeeded: person)
    segmentNumber = UInt32(truncatingIfNeeded: segment)
    conditionNumber = Int32(truncatingIfNeeded: condition ?? -1)
    self.time = time
    self.isEntry = isEntry
    self.cause = cause
    self.report = report
  }
}

/// What became of something handed to the engine.
public enum Arrival: Sendable, Hashable {
  /// It was in order.
  case onTime
  /// It was late, but within the lateness: the past was corrected.
  case late
  /// It was later than that and changed nothing; so does what names a person or a kind the engine gave no number.
  case tooLate
}
