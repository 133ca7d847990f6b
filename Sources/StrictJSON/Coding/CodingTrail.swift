/// A member name for any coding container.
struct MemberKey: CodingKey {
  let stringValue: String
  let intValue: Int?
  init(stringValue: String) {
    self.stringValue = stringValue
    intValue = nil
  }
  init(intValue: Int) {
    stringValue = String(intValue)
    self.intValue = intValue
  }
}

/// An element of an array in a coding path, named as Foundation names it.
struct ElementKey: CodingKey {
  let index: Int
  init(_ index: Int) { self.index = index }
  init?(stringValue: String) { nil }
  init?(intValue: Int) { index = intValue }
  var stringValue: String { "Index \(index)" }
  var intValue: Int? { index }
}

/// A coding path from the inside out, so that a step costs the same at every depth.
indirect enum CodingTrail {
  case root
  case step(from: CodingTrail, any CodingKey)

  var keys: [any CodingKey] {
    var keys: [any CodingKey] = []
    var trail = self
    while case .step(let outer, let key) = trail {
      keys.append(key)
      trail = outer
    }
    return keys.reversed()
  }
}

// One path for both worlds: errors of this module and errors of the coding protocols.
extension JSONError {
  // Dictionaries and coding keys may have integers too; only elements are named `Index n`.
  static func path(_ keys: [any CodingKey]) -> [PathElement] {
    keys.map { key in
      if let index = key.intValue, key.stringValue == "Index \(index)" { return .index(index) }
      return .key(key.stringValue)
    }
  }

  /// The same error, seen from the root of a document in which the value lies under `keys`.
  func located(under keys: [any CodingKey]) -> JSONError {
    var copy = self
    copy.path = Self.path(keys) + path
    return copy
  }

  /// The error as coding containers throw it; ``init(_:)-(DecodingError)`` finds it again.
  func decodingError(at keys: [any CodingKey]) -> DecodingError {
    .dataCorrupted(.init(codingPath: keys, debugDescription: reason, underlyingError: located(under: keys)))
  }

  init(_ error: DecodingError) {
    switch error {
    case .keyNotFound(let key, let context):
      self.init(.missing, "required member is missing", path: Self.path(context.codingPath + [key]))
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      self.init(.typeMismatch, context.debugDescription, path: Self.path(context.codingPath))
    case .dataCorrupted(let context):
      if let own = context.underlyingError as? JSONError {
        self = own
      } else {
        self.init(.invalidValue, context.debugDescription, path: Self.path(context.codingPath))
      }
    @unknown default: self.init(.invalidValue, "the value was refused")
    }
  }

  init(_ error: EncodingError) {
    guard case .invalidValue(_, let context) = error else {
      self.init(.invalidValue, "the value was refused")
      return
    }
    if let own = context.underlyingError as? JSONError {
      self = own
    } else {
      self.init(.invalidValue, context.debugDescription, path: Self.path(context.codingPath))
    }
  }
}
