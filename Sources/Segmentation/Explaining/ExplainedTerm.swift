public import SCRMModel

/// One term of a segment's condition as it stands for one person.
public struct ExplainedTerm: Sendable, Hashable {
  /// A value the term looks at.
  public struct Reading: Sendable, Hashable {
    /// The measure as text of the language, or the name of the fact.
    public var name: String
    /// Its value; `nil` when there is none, which leaves a comparison undecided.
    public var value: Value?

    /// Creates a reading.
    public init(_ name: String, _ value: Value?) {
      self.name = name
      self.value = value
    }
  }

  /// Whether the term can still come to be otherwise.
  public enum Outlook: String, Sendable, Hashable, Codable, CaseIterable {
    /// It can, and ``ExplainedTerm/change`` says how.
    case open
    /// Nothing that may still happen changes it, as with something done once in a window without end.
    case final
    /// Neither a way nor a proof that there is none was found.
    case unknown
  }

  /// The segment in whose definition it stands.
  public var segment: SegmentName
  /// The term: what is measured, how it is compared, and the threshold.
  public var condition: SegmentCondition
  /// Whether it holds; an undecided term does not.
  public var holds: Bool
  /// What it looks at.
  public var readings: [Reading]
  /// Whether the answer rests on it: every term that holds in a group of which all must, every one that does not hold in a
  /// group of which one must, and so on up to the segment.
  public var isDeciding: Bool
  /// Whether it can still change.
  public var outlook: Outlook
  /// Why it cannot; `nil` unless it is final.
  public var reason: String?
  /// What would turn this term round, by itself alone.
  public var change: SegmentSuggestion?
  /// When it changes if nothing happens, in milliseconds since 1970; `nil` for never.
  public var changesByItself: Int64?

  /// Creates a term.
  public init(
    segment: SegmentName, condition: SegmentCondition, holds: Bool, readings: [Reading] = [], isDeciding: Bool,
    outlook: Outlook, reason: String? = nil, change: SegmentSuggestion? = nil, changesByItself: Int64? = nil
  ) {
    self.segment = segment
    self.condition = condition
    self.holds = holds
    self.readings = readings
    self.isDeciding = isDeciding
    self.outlook = outlook
    self.reason = reason
    self.change = change
    self.changesByItself = changesByItself
  }

  /// The constant a measure is compared with; `nil` for terms without one threshold.
  public var threshold: Value? { if case .measure(_, _, let value) = condition { value } else { nil } }
  /// How a measure is compared with the threshold.
  public var comparison: MeasureComparison? {
    if case .measure(_, let comparison, _) = condition { comparison } else { nil }
  }
}
