public import SCRMExpressions
import StrictJSON

/// Which account and person a normalised identifier leads to.
///
/// The value is one reference wide; copying it is cheap, changing a property copies the whole.
public struct IdentityRecord: Sendable, Hashable {
  @usableFromInline
  struct Fields: Sendable, Hashable {
    @usableFromInline var key: IdentifierKey
    @usableFromInline var account: AccountID
    @usableFromInline var person: PersonID
    @usableFromInline var version: LogPosition
  }

  @usableFromInline
  final class Box: Sendable {
    @usableFromInline let fields: Fields
    init(_ fields: Fields) { self.fields = fields }
  }

  // One reference wide: records stand in several arrays on their way through a batch.
  @usableFromInline private(set) var box: Box

  private var fields: Fields {
    get { box.fields }
    set { box = Box(newValue) }
  }

  /// Creates a record.
  public init(key: IdentifierKey, account: AccountID, person: PersonID, version: LogPosition) {
    box = Box(Fields(key: key, account: account, person: person, version: version))
  }

  /// The normalised identifier.
  public var key: IdentifierKey {
    @inlinable get { box.fields.key }
    set { fields.key = newValue }
  }
  /// Its account; never changes.
  public var account: AccountID {
    @inlinable get { box.fields.account }
    set { fields.account = newValue }
  }
  /// The person the account is joined to; always the surviving one.
  public var person: PersonID {
    @inlinable get { box.fields.person }
    set { fields.person = newValue }
  }
  /// The log position at which the record last changed.
  public var version: LogPosition {
    @inlinable get { box.fields.version }
    set { fields.version = newValue }
  }

  /// The hash of the key, found out without copying it.
  package var keyHash: UInt64 { box.fields.key.indexHash }

  /// Whether both are of the same key, found out without copying either.
  package func isSameIdentity(as other: IdentityRecord) -> Bool { box.fields.key == other.box.fields.key }

  /// Whether it is the record of a key, found out without copying it.
  @inlinable package func isRow(of key: IdentifierKey) -> Bool { box.fields.key == key }

  /// Whether both records are the same in every part.
  public static func == (left: Self, right: Self) -> Bool {
    left.box === right.box || left.box.fields == right.box.fields
  }

  /// Hashes the key.
  public func hash(into hasher: inout Hasher) { hasher.combine(box.fields.key) }
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
