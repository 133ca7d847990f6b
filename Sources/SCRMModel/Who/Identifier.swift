import StateCoding
public import StrictJSON

/// A name by which a party is known somewhere: a namespace, the value as the source wrote it, and how it was asserted.
public struct Identifier: Sendable, Hashable, Redacted {
  /// Where the value is unique.
  public var namespace: IdentifierNamespace
  /// The value as the source wrote it; matching uses the normalised ``IdentifierKey``.
  public var value: String
  /// How it was asserted.
  public var assertion: Assertion

  /// How sure it is that the identifier belongs to the party, from weakest to strongest.
  public enum Assertion: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
    /// Concluded by a model or heuristic.
    case inferred
    /// Said by the party or the source, not checked.
    case claimed
    /// Checked, such as by a confirmation code or a platform's login.
    case verified
    /// Seen in person, such as at a check-in.
    case inPerson

    /// Whether `left` is weaker.
    public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
    /// 0 (weakest) … 3 (strongest).
    public var rank: Int {
      switch self {
      case .inferred: 0
      case .claimed: 1
      case .verified: 2
      case .inPerson: 3
      }
    }
  }

  /// Creates an identifier.
  public init(_ namespace: IdentifierNamespace, _ value: String, _ assertion: Assertion = .claimed) {
    self.namespace = namespace
    self.value = value
    self.assertion = assertion
  }

  /// Whether namespace, value (by bytes) and assertion are the same.
  public static func == (left: Identifier, right: Identifier) -> Bool {
    left.value.sameBytes(as: right.value) && left.namespace == right.namespace && left.assertion == right.assertion
  }

  /// Hashes namespace and value.
  public func hash(into hasher: inout Hasher) {
    namespace.hash(into: &hasher)
    value.hashBytes(into: &hasher)
  }

  /// The namespace without the value.
  public var redactedDescription: String { "\(namespace):‹redacted›" }
}

extension Identifier: JSONCodable {
  /// Reads `{"ns":…,"value":…,"assertion":…}`.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    self.init(
      try object.required("ns"), try object.string("value"), try object.optionalCase("assertion") ?? .claimed)
  }

  /// Writes the namespace, the value and an assertion other than `claimed`.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("ns", namespace)
    writer.field("value", value)
    if assertion != .claimed { writer.field("assertion", assertion.rawValue) }
    writer.endObject()
  }
}

/// A normalised identifier: what is compared when people are matched.
///
/// Compares by bytes.
public struct IdentifierKey: Sendable, Hashable, Comparable, Redacted {
  /// Where the key is unique.
  public let namespace: IdentifierNamespace
  /// The normalised value.
  public let key: String
  // Keys are looked up several times on their way through a batch, so their bytes are hashed once.
  @usableFromInline let hashed: Int

  /// Creates a key from an already normalised value.
  public init(_ namespace: IdentifierNamespace, key: String) {
    self.namespace = namespace
    self.key = key
    var hash = StableHash.ofProcess()
    hash.text(key)
    hash.text(namespace.kind)
    hash.text(namespace.scope)
    hashed = Int(truncatingIfNeeded: hash.value)
  }

  /// Whether both have the same bytes.
  @inlinable
  public static func == (left: Self, right: Self) -> Bool {
    left.hashed == right.hashed && left.hasSameTexts(as: right)
  }

  @usableFromInline
  func hasSameTexts(as other: Self) -> Bool { key.sameBytes(as: other.key) && namespace == other.namespace }

  /// Hashes the bytes.
  @inlinable
  public func hash(into hasher: inout Hasher) { hasher.combine(hashed) }

  /// Byte order of namespace, then key.
  public static func < (left: Self, right: Self) -> Bool {
    left.namespace == right.namespace
      ? left.key.byteOrder(right.key) == .ascending : left.namespace < right.namespace
  }

  /// The namespace without the key.
  public var redactedDescription: String { "\(namespace):‹redacted›" }
}

extension IdentifierKey: JSONCodable {
  /// Reads `{"ns":…,"key":…}`.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    self.init(try object.required("ns"), key: try object.string("key"))
  }

  /// Writes namespace and key.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("ns", namespace)
    writer.field("key", key)
    writer.endObject()
  }
}
