import SCRMExpressions
public import StrictJSON

/// The data of an event as the JSON format writes it.
public enum CloudEventData: Sendable, Hashable, Redacted {
  /// The member `data`: a JSON value, or a text when the content type is not JSON.
  case json(JSON)
  /// The member `data_base64`, as it was written.
  case base64(String)

  /// The kind alone.
  public var redactedDescription: String { if case .json = self { "data" } else { "data_base64" } }
}

extension CloudEvent {
  /// The bytes of the data.
  /// - Throws: `JSONError` when `data_base64` is not base64, or a value that is no text has a content type other than
  ///   JSON.
  public func dataBytes() throws(JSONError) -> [UInt8]? {
    switch data {
    case nil: return nil
    case .base64(let text)?:
      guard let bytes = Base64.decode(text) else {
        throw JSONError(.invalidValue, "expected padded base64", path: [.key("data_base64")])
      }
      return bytes
    case .json(let json)?:
      if dataContentType.map(MediaTypeText.isJSON) ?? true { return json.bytes }
      if case .string(let text) = json { return Array(text.utf8) }
      throw JSONError(
        .typeMismatch, "expected a text, as the content type is not JSON, found \(json.kindName)", path: [.key("data")])
    }
  }

  /// The data as a JSON document; `nil` without data.
  /// - Throws: `JSONError` when the content type is not JSON or the data is not.
  public func dataDocument(limits: JSONLimits = .default) throws(JSONError) -> JSON? {
    if data == nil { return nil }
    guard dataContentType.map(MediaTypeText.isJSON) ?? true else {
      throw JSONError(.invalidValue, "expected a content type of JSON", path: [.key("datacontenttype")])
    }
    if case .json(let json)? = data { return json }
    guard let bytes = try dataBytes() else { return nil }
    do { return try JSON(bytes: bytes, limits: limits) } catch { throw error.prefixed(by: .key("data_base64")) }
  }
}
