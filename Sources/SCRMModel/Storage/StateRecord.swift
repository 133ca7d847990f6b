public import SCRMExpressions

/// The name of a kind of module state, such as `segmentation.activity`.
public struct StateKind: TextIdentifier {
  /// The name.
  public let rawValue: String
  /// Wraps a name.
  public init(_ rawValue: String) { self.rawValue = rawValue }
}

/// What a piece of module state belongs to.
public enum StateKey: Sendable, Hashable, Comparable {
  /// A person.
  case person(PersonID)
  /// An interaction.
  case event(EventKey)
  /// A name chosen by the module.
  case name(String)

  /// Orders people, then events, then names, each by bytes.
  public static func < (left: Self, right: Self) -> Bool {
    switch (left, right) {
    case (.person(let l), .person(let r)): l < r
    case (.event(let l), .event(let r)): l < r
    case (.name(let l), .name(let r)): l.byteOrder(r) == .ascending
    case (.person, _): true
    case (_, .person): false
    case (.event, .name): true
    case (.name, .event): false
    }
  }

  /// Whether both are the same, texts by bytes.
  @inlinable
  public static func == (left: Self, right: Self) -> Bool {
    switch (left, right) {
    case (.person(let l), .person(let r)): l == r
    case (.event(let l), .event(let r)): l == r
    case (.name(let l), .name(let r)): isSame(l, r)
    default: false
    }
  }

  @usableFromInline
  static func isSame(_ left: String, _ right: String) -> Bool { left.sameBytes(as: right) }

  /// Hashes the content.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .person(let id): hasher.combine(id)
    case .event(let key): hasher.combine(key)
    case .name(let text): text.hashBytes(into: &hasher)
    }
  }

  /// The text form for stores with text keys: `p:…`, `e:<length of source>:<source><id>` or `n:…`.
  ///
  /// Injective.
  public var text: String {
    switch self {
    case .person(let id): "p:" + id.description
    case .event(let key): "e:\(key.source.rawValue.utf8.count):" + key.source.rawValue + key.id
    case .name(let text): "n:" + text
    }
  }

  /// Reads the text form; `nil` for any other text.
  public init?(text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 2, bytes[1] == 0x3A else { return nil }
    let rest = bytes[2...]
    switch bytes[0] {
    case 0x70:
      guard let id = PersonID(String(decoding: rest, as: UTF8.self)) else { return nil }
      self = .person(id)
    case 0x65:
      // The length is read back as it is written, and must not cut a character in two.
      guard let colon = rest.firstIndex(of: 0x3A), let length = Int(String(decoding: rest[..<colon], as: UTF8.self)),
        length >= 0, length < bytes.count - colon, Array(String(length).utf8) == Array(rest[..<colon]),
        let source = String(validating: bytes[(colon + 1)..<(colon + 1 + length)], as: UTF8.self),
        let id = String(validating: bytes[(colon + 1 + length)...], as: UTF8.self)
      else { return nil }
      self = .event(EventKey(SourceID(source), id))
    case 0x6E: self = .name(String(decoding: rest, as: UTF8.self))
    default: return nil
    }
  }
}

/// A module's state for one key: opaque bytes with their schema, and optionally a time at which it is due.
public struct StateRecord: Sendable, Hashable, Redacted {
  @usableFromInline
  struct Fields: Sendable, Hashable {
    @usableFromInline var key: StateKey
    @usableFromInline var version: LogPosition
    @usableFromInline var bytes: [UInt8]
    @usableFromInline var due: Instant?
    @usableFromInline var kind: StateKind
    @usableFromInline var schema: Int
  }

  // One reference wide: records stand in several arrays on their way through a batch.
  @usableFromInline
  final class Box: Sendable {
    @usableFromInline let fields: Fields
    init(_ fields: Fields) { self.fields = fields }
  }

  @usableFromInline private(set) var box: Box

  private var fields: Fields {
    get { box.fields }
    set { box = Box(newValue) }
  }

  /// Creates a record.
  public init(
    kind: StateKind, key: StateKey, version: LogPosition, schema: Int, due: Instant? = nil, bytes: [UInt8]
  ) {
    box = Box(Fields(key: key, version: version, bytes: bytes, due: due, kind: kind, schema: schema))
  }

  /// What kind of state it is.
  public var kind: StateKind {
    @inlinable get { box.fields.kind }
    set { fields.kind = newValue }
  }
  /// What it belongs to.
  public var key: StateKey {
    @inlinable get { box.fields.key }
    set { fields.key = newValue }
  }
  /// The log position at which the record last changed.
  public var version: LogPosition {
    @inlinable get { box.fields.version }
    set { fields.version = newValue }
  }
  /// The version of the form of `bytes`; a module refuses one it does not know.
  public var schema: Int {
    @inlinable get { box.fields.schema }
    set { fields.schema = newValue }
  }
  /// When the module wants to look at it again as time advances; `nil` for never.
  public var due: Instant? {
    @inlinable get { box.fields.due }
    set { fields.due = newValue }
  }
  /// The state.
  public var bytes: [UInt8] {
    @inlinable get { box.fields.bytes }
    set { fields.bytes = newValue }
  }

  /// Whether both records are the same in every part.
  public static func == (left: StateRecord, right: StateRecord) -> Bool {
    left.box === right.box || left.box.fields == right.box.fields
  }

  /// Hashes kind and key.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(kind)
    hasher.combine(key)
  }

  /// Whether it is of a kind, found out without copying it.
  package func isKind(_ kind: StateKind) -> Bool { box.fields.kind == kind }

  /// Whether it is the record of a kind and key, found out without copying either.
  @inlinable package func isState(_ kind: StateKind, _ key: StateKey) -> Bool {
    box.fields.key == key && box.fields.kind == kind
  }

  /// The person it belongs to, found out without copying the key.
  @inlinable package var person: PersonID? { if case .person(let id) = box.fields.key { id } else { nil } }

  /// The hash of the key, found out without copying it.
  package var keyHash: UInt64 { box.fields.key.indexHash }

  /// Whether both are of the same kind, found out without copying either.
  @inlinable package func isSameKind(as other: StateRecord) -> Bool { box.fields.kind == other.box.fields.kind }

  /// Whether both are of the same kind and key, found out without copying either.
  @inlinable package func isSameState(as other: StateRecord) -> Bool {
    box.fields.key == other.box.fields.key && box.fields.kind == other.box.fields.kind
  }

  /// Whether it is the record of a key, found out without copying it.
  @inlinable package func isRow(of key: StateKey) -> Bool { box.fields.key == key }

  /// The kind, the version and the length of the state.
  public var redactedDescription: String { "\(kind) at \(version), \(bytes.count) bytes" }
}
