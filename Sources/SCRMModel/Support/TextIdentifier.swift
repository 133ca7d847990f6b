import SCRMExpressions
public import StrictJSON

/// A name or key that compares by its UTF-8 bytes, as databases do, and not by Unicode's canonical equivalence.
///
/// Its JSON form is the text.
public protocol TextIdentifier: Hashable, Comparable, JSONCodable, CustomStringConvertible,
  ExpressibleByStringLiteral
{
  /// The text, kept byte for byte.
  var rawValue: String { get }
  /// Wraps a text; nothing is changed or refused here, see ``Limits`` for what ingestion refuses.
  init(_ rawValue: String)
}

extension TextIdentifier {
  /// Whether both texts have the same bytes.
  public static func == (left: Self, right: Self) -> Bool { left.rawValue.sameBytes(as: right.rawValue) }
  /// Whether the bytes of `left` come first.
  public static func < (left: Self, right: Self) -> Bool { left.rawValue.byteOrder(right.rawValue) == .ascending }
  /// Hashes the bytes.
  public func hash(into hasher: inout Hasher) { rawValue.hashBytes(into: &hasher) }
  /// The text.
  public var description: String { rawValue }
  /// Wraps a literal.
  public init(stringLiteral value: String) { self.init(value) }
  /// Reads the text.
  public init(json: JSON) throws(JSONError) { self.init(try json.stringValue()) }
  /// Writes the text.
  public func write(to writer: inout JSONWriter) { writer.string(rawValue) }
}
