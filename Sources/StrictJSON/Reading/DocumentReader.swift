/// A recursive-descent reader over contiguous bytes; recursion is bounded by the depth limit.
struct DocumentReader {
  let bytes: UnsafeBufferPointer<UInt8>
  let limits: JSONLimits
  var index = 0
  /// Fingerprints of the names of all objects that are open, innermost last.
  var fingerprints: [UInt64] = []
  /// The bytes of the string with escapes that is being read.
  var unescaped: [UInt8] = []

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

  // The functions that call one another hold next to nothing on the stack, also in builds without optimisation.
  private mutating func value(depth: Int) throws(JSONError) -> JSON {
    switch index < bytes.count ? bytes[index] : 0 {
    case 0x7B: return try object(depth: depth + 1)
    case 0x5B: return try array(depth: depth + 1)
    default: return try plainValue()
    }
  }

  private mutating func plainValue() throws(JSONError) -> JSON {
    guard index < bytes.count else { throw end("expected a value") }
    switch bytes[index] {
    case 0x22: return .string(try string().text)
    case 0x74: return try literal("true", .bool(true))
    case 0x66: return try literal("false", .bool(false))
    case 0x6E: return try literal("null", .null)
    case 0x2D, 0x30...0x39:
      switch JSONNumber.scan(bytes, from: index) {
      case .number(let number, let end):
        index = end
        return .number(number)
      case .failure(let position):
        index = position
        throw position < bytes.count ? failure("malformed number") : end("unfinished number")
      }
    default: throw failure("expected a value")
    }
  }

  private mutating func object(depth: Int) throws(JSONError) -> JSON {
    try open(depth)
    if try closes(0x7D) { return .object(JSONObject()) }
    var members = OpenObject(bottom: fingerprints.count)
    repeat {
      let name = try name(in: members)
      add(try value(depth: depth), under: name, to: &members)
    } while try continues(closing: 0x7D)
    return close(members)
  }

  private mutating func array(depth: Int) throws(JSONError) -> JSON {
    try open(depth)
    if try closes(0x5D) { return .array([]) }
    var elements: [JSON] = []
    repeat { elements.append(try value(depth: depth)) } while try continues(closing: 0x5D)
    return .array(elements)
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

  private mutating func literal(_ word: StaticString, _ value: JSON) throws(JSONError) -> JSON {
    for position in 0..<word.utf8CodeUnitCount {
      guard index < bytes.count else { throw end("unfinished literal") }
      guard bytes[index] == word.utf8Start[position] else { throw failure("expected true, false or null") }
      index += 1
    }
    return value
  }

  mutating func skipWhitespace() {
    while index < bytes.count {
      switch bytes[index] {
      case 0x20, 0x0A, 0x0D, 0x09: index += 1
      default: return
      }
    }
  }

  // What messages say of the place that was reached.
  func failure(_ reason: String) -> JSONError { JSONError(.syntax, reason, offset: index) }
  func end(_ reason: String) -> JSONError { JSONError(.unexpectedEnd, reason, offset: index) }
}
