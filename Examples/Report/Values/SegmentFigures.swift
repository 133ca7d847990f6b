public import SocialCRM

/// Who is in a segment, and who entered and left it during the run.
public struct SegmentFigures: Sendable, Hashable {
  /// The name of the segment.
  public var name: String
  /// The version of its condition.
  public var version: Int
  /// How many people are in it at the end.
  public var members: Int
  /// How often people entered it.
  public var entered: Int
  /// How often people left it.
  public var left: Int
  /// Changes with their reasons.
  public var examples: [SegmentChange]

  /// Creates figures.
  public init(
    name: String, version: Int, members: Int = 0, entered: Int = 0, left: Int = 0, examples: [SegmentChange] = []
  ) {
    self.name = name
    self.version = version
    self.members = members
    self.entered = entered
    self.left = left
    self.examples = examples
  }
}
