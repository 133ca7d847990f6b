extension JSON {
  /// Reads one document of RFC 8259: strict grammar, strict UTF-8, no byte-order mark, nothing behind it. O(n).
  /// - Throws: ``JSONError`` with the byte offset of what was wrong.
  public init(bytes: [UInt8], limits: JSONLimits = .default) throws(JSONError) {
    try self.init(contiguous: bytes, limits: limits)
  }

  /// Reads one document; see `init(bytes:limits:)`.
  public init(bytes: ArraySlice<UInt8>, limits: JSONLimits = .default) throws(JSONError) {
    try self.init(contiguous: bytes, limits: limits)
  }

  /// Reads one document; see `init(bytes:limits:)`.
  public init(text: String, limits: JSONLimits = .default) throws(JSONError) {
    try self.init(contiguous: Array(text.utf8), limits: limits)
  }

  private init(contiguous bytes: some RandomAccessCollection<UInt8>, limits: JSONLimits) throws(JSONError) {
    guard bytes.count <= limits.maximumBytes else {
      throw JSONError(.size, "expected at most \(limits.maximumBytes) bytes, found \(bytes.count)")
    }
    let result = bytes.withContiguousStorageIfAvailable { buffer -> Result<JSON, JSONError> in
      do throws(JSONError) {
        var reader = DocumentReader(bytes: buffer, limits: limits)
        return .success(try reader.document())
      } catch { return .failure(error) }
    }
    switch result {
    case .success(let json)?: self = json
    case .failure(let error)?: throw error
    case nil: try self.init(contiguous: Array(bytes), limits: limits)
    }
  }
}

/// A recursive-descent reader over contiguous bytes; recursion is bounded by the depth limit.
private struct DocumentReader {
  let bytes: UnsafeBufferPointer<UInt8>
  let limits: JSONLimits
  var index = 0

  init(bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits) {
    self.bytes = bytes
    self.limits = limits
  }

  mutating func document() throws(JSONError) -> JSON {
    skipWhitespace()
    let value = try value(depth: 0)
    skipWhitespace()
    guard index == bytes.count else { throw failure("expected the end of the document") }
    return value
  }

  private mutating func value(depth: Int) throws(JSONError) -> JSON {
    guard index < bytes.count else { throw end("expected a value") }
    switch bytes[index] {
    case 0x22: return .string(try string())
    case 0x7B: return try object(depth: depth + 1)
    case 0x5B: return try array(depth: depth + 1)
    case 0x74: return try literal([0x74, 0x72, 0x75, 0x65], .bool(true))
    case 0x66: return try literal([0x66, 0x61, 0x6C, 0x73, 0x65], .bool(false))
    case 0x6E: return try literal([0x6E, 0x75, 0x6C, 0x6C], .null)
    case 0x2D, 0x30...0x39:
      guard let stop = NumberGrammar.end(of: bytes, from: index) else { throw failure("malformed number") }
      let text = String(decoding: UnsafeBufferPointer(rebasing: bytes[index..<stop]), as: UTF8.self)
      index = stop
      return .number(JSONNumber(unchecked: text))
    default: throw failure("expected a value")
    }
  }

  private mutating func object(depth: Int) throws(JSONError) -> JSON {
    let start = index
    try open(depth)
    var members: [JSONObject.Element] = []
    if try closes(0x7D) { return .object(JSONObject()) }
    while true {
      guard index < bytes.count else { throw end("expected a member name") }
      guard bytes[index] == 0x22 else { throw failure("expected a member name in quotes") }
      let key = try string()
      skipWhitespace()
      guard index < bytes.count else { throw end("expected a colon") }
      guard bytes[index] == 0x3A else { throw failure("expected a colon") }
      index += 1
      skipWhitespace()
      members.append((key: key, value: try value(depth: depth)))
      if try !continues(closing: 0x7D) { break }
    }
    guard let object = JSONObject(members, duplicates: limits.duplicateKeys) else {
      throw JSONError(.duplicateKey, "an object names a member twice", offset: start)
    }
    return .object(object)
  }

  private mutating func array(depth: Int) throws(JSONError) -> JSON {
    try open(depth)
    var elements: [JSON] = []
    if try closes(0x5D) { return .array([]) }
    while true {
      elements.append(try value(depth: depth))
      if try !continues(closing: 0x5D) { return .array(elements) }
    }
  }

  private mutating func open(_ depth: Int) throws(JSONError) {
    guard depth <= limits.maximumDepth else {
      throw JSONError(.depth, "expected at most \(limits.maximumDepth) levels", offset: index)
    }
    index += 1
    skipWhitespace()
  }

  private mutating func closes(_ closing: UInt8) throws(JSONError) -> Bool {
    guard index < bytes.count else { throw end("expected a value or the closing bracket") }
    guard bytes[index] == closing else { return false }
    index += 1
    return true
  }

  /// After an element: `true` after a comma, `false` after the closing bracket.
  private mutating func continues(closing: UInt8) throws(JSONError) -> Bool {
    skipWhitespace()
    guard index < bytes.count else { throw end("expected a comma or the closing bracket") }
    let byte = bytes[index]
    guard byte == 0x2C || byte == closing else { throw failure("expected a comma or the closing bracket") }
    index += 1
    guard byte == 0x2C else { return false }
    skipWhitespace()
    return true
  }

  private mutating func literal(_ word: StaticList, _ value: JSON) throws(JSONError) -> JSON {
    for byte in word {
      guard index < bytes.count else { throw end("unfinished literal") }
      guard bytes[index] == byte else { throw failure("expected true, false or null") }
      index += 1
    }
    return value
  }

  private typealias StaticList = [UInt8]

  private mutating func string() throws(JSONError) -> String {
    index += 1
    let start = index
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 0x22 {
        let text = try decode(start..<index)
        index += 1
        return text
      }
      if byte == 0x5C { return try escapedString(from: start) }
      if byte < 0x20 { throw failure("control characters in strings must be escaped") }
      index += 1
    }
    throw end("unfinished string")
  }

  private func decode(_ range: Range<Int>) throws(JSONError) -> String {
    guard let text = String(validating: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self) else {
      throw JSONError(.invalidUTF8, "a string is not valid UTF-8", offset: range.lowerBound)
    }
    return text
  }

  private mutating func escapedString(from start: Int) throws(JSONError) -> String {
    var output = Array(bytes[start..<index])
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case 0x22:
        guard let text = String(validating: output, as: UTF8.self) else {
          throw JSONError(.invalidUTF8, "a string is not valid UTF-8", offset: start)
        }
        index += 1
        return text
      case 0x5C: try escape(into: &output)
      case 0..<0x20: throw failure("control characters in strings must be escaped")
      default:
        output.append(byte)
        index += 1
      }
    }
    throw end("unfinished string")
  }

  private mutating func escape(into output: inout [UInt8]) throws(JSONError) {
    let start = index
    guard index + 1 < bytes.count else { throw end("unfinished escape") }
    let letter = bytes[index + 1]
    index += 2
    switch letter {
    case 0x22, 0x5C, 0x2F: output.append(letter)
    case 0x62: output.append(0x08)
    case 0x66: output.append(0x0C)
    case 0x6E: output.append(0x0A)
    case 0x72: output.append(0x0D)
    case 0x74: output.append(0x09)
    case 0x75:
      var scalar = try hexadecimal()
      if scalar & 0xFC00 == 0xD800 {
        guard index + 1 < bytes.count, bytes[index] == 0x5C, bytes[index + 1] == 0x75 else {
          throw JSONError(.loneSurrogate, "the second half of a surrogate pair is missing", offset: start)
        }
        index += 2
        let low = try hexadecimal()
        guard low & 0xFC00 == 0xDC00 else {
          throw JSONError(.loneSurrogate, "the second half of a surrogate pair is missing", offset: start)
        }
        scalar = 0x10000 + (scalar & 0x3FF) << 10 + (low & 0x3FF)
      }
      guard let valid = Unicode.Scalar(scalar) else {
        throw JSONError(.loneSurrogate, "the first half of a surrogate pair is missing", offset: start)
      }
      output.append(contentsOf: UTF8.encode(valid).map { Array($0) } ?? [])
    default:
      index = start
      throw failure("unknown escape")
    }
  }

  private mutating func hexadecimal() throws(JSONError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard index < bytes.count else { throw end("unfinished escape") }
      let digit: UInt8
      switch bytes[index] {
      case 0x30...0x39: digit = bytes[index] - 0x30
      case 0x41...0x46: digit = bytes[index] - 0x37
      case 0x61...0x66: digit = bytes[index] - 0x57
      default: throw failure("expected four hexadecimal digits")
      }
      value = value << 4 | UInt32(digit)
      index += 1
    }
    return value
  }

  private mutating func skipWhitespace() {
    while index < bytes.count {
      switch bytes[index] {
      case 0x20, 0x0A, 0x0D, 0x09: index += 1
      default: return
      }
    }
  }

  private func failure(_ reason: String) -> JSONError { JSONError(.syntax, reason, offset: index) }
  private func end(_ reason: String) -> JSONError { JSONError(.unexpectedEnd, reason, offset: index) }
}
