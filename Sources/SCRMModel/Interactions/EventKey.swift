import SCRMExpressions
import StateCoding
public import StrictJSON

/// What makes an interaction the same one when it is delivered again: its source and its id there.
///
/// The workspace is the third part; it is fixed by the storage handle. A source that gives no ids gets a documented
/// fallback from the content: ``fallback(source:content:)``.
public struct EventKey: Sendable, Hashable, Comparable {
  /// The system the interaction came from.
  public let source: SourceID
  /// The id in that system, kept byte for byte.
  public let id: String
  // Keys are looked up several times on their way through a batch, so their bytes are hashed once.
  @usableFromInline let hashed: Int

  /// Creates a key.
  public init(_ source: SourceID, _ id: String) {
    self.source = source
    self.id = id
    var hash = StableHash.ofProcess()
    hash.text(id)
    hash.text(source.rawValue)
    hashed = Int(truncatingIfNeeded: hash.value)
  }

  /// The key for an interaction without an id: `sha256-` and the first 32 hexadecimal digits of the hash of its content.
  ///
  /// The same content gives the same key, so a repeated delivery is recognised; two different events with the very same
  /// content (same actor, same second, same text) become one. A source that can repeat itself should give ids.
  public static func fallback(source: SourceID, content: [UInt8]) -> EventKey {
    EventKey(source, "sha256-" + ActionID(digest: SHA256.digest(content)).description)
  }

  /// Whether source and id have the same bytes.
  @inlinable
  public static func == (left: EventKey, right: EventKey) -> Bool {
    left.hashed == right.hashed && left.hasSameTexts(as: right)
  }

  @usableFromInline
  func hasSameTexts(as other: EventKey) -> Bool { id.sameBytes(as: other.id) && source == other.source }

  /// Hashes the bytes.
  @inlinable
  public func hash(into hasher: inout Hasher) {
    hasher.combine(hashed)
  }

  /// Byte order of source, then id.
  public static func < (left: EventKey, right: EventKey) -> Bool {
    left.source == right.source ? left.id.byteOrder(right.id) == .ascending : left.source < right.source
  }
}

extension EventKey: CustomStringConvertible, JSONCodable {
  /// `source/id`.
  public var description: String { source.rawValue + "/" + id }

  /// Reads `{"source":…,"id":…}`.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    self.init(try object.required("source"), try object.string("id"))
  }

  /// Writes source and id.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("source", source)
    writer.field("id", id)
    writer.endObject()
  }
}
