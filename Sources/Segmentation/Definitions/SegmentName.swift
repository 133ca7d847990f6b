public import SCRMModel

/// The name of a segment or of a published snapshot.
public struct SegmentName: TextIdentifier {
  /// The text.
  public let rawValue: String
  /// Wraps a text.
  public init(_ rawValue: String) { self.rawValue = rawValue }
}
