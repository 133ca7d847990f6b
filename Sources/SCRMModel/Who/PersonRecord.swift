public import SCRMExpressions
public import StrictJSON

/// A known person: the accounts joined to them, what is known of them, and what they consented to.
///
/// What changes with every interaction (counts, segments, rule state) is not here but in module state, so that an
/// ordinary interaction of a known person leaves this record as it is.
public struct PersonRecord: Sendable, Hashable, Redacted {
  @usableFromInline
  struct Fields: Sendable, Hashable {
    @usableFromInline var id: PersonID
    @usableFromInline var mergedInto: PersonID?
    @usableFromInline var accounts: [AccountLink]
    @usableFromInline var traits: TraitLedger
    @usableFromInline var consents: ConsentLedger
    @usableFromInline var version: LogPosition
  }

  // One reference wide: records are handed around with every interaction and seldom changed.
  @usableFromInline
  final class Box: Sendable {
    @usableFromInline let fields: Fields
    /// When the youngest of the accounts was first seen; `nil` without accounts.
    @usableFromInline let latestFirstSeen: Instant?
    /// The weakest of the accounts' assertions.
    @usableFromInline let weakestAssertion: Identifier.Assertion

    init(_ fields: Fields) {
      self.fields = fields
      var latest: Instant?
      var weakest = Identifier.Assertion.inPerson
      for place in fields.accounts.indices {
        latest = latest.map { max($0, fields.accounts[place].firstSeen) } ?? fields.accounts[place].firstSeen
        weakest = min(weakest, fields.accounts[place].assertion)
      }
      latestFirstSeen = latest
      weakestAssertion = weakest
    }
  }

  @usableFromInline private(set) var box: Box

  private var fields: Fields {
    get { box.fields }
    set { box = Box(newValue) }
  }

  /// Creates a person.
  public init(
    id: PersonID, mergedInto: PersonID? = nil, accounts: [AccountLink] = [], traits: TraitLedger = TraitLedger(),
    consents: ConsentLedger = ConsentLedger(), version: LogPosition = .start
  ) {
    box = Box(
      Fields(
        id: id, mergedInto: mergedInto, accounts: accounts, traits: traits, consents: consents, version: version))
  }

  /// The stable id.
  public var id: PersonID {
    @inlinable get { box.fields.id }
    set { fields.id = newValue }
  }
  /// The person this one was merged into; then everything else is empty.
  public var mergedInto: PersonID? {
    @inlinable get { box.fields.mergedInto }
    set { fields.mergedInto = newValue }
  }
  /// The accounts, ordered by id.
  public var accounts: [AccountLink] {
    @inlinable get { box.fields.accounts }
    set { fields.accounts = newValue }
  }
  /// The traits with their provenance.
  public var traits: TraitLedger {
    @inlinable get { box.fields.traits }
    set { fields.traits = newValue }
  }
  /// The decisions about consent.
  public var consents: ConsentLedger {
    @inlinable get { box.fields.consents }
    set { fields.consents = newValue }
  }
  /// The log position at which the record last changed.
  public var version: LogPosition {
    @inlinable get { box.fields.version }
    set { fields.version = newValue }
  }

  /// How many accounts there are, found out without copying them.
  @inlinable package var accountCount: Int { box.fields.accounts.count }

  /// Whether every account was first seen before a time; found out without looking at them, as the following.
  @inlinable
  package func knewAllAccounts(before time: Instant) -> Bool { box.latestFirstSeen.map { $0 < time } ?? true }

  /// Whether every account was asserted at least as strongly.
  @inlinable
  package func isSureOfAllAccounts(as assertion: Identifier.Assertion) -> Bool { assertion <= box.weakestAssertion }

  /// Whether both records are the same in every part.
  public static func == (left: PersonRecord, right: PersonRecord) -> Bool {
    left.box === right.box || left.box.fields == right.box.fields
  }

  /// Hashes the id.
  public func hash(into hasher: inout Hasher) { hasher.combine(id) }

  /// IANA zone of the person, from the trait `timezone`; `nil` means the workspace's default.
  public var timeZone: String? { traits["timezone"]?.stringValue }

  /// The id and counts.
  public var redactedDescription: String {
    mergedInto.map { "person \(id) merged into \($0)" } ?? "person \(id) with \(accounts.count) accounts"
  }
}

/// An account joined to a person: the identifier key, the value as written, and when it was first seen.
public struct AccountLink: Sendable, Hashable, Redacted {
  /// The account.
  public var account: AccountID
  /// The normalised identifier.
  public var key: IdentifierKey
  /// The value as the source first wrote it.
  public var rawValue: String
  /// The version of the normaliser that made the key.
  public var normaliserVersion: Int
  /// The strongest assertion so far.
  public var assertion: Identifier.Assertion
  /// The event time of the earliest interaction that named the account.
  public var firstSeen: Instant
  /// The interaction that first named it, by event time and then key.
  public var firstEvent: EventKey

  /// Creates a link.
  public init(
    account: AccountID, key: IdentifierKey, rawValue: String, normaliserVersion: Int,
    assertion: Identifier.Assertion, firstSeen: Instant, firstEvent: EventKey
  ) {
    self.account = account
    self.key = key
    self.rawValue = rawValue
    self.normaliserVersion = normaliserVersion
    self.assertion = assertion
    self.firstSeen = firstSeen
    self.firstEvent = firstEvent
  }

  /// Whether this account was seen before `other`: by time, then event key, then account id.
  public func wasSeenBefore(_ other: AccountLink) -> Bool {
    if firstSeen != other.firstSeen { return firstSeen < other.firstSeen }
    if firstEvent != other.firstEvent { return firstEvent < other.firstEvent }
    return account < other.account
  }

  /// The namespace and id.
  public var redactedDescription: String { "\(key) \(account)" }
}

extension AccountLink: JSONCodable {
  /// Reads the documented members.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    self.init(
      account: try object.required("account"), key: try object.required("key"), rawValue: try object.string("raw"),
      normaliserVersion: Int(clamping: try object.int("normaliser")),
      assertion: try object.requiredCase("assertion"), firstSeen: try object.required("firstSeen"),
      firstEvent: try object.required("firstEvent"))
  }

  /// Writes all members.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("account", account)
    writer.field("key", key)
    writer.field("raw", rawValue)
    writer.field("normaliser", normaliserVersion)
    writer.field("assertion", assertion.rawValue)
    writer.field("firstSeen", firstSeen)
    writer.field("firstEvent", firstEvent)
    writer.endObject()
  }
}

extension PersonRecord: JSONCodable {
  /// Reads the documented members.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    self.init(
      id: try object.required("id"), mergedInto: try object.optional("mergedInto"),
      accounts: try object.array("accounts"), traits: try object.optional("traits") ?? TraitLedger(),
      consents: try object.decoded("consents") ?? ConsentLedger(),
      version: try object.required("version"))
  }

  /// Writes the members that are set.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("id", id)
    writer.field("mergedInto", mergedInto)
    writer.field("accounts", accounts)
    if !traits.names.isEmpty { writer.field("traits", traits) }
    if !consents.isEmpty { writer.encoded("consents", consents) }
    writer.field("version", version)
    writer.endObject()
  }
}
