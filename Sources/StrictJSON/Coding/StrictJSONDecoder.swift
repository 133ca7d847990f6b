/// Decodes types with synthesised coding from strictly read JSON; what was wrong comes with its path.
///
/// Integers must be written as integers (`1.0` is refused for an `Int`), and a number must fit the type asked for.
public struct StrictJSONDecoder: Sendable {
  private let limits: JSONLimits

  /// Creates a decoder.
  public init(limits: JSONLimits = .default) { self.limits = limits }

  /// Decodes a document.
  /// - Throws: ``JSONError`` with the path to what was wrong, or the offset of a syntax error.
  public func decode<T: Decodable>(_ type: T.Type = T.self, from bytes: [UInt8]) throws(JSONError) -> T {
    try decode(type, from: try JSON(bytes: bytes, limits: limits))
  }

  /// Decodes a tree.
  /// - Throws: ``JSONError`` with the path to what was wrong.
  public func decode<T: Decodable>(_ type: T.Type = T.self, from json: JSON) throws(JSONError) -> T {
    do {
      return try TreeDecoder(json: json, trail: .root).unbox(T.self)
    } catch let error as DecodingError {
      throw JSONError(error)
    } catch let error as JSONError {
      throw error
    } catch {
      throw JSONError(.invalidValue, "the value was refused")
    }
  }
}

/// A decoder at one place of a tree.
struct TreeDecoder: Decoder {
  let json: JSON
  let trail: CodingTrail
  var codingPath: [any CodingKey] { trail.keys }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func unbox<T: Decodable>(_ type: T.Type) throws -> T {
    // The forms of plain values are read by the single-value container.
    if type == String.self || type == Bool.self || type == Int64.self || type == Double.self || type == Int.self {
      return try T(from: self)
    }
    if let own = type as? any JSONCodable.Type, let value = try located({ try own.init(json: json) }) as? T {
      return value
    }
    do { return try located { try T(from: self) } } catch DecodingError.dataCorrupted(let context)
      where type is any RawRepresentable.Type && !(context.underlyingError is JSONError)
    {
      // The standard library quotes the value it was given, which may be personal.
      let choices = (type as? any CaseIterable.Type).map { Self.names(of: $0).joined(separator: ", ") } ?? ""
      throw JSONError(
        .invalidValue, choices.isEmpty ? "the value is none of the known ones" : "expected one of \(choices)"
      )
      .decodingError(at: context.codingPath)
    }
  }

  private static func names<Choices: CaseIterable>(of type: Choices.Type) -> [String] {
    type.allCases.compactMap { choice in (choice as? any RawRepresentable).map { "\($0.rawValue)" } }
  }

  /// Gives a `JSONError`, whose path begins at this place, the path from the root.
  func located<T>(_ body: () throws -> T) throws -> T {
    do { return try body() } catch let error as JSONError { throw error.decodingError(at: codingPath) }
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard case .object(let object) = json else { throw mismatch("an object") }
    return KeyedDecodingContainer(KeyedTree<Key>(object: object, decoder: self))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard case .array(let elements) = json else { throw mismatch("an array") }
    return UnkeyedTree(elements: elements, decoder: self)
  }

  func singleValueContainer() throws -> any SingleValueDecodingContainer { SingleTree(decoder: self) }

  func child(_ json: JSON, _ key: any CodingKey) -> TreeDecoder {
    TreeDecoder(json: json, trail: .step(from: trail, key))
  }
}

// Plain values.
extension TreeDecoder {
  func mismatch(_ expected: String) -> DecodingError {
    .typeMismatch(
      JSON.self, .init(codingPath: codingPath, debugDescription: "expected \(expected), found \(json.kindName)"))
  }

  private func range(_ reason: String) -> DecodingError {
    JSONError(.numberRange, reason).decodingError(at: codingPath)
  }

  func bool() throws -> Bool {
    guard case .bool(let value) = json else { throw mismatch("a truth value") }
    return value
  }

  func string() throws -> String {
    guard case .string(let value) = json else { throw mismatch("a string") }
    return value
  }

  func integer<T: FixedWidthInteger>(_ type: T.Type) throws -> T {
    guard case .number(let number) = json else { throw mismatch("an integer") }
    if let value = number.int64.flatMap({ T(exactly: $0) }) ?? number.uint64.flatMap({ T(exactly: $0) }) {
      return value
    }
    throw range("expected an integer of \(T.bitWidth) \(T.isSigned ? "signed" : "unsigned") bits")
  }

  func double() throws -> Double {
    guard case .number(let number) = json else { throw mismatch("a number") }
    guard let value = number.double else { throw range("expected a number within 64-bit floating point") }
    return value
  }

  func float() throws -> Float {
    guard case .number(let number) = json else { throw mismatch("a number") }
    guard let value = number.float else { throw range("expected a number within 32-bit floating point") }
    return value
  }
}
