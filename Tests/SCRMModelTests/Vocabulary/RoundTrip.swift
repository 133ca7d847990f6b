import SCRMModel
import Testing

/// Checks that a value survives its JSON form, that writing is stable, and that unknown members are ignored.
func expectRoundTrip<T: Codable & Hashable>(_ value: T, sourceLocation: SourceLocation = #_sourceLocation) throws {
  let bytes = try StrictJSONEncoder().encode(value)
  let again = try StrictJSONDecoder().decode(T.self, from: bytes)
  #expect(again == value, sourceLocation: sourceLocation)
  #expect(again.hashValue == value.hashValue, sourceLocation: sourceLocation)
  #expect(try StrictJSONEncoder().encode(again) == bytes, sourceLocation: sourceLocation)
  guard case .object(var object) = try JSON(bytes: bytes) else { return }
  object["unknown_member"] = .array([.null])
  #expect(try StrictJSONDecoder().decode(T.self, from: JSON.object(object)) == value, sourceLocation: sourceLocation)
}

/// The path and code of the error with which a text is refused.
func refusal<T: Codable>(_ type: T.Type, _ text: String) -> String? {
  do {
    _ = try StrictJSONDecoder().decode(T.self, from: Array(text.utf8))
    return nil
  } catch {
    let path = error.path.map { element in
      switch element {
      case .key(let key): key
      case .index(let index): String(index)
      }
    }
    return path.joined(separator: ".") + " " + error.code.description
  }
}

func instant(_ text: String) throws -> Instant { try Instant(rfc3339: text) }

/// A description that shows nothing of the secret, however it is asked for.
func expectRedacted(_ value: some Redacted, hides secret: String, sourceLocation: SourceLocation = #_sourceLocation) {
  var dumped = ""
  dump(value, to: &dumped)
  for text in [value.description, value.debugDescription, "\(value)", String(reflecting: value), dumped] {
    #expect(!text.contains(secret), sourceLocation: sourceLocation)
  }
}
