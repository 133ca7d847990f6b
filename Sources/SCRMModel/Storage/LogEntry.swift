public import SCRMExpressions
import StateCoding
public import StrictJSON

/// A place in the log of a workspace: 1 for the first entry, one more for each further one, in the order of receipt.
public struct LogPosition: Sendable, Hashable, Comparable, JSONCodable, CustomStringConvertible {
  /// The number, 0 for "before the first entry".
  public let rawValue: UInt64
  /// Creates a position.
  public init(_ rawValue: UInt64) { self.rawValue = rawValue }
  /// The position before the first entry.
  public static let start = LogPosition(0)
  /// The position after this one.
  public var next: LogPosition { LogPosition(rawValue &+ 1) }
  /// Whether `left` is earlier.
  @inlinable
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  /// The number as text.
  public var description: String { String(rawValue) }
  /// Reads a non-negative integer.
  public init(json: JSON) throws(JSONError) { self.init(try json.uint64Value()) }
  /// Writes the number.
  public func write(to writer: inout JSONWriter) { writer.uint(rawValue) }
}

/// Whether interactions arrive as they happen or are imported from the past.
public enum IngestMode: String, Sendable, Hashable, Codable, CaseIterable {
  /// State changes and actions are proposed.
  case live
  /// State changes; what rules would propose is recorded as suppressed, so that a first import greets nobody.
  case backfill
}

/// Everything that decides, in the order in which it decided.
///
/// Replaying the log gives the same state, byte for byte.
public struct LogEntry: Sendable, Hashable {
  /// Where the entry stands.
  public var position: LogPosition
  /// What it holds.
  public var body: Body
  /// The account that acted in an interaction.
  ///
  /// By it and ``addressee`` a store finds what an erasure concerns.
  public var actor: AccountID?
  /// The account an interaction was addressed to.
  public var addressee: AccountID?

  /// Creates an entry.
  public init(position: LogPosition, body: Body, actor: AccountID? = nil, addressee: AccountID? = nil) {
    self.position = position
    self.body = body
    self.actor = actor
    self.addressee = addressee
  }

  /// The kinds of entries.
  public enum Body: Sendable, Hashable {
    // Nearly all of a log are interactions; what takes more room lies apart.
    /// An accepted interaction.
    case interaction(Interaction, IngestMode)
    /// Time was advanced.
    case clock(Instant)
    /// Something computed apart, such as influence scores, was published to the loop.
    indirect case snapshot(PublishedSnapshot)
    /// The loop runs with this configuration from here on: a content hash over names and versions.
    case configuration(String)
    /// The content of an interaction that was erased or compacted; it keeps repeated deliveries recognisable.
    indirect case tombstone(Tombstone)
    /// People were erased; written by the store in the step that erases, so that decisions made on what was there before
    /// stand on a base that is no longer the end of the log.
    indirect case erasure(ErasureReceipt)
    /// Somebody decided about who is who: an unmerge, or an identifier of a group.
    indirect case identity(IdentityRuling)
  }
}

/// What is left of an interaction whose content was removed.
public struct Tombstone: Sendable, Hashable, Codable {
  /// Its key; after an erasure the id is replaced by ``Tombstone/erasedID(_:)``, since it may be personal itself.
  public var key: EventKey
  /// SHA-256 of its content without the receive time, hexadecimal; empty after an erasure of either party.
  public var digest: String
  /// Why the content was removed.
  public var reason: Reason

  /// Why content was removed.
  public enum Reason: String, Sendable, Hashable, Codable {
    /// The person asked for it.
    case erased
    /// It was older than the retention time.
    case compacted
  }

  /// What stands for the id of an erased interaction: a hash by which a repeated delivery is still recognised.
  public static func erasedID(_ key: EventKey) -> String {
    let input = Array(key.source.rawValue.utf8) + [0] + Array(key.id.utf8)
    return "erased-" + ActionID(digest: SHA256.digest(input)).description
  }

  /// Creates a tombstone.
  public init(key: EventKey, digest: String, reason: Reason) {
    self.key = key
    self.digest = digest
    self.reason = reason
  }
}

/// Facts about people that were computed apart from the loop, with the time they speak of.
public struct PublishedSnapshot: Sendable, Hashable {
  /// The name of the facts, such as `influence`.
  public var name: String
  /// The time up to which the log was taken into account.
  public var asOf: Instant
  /// One number per person, ordered by person; people without one are not in it.
  public var scores: [Score]

  /// A number for a person.
  public struct Score: Sendable, Hashable {
    /// The person.
    public var person: PersonID
    /// The number; its range is that of the facts, such as 0 … 100 for influence.
    ///
    /// Finite.
    public var value: Double
    /// Creates a score.
    public init(person: PersonID, value: Double) {
      self.person = person
      self.value = value
    }
  }

  /// Creates a snapshot; scores are ordered by person, non-finite ones are left out, of two for a person the first counts.
  public init(name: String, asOf: Instant, scores: [Score]) {
    self.name = name
    self.asOf = asOf
    var ordered: [Score] = []
    ordered.reserveCapacity(scores.count)
    let indexed = scores.enumerated().sorted {
      $0.element.person != $1.element.person ? $0.element.person < $1.element.person : $0.offset < $1.offset
    }
    for (_, score) in indexed where score.value.isFinite && ordered.last?.person != score.person {
      ordered.append(score)
    }
    self.scores = ordered
  }
}

extension LogEntry: JSONCodable {
  /// Reads `{"position":…,"interaction"|"clock"|"snapshot"|"configuration"|"tombstone"|"erasure"|"identity":…}`.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    let position: LogPosition = try object.required("position")
    if let interaction: Interaction = try object.optional("interaction") {
      self.init(
        position: position, body: .interaction(interaction, try object.optionalCase("mode") ?? .live),
        actor: try object.optional("actor"), addressee: try object.optional("addressee"))
    } else if let clock: Instant = try object.optional("clock") {
      self.init(position: position, body: .clock(clock))
    } else if let snapshot: PublishedSnapshot = try object.optional("snapshot") {
      self.init(position: position, body: .snapshot(snapshot))
    } else if let hash = try object.optionalString("configuration") {
      self.init(position: position, body: .configuration(hash))
    } else if let tombstone: Tombstone = try object.decoded("tombstone") {
      self.init(
        position: position, body: .tombstone(tombstone), actor: try object.optional("actor"),
        addressee: try object.optional("addressee"))
    } else if let receipt: ErasureReceipt = try object.decoded("erasure") {
      self.init(position: position, body: .erasure(receipt))
    } else if let ruling: IdentityRuling = try object.decoded("identity") {
      self.init(position: position, body: .identity(ruling))
    } else {
      throw JSONError(
        .missing, "expected interaction, clock, snapshot, configuration, tombstone, erasure or identity")
    }
  }

  /// Writes the position and the body under its name.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("position", position)
    switch body {
    case .interaction(let interaction, let mode):
      if mode != .live { writer.field("mode", mode.rawValue) }
      writer.field("actor", actor)
      writer.field("addressee", addressee)
      writer.field("interaction", interaction)
    case .clock(let instant): writer.field("clock", instant)
    case .snapshot(let snapshot): writer.field("snapshot", snapshot)
    case .configuration(let hash): writer.field("configuration", hash)
    case .tombstone(let tombstone):
      writer.field("actor", actor)
      writer.field("addressee", addressee)
      writer.encoded("tombstone", tombstone)
    case .erasure(let receipt): writer.encoded("erasure", receipt)
    case .identity(let ruling): writer.encoded("identity", ruling)
    }
    writer.endObject()
  }
}

extension PublishedSnapshot: JSONCodable {
  /// Reads name, time and an object from person to number.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    var scores: [Score] = []
    for member in try object.object("scores") {
      guard let person = PersonID(member.key) else {
        throw JSONError(.invalidValue, "expected person ids as names").prefixed(by: .key("scores"))
      }
      do { scores.append(Score(person: person, value: try member.value.doubleValue())) } catch {
        throw error.prefixed(by: .key(member.key)).prefixed(by: .key("scores"))
      }
    }
    self.init(name: try object.string("name"), asOf: try object.required("asOf"), scores: scores)
  }

  /// Writes name, time and an object from person to number.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("name", name)
    writer.field("asOf", asOf)
    writer.key("scores")
    writer.beginObject()
    for score in scores { writer.field(score.person.description, score.value) }
    writer.endObject()
    writer.endObject()
  }
}

extension Interaction {
  /// SHA-256 of the JSON form without the receive time, hexadecimal: what a tombstone keeps of the content.
  public var contentDigest: String {
    var copy = self
    copy.received = occurred.inUTC
    return SHA256.digest(copy.jsonBytes).map { byte in
      let digits = String(byte, radix: 16)
      return digits.utf8.count == 1 ? "0" + digits : digits
    }.joined()
  }
}
