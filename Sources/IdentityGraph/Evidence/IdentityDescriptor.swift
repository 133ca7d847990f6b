public import SCRMModel

/// Something a statement says of the party beside its identifiers, by which two parties can be told apart.
///
/// A descriptor never joins anybody. It separates: see ``DescriptorComparison``.
public struct IdentityDescriptor: Sendable, Hashable, Codable, Redacted {
  /// What is described.
  public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    /// A person's name in any script and order, as written.
    case name
    /// A date of birth, `yyyy-mm-dd`.
    case birthDate
    /// A town or region where the party lives.
    case place
  }

  /// What is described.
  public var kind: Kind
  /// The value as written.
  public var value: String

  /// Creates a descriptor.
  public init(_ kind: Kind, _ value: String) {
    self.kind = kind
    self.value = value
  }

  /// Whether kind and bytes are the same.
  public static func == (left: Self, right: Self) -> Bool {
    left.kind == right.kind && left.value.sameBytes(as: right.value)
  }

  /// Hashes kind and bytes.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(kind)
    value.hashBytes(into: &hasher)
  }

  /// The kind without the value.
  public var redactedDescription: String { "\(kind.rawValue):‹redacted›" }
}
