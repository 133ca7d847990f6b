import SCRMExpressions
import StateCoding
public import StrictJSON

/// Who a request is about: one identity of the person, as it is or hashed.
public struct SubjectIdentity: Sendable, Hashable, Redacted {
  /// How the value is written.
  public enum Format: String, Sendable, Hashable, Codable, CaseIterable {
    /// As it is.
    case raw
    /// MD5, hexadecimal.
    case md5
    /// SHA-1, hexadecimal.
    case sha1
    /// SHA-256, hexadecimal.
    case sha256

    /// The number of hexadecimal digits; `nil` for a value as it is.
    public var digits: Int? {
      switch self {
      case .raw: nil
      case .md5: 32
      case .sha1: 40
      case .sha256: 64
      }
    }
  }

  /// The type, such as `email` or `controller_customer_id`.
  public var type: String
  /// The value.
  public var value: String
  /// How the value is written.
  public var format: Format

  /// Creates an identity.
  public init(type: String, value: String, format: Format = .raw) {
    self.type = type
    self.value = value
    self.format = format
  }

  /// The namespace of the type; `nil` for a type that is not known here.
  public func namespace(system: String = "") -> IdentifierNamespace? {
    switch type {
    case "email": .email
    case "phone", "phone_number": .phone
    case "controller_customer_id": .user(system)
    default: Self.deviceTypes.contains { $0.sameBytes(as: type) } ? .device : nil
    }
  }

  /// Whether a value the host has is the one that was hashed; `nil` when the format is not SHA-256.
  ///
  /// Give the value in the form the controller hashed, such as an address in lower case.
  public func isHash(of value: String) -> Bool? {
    guard format == .sha256 else { return nil }
    let digits = SHA256.digest(Array(value.utf8)).map { byte in
      let text = String(byte, radix: 16)
      return text.count == 1 ? "0" + text : text
    }
    return self.value.lowercased().sameBytes(as: digits.joined())
  }

  /// Type and format, without the value.
  public var redactedDescription: String { "\(format.rawValue) \(type)" }

  private static let deviceTypes = [
    "android_advertising_id", "android_id", "fire_advertising_id", "ios_advertising_id", "ios_vendor_id",
    "microsoft_advertising_id", "microsoft_publisher_id", "roku_advertising_id", "roku_publisher_id",
  ]
}

extension SubjectIdentity: JSONCodable {
  /// Reads `{"identity_type":…,"identity_value":…,"identity_format":…}`.
  /// - Throws: `JSONError` for an unknown format, an empty value, or a hash of another length or other signs.
  public init(json: JSON) throws(JSONError) {
    let object = try json.objectValue()
    self.init(
      type: try object.requiredForeignText("identity_type"), value: try object.requiredForeignText("identity_value"),
      format: try object.requiredCase("identity_format"))
    if value.holdsNUL {
      throw JSONError(.invalidValue, "an identity must not hold NUL", path: [.key("identity_value")])
    }
    guard let digits = format.digits else { return }
    let isHexadecimal = value.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte | 0x20)
    }
    guard value.utf8.count == digits, isHexadecimal else {
      throw JSONError(.invalidValue, "expected \(digits) hexadecimal digits", path: [.key("identity_value")])
    }
  }

  /// Writes the three members.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.field("identity_type", type)
    writer.field("identity_value", value)
    writer.field("identity_format", format.rawValue)
    writer.endObject()
  }
}
