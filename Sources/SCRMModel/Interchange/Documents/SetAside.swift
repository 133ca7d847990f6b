/// A part of a document that is valid and no interaction, with the reason.
public struct SetAside: Sendable, Hashable {
  /// Where it is, such as `items[2]`; empty for the whole document.
  public var path: String
  /// Why it is no interaction; never quotes data.
  public var reason: String

  /// Creates an entry.
  public init(path: String = "", reason: String) {
    self.path = path
    self.reason = reason
  }
}
