public import SCRMExpressions
import StrictJSON

/// Which account and person a normalised identifier leads to.
public struct IdentityRecord: Sendable, Hashable {
  /// The normalised identifier.
  public var key: IdentifierKey
  /// Its account; never changes.
  public var account: AccountID
  /// The person the account is joined to; always the surviving one.
  public var person: PersonID
  /// The log position at which the record last changed.
  public var version: LogPosition

  /// Creates a record.
  public init(key: IdentifierKey, account: AccountID, person: PersonID, version: LogPosition) {
    self.key = key
    self.account = account
    self.person = person
    self.version = version
  }
}

/// The two ends of a tie; ties are directed.
public struct TieKey: Sendable, Hashable, Comparable {
  /// The account that acts.
  public var from: AccountID
  /// The account it is directed at.
  public var to: AccountID
  /// Creates a key.
  public init(from: AccountID, to: AccountID) {
    self.from = from
    self.to = to
  }
  /// Orders by `from`, then `to`.
  public static func < (left: Self, right: Self) -> Bool {
    left.from != right.from ? left.from < right.from : left.to < right.to
  }
}

/// The state of a tie, opaque to the store.
public struct TieRecord: Sendable, Hashable, Redacted {
  /// The two ends.
  public var key: TieKey
  /// The log position at which the record last changed.
  public var version: LogPosition
  /// The version of the form of `bytes`.
  public var schema: Int
  /// The state, in the form of the module that owns ties.
  public var bytes: [UInt8]

  /// Creates a record.
  public init(key: TieKey, version: LogPosition, schema: Int, bytes: [UInt8]) {
    self.key = key
    self.version = version
    self.schema = schema
    self.bytes = bytes
  }

  /// The two ends and the length of the state.
  public var redactedDescription: String { "tie \(key.from) → \(key.to), \(bytes.count) bytes" }
}

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
  public static func == (left: Self, right: Self) -> Bool {
    switch (left, right) {
    case (.person(let l), .person(let r)): l == r
    case (.event(let l), .event(let r)): l == r
    case (.name(let l), .name(let r)): l.sameBytes(as: r)
    default: false
    }
  }

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
  /// What kind of state it is.
  public var kind: StateKind
  /// What it belongs to.
  public var key: StateKey
  /// The log position at which the record last changed.
  public var version: LogPosition
  /// The version of the form of `bytes`; a module refuses one it does not know.
  public var schema: Int
  /// When the module wants to look at it again as time advances; `nil` for never.
  public var due: Instant?
  /// The state.
  public var bytes: [UInt8]

  /// Creates a record.
  public init(
    kind: StateKind, key: StateKey, version: LogPosition, schema: Int, due: Instant? = nil, bytes: [UInt8]
  ) {
    self.kind = kind
    self.key = key
    self.version = version
    self.schema = schema
    self.due = due
    self.bytes = bytes
  }

  /// The kind, the version and the length of the state.
  public var redactedDescription: String { "\(kind) at \(version), \(bytes.count) bytes" }
}

/// That a person is in a segment.
public struct Membership: Sendable, Hashable {
  /// The name of the segment.
  public var segment: String
  /// The member.
  public var person: PersonID
  /// The loop's time when it was decided.
  public var since: Instant
  /// The log position that decided it.
  public var version: LogPosition

  /// Creates a membership.
  public init(segment: String, person: PersonID, since: Instant, version: LogPosition) {
    self.segment = segment
    self.person = person
    self.since = since
    self.version = version
  }
}

/// That two people turned out to be one, and why.
public struct MergeRecord: Sendable, Hashable, Codable {
  /// The person who stays.
  public var survivor: PersonID
  /// The person who redirects to the survivor from now on.
  public var absorbed: PersonID
  /// The accounts that came with the absorbed person.
  public var accounts: [AccountID]
  /// The interaction that showed it.
  public var cause: EventKey
  /// The accounts of that interaction, which had belonged to both.
  public var evidence: [AccountID]
  /// When it was decided, in the loop's time.
  public var time: Instant
  /// The log position that decided it.
  public var position: LogPosition

  /// Creates a record.
  public init(
    survivor: PersonID, absorbed: PersonID, accounts: [AccountID], cause: EventKey, evidence: [AccountID],
    time: Instant, position: LogPosition
  ) {
    self.survivor = survivor
    self.absorbed = absorbed
    self.accounts = accounts
    self.cause = cause
    self.evidence = evidence
    self.time = time
    self.position = position
  }
}
