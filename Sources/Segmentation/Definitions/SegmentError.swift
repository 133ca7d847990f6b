import SCRMModel

/// Why a definition was refused.
public struct SegmentError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The kind of fault; codes may be added.
  public struct Code: Sendable, Hashable {
    /// The stable name of the code.
    public let name: String
    /// The text is not of the language, or an expression does not fit the facts.
    public static let expression = Code(name: "expression")
    /// A behaviour function has other arguments than it takes.
    public static let arguments = Code(name: "arguments")
    /// A window, gap or delay is not above zero, or a range ends before it begins.
    public static let window = Code(name: "window")
    /// A zone is not known.
    public static let unknownZone = Code(name: "unknownZone")
    /// A field of `event` is not declared or has another type.
    public static let field = Code(name: "field")
    /// A constant is of another kind than what it is compared with.
    public static let constant = Code(name: "constant")
    /// A segment that is named does not exist.
    public static let unknownSegment = Code(name: "unknownSegment")
    /// Segments refer to one another in a circle.
    public static let cycle = Code(name: "cycle")
    /// Two segments have the same name.
    public static let duplicateName = Code(name: "duplicateName")
    /// A condition has too many levels or parts.
    public static let limit = Code(name: "limit")
  }

  /// What kind of fault it is.
  public let code: Code
  /// The segment; `nil` for a condition that stands alone.
  public let segment: SegmentName?
  /// What was found and what was expected.
  public let reason: String

  /// Creates an error.
  public init(_ code: Code, segment: SegmentName? = nil, _ reason: String) {
    self.code = code
    self.segment = segment
    self.reason = reason
  }

  /// The same error, of a segment.
  func inSegment(_ name: SegmentName) -> SegmentError { SegmentError(code, segment: name, reason) }

  /// Segment, reason and code.
  public var description: String { (segment.map { "segment \($0): " } ?? "") + "\(reason) (\(code.name))" }
}
