import SCRMExpressions
public import StrictJSON

/// A text with its language.
public struct LocalizedText: Sendable, Hashable, Redacted {
  /// The text.
  public var text: String
  /// BCP 47 language tag, such as `zh-Hans` or `en`; `nil` when unknown.
  public var language: String?

  /// Creates a text.
  public init(_ text: String, language: String? = nil) {
    self.text = text
    self.language = language
  }

  /// Whether text and language have the same bytes.
  public static func == (left: Self, right: Self) -> Bool {
    left.text.sameBytes(as: right.text) && left.language.sameBytes(as: right.language)
  }

  /// Hashes the bytes.
  public func hash(into hasher: inout Hasher) { text.hashBytes(into: &hasher) }

  /// Length and language.
  public var redactedDescription: String { "text of \(text.utf8.count) bytes" }
}

extension LocalizedText: JSONCodable {
  /// Reads `{"text":…,"lang":…}`.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    self.init(try object.string("text"), language: try object.optionalString("lang"))
  }
  /// Writes text and language.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("text", text)
    writer.field("lang", language)
    writer.endObject()
  }
}

/// A thing an interaction is about: a product, a post, an event, a named track event.
public struct ObjectReference: Sendable, Hashable, Redacted {
  /// The kind of thing, such as `product`, `post`, `event`.
  public var type: String
  /// Its id in its source.
  public var id: String
  /// Its name.
  public var name: String?
  /// Creates a reference.
  public init(type: String, id: String, name: String? = nil) {
    self.type = type
    self.id = id
    self.name = name
  }

  /// Whether type, id and name have the same bytes.
  public static func == (left: Self, right: Self) -> Bool {
    left.id.sameBytes(as: right.id) && left.type.sameBytes(as: right.type) && left.name.sameBytes(as: right.name)
  }

  /// Hashes the bytes of type and id.
  public func hash(into hasher: inout Hasher) {
    type.hashBytes(into: &hasher)
    id.hashBytes(into: &hasher)
  }

  /// The type without id and name.
  public var redactedDescription: String { "\(type):‹redacted›" }
}

extension ObjectReference: JSONCodable {
  /// Reads `{"type":…,"id":…,"name":…}`.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    self.init(
      type: try object.string("type"), id: try object.string("id"), name: try object.optionalString("name"))
  }
  /// Writes type, id and name.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("type", type)
    writer.field("id", id)
    writer.field("name", name)
    writer.endObject()
  }
}

/// Where something happened, on WGS 84, with how exactly it is known.
public struct Place: Sendable, Hashable, Codable, Redacted {
  /// Degrees north, −90 … 90.
  public let latitude: Double
  /// Degrees east, −180 … 180.
  public let longitude: Double
  /// Radius in metres within which the place lies with 68 % probability; `nil` when unknown.
  public let accuracy: Double?
  /// A name, such as a shop.
  public let name: String?

  /// Creates a place; `nil` when a number is not finite or out of range.
  public init?(latitude: Double, longitude: Double, accuracy: Double? = nil, name: String? = nil) {
    guard (-90...90).contains(latitude), (-180...180).contains(longitude),
      accuracy.map({ $0 >= 0 && $0.isFinite }) ?? true
    else { return nil }
    self.latitude = latitude
    self.longitude = longitude
    self.accuracy = accuracy
    self.name = name
  }

  private enum CodingKeys: String, CodingKey { case latitude, longitude, accuracy, name }

  /// Reads and checks the numbers.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    guard
      let place = Place(
        latitude: try container.decode(Double.self, forKey: .latitude),
        longitude: try container.decode(Double.self, forKey: .longitude),
        accuracy: try container.decodeIfPresent(Double.self, forKey: .accuracy),
        name: try container.decodeIfPresent(String.self, forKey: .name))
    else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: container.codingPath, debugDescription: "latitude, longitude or accuracy out of range"))
    }
    self = place
  }

  /// Nothing of the place.
  public var redactedDescription: String { "place:‹redacted›" }
}

/// Something attached: a picture, a recording, a document; the host provides any text it holds.
public struct Attachment: Sendable, Hashable, Codable, Redacted {
  /// The kind of content.
  public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    /// A picture.
    case image
    /// A video.
    case video
    /// Sound or speech.
    case audio
    /// A document.
    case document
    /// A link.
    case link
  }
  /// The kind of content.
  public var kind: Kind
  /// Where it is, for the host.
  public var url: String?
  /// Media type, such as `image/png`.
  public var mediaType: String?
  /// Its text: caption, transcript or recognised characters.
  public var text: String?

  /// Creates an attachment.
  public init(_ kind: Kind, url: String? = nil, mediaType: String? = nil, text: String? = nil) {
    self.kind = kind
    self.url = url
    self.mediaType = mediaType
    self.text = text
  }

  /// The kind alone.
  public var redactedDescription: String { kind.rawValue }
}

/// The untouched payload as it arrived.
public struct RawPayload: Sendable, Hashable, Redacted {
  /// Media type, such as `application/json`.
  public var mediaType: String
  /// The bytes.
  public var bytes: [UInt8]

  /// Creates a payload.
  public init(mediaType: String, bytes: [UInt8]) {
    self.mediaType = mediaType
    self.bytes = bytes
  }

  /// Media type and length.
  public var redactedDescription: String { "\(bytes.count) bytes of \(mediaType)" }
}

extension RawPayload: JSONCodable {
  /// Reads `{"mediaType":…,"base64":…}`.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    guard let bytes = Base64.decode(try object.string("base64")) else {
      throw JSONError(.invalidValue, "expected padded base64").prefixed(by: .key("base64"))
    }
    self.init(mediaType: try object.string("mediaType"), bytes: bytes)
  }
  /// Writes the bytes as base64.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("mediaType", mediaType)
    writer.field("base64", Base64.encode(bytes))
    writer.endObject()
  }
}
