import StateCoding

/// The segments a person is in.
///
/// Names are looked up only when they are asked for.
public struct SegmentMembership: Sendable {
  /// The registered names with their hashes, shared by everyone.
  package final class Names: Sendable {
    package let names: [String]
    package let hashes: [UInt64]

    package init(_ names: [String]) {
      self.names = names
      hashes = names.map(nameHash)
    }
  }

  private let registered: Names
  private let members: [UInt64]

  /// Creates a membership of the named segments.
  public init(_ names: [String]) {
    registered = Names(names)
    members = registered.hashes
  }

  /// Creates a membership from hashes of registered names.
  package init(_ members: [UInt64], of registered: Names) {
    self.members = members
    self.registered = registered
  }

  /// The names in registration order.
  public var names: [String] {
    if members.isEmpty { return [] }
    return registered.names.indices.filter { members.contains(registered.hashes[$0]) }.map { registered.names[$0] }
  }

  /// Whether a segment is among them.
  public func contains(_ name: String) -> Bool { !members.isEmpty && members.contains(nameHash(name)) }
}
