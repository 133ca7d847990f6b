extension Interpreter {
  /// `size`, `contains`, `startsWith`, `endsWith`, `matches`.
  mutating func callText(_ function: BuiltInFunction, _ arguments: [Value]) throws(ValueError) -> Value {
    if function == .size, let value = arguments.first {
      switch value {
      case .string(let text):
        try spend(size: text.utf8.count)
        return .int(Int64(text.unicodeScalars.count))
      case .bytes(let bytes): return .int(Int64(bytes.count))
      case .list(let values): return .int(Int64(values.count))
      case .map(let map): return .int(Int64(map.count))
      default: throw undefined(function, arguments)
      }
    }
    guard arguments.count == 2, case .string(let text) = arguments[0], case .string(let part) = arguments[1] else {
      throw undefined(function, arguments)
    }
    switch function {
    case .startsWith:
      try spend(size: part.utf8.count)
      return .bool(text.utf8.starts(with: part.utf8))
    case .endsWith:
      try spend(size: part.utf8.count)
      return .bool(text.utf8.suffix(part.utf8.count).elementsEqual(part.utf8))
    case .contains:
      try spend(size: text.utf8.count + part.utf8.count)
      return .bool(ByteSearch.contains(text, part))
    case .matches:
      try spend(part.utf8.count)
      return .bool(try search(try pattern(part), text))
    default: throw undefined(function, arguments)
    }
  }

  /// A pattern that is not constant is compiled at each evaluation, without an automaton in advance.
  private mutating func pattern(_ text: String) throws(ValueError) -> RegularExpression {
    let pattern: RegularExpression
    do {
      pattern = try RegularExpression(text, limits: RegularExpressionLimits(programSize: 10_000, preparationSteps: 0))
    } catch {
      throw ValueError(.invalidArgument, error.description)
    }
    try spend(pattern.programSize)
    return pattern
  }

  /// Searches a text; ten steps of the automaton cost one.
  mutating func search(_ pattern: RegularExpression, _ text: String) throws(ValueError) -> Bool {
    let left = budget > cost ? budget - cost : 0
    let allowed = Int(clamping: min(left, UInt64(Int.max / 20)) * 10 + 10)
    var steps = allowed
    guard let found = pattern.matches(text, spending: &steps) else {
      try spend(allowed)
      return false
    }
    try spend((allowed - steps) / 10)
    return found
  }

  /// `charAt`, `indexOf`, `lastIndexOf`, `substring`: positions count code points.
  mutating func callPositions(_ function: BuiltInFunction, _ arguments: [Value]) throws(ValueError) -> Value {
    guard case .string(let text)? = arguments.first else { throw undefined(function, arguments) }
    try spend(size: text.utf8.count)
    let scalars = Array(text.unicodeScalars)
    switch (function, arguments.count) {
    case (.charAt, 2):
      guard case .int(let position) = arguments[1] else { break }
      let index = try Self.position(position, in: 0...scalars.count)
      return .string(index == scalars.count ? "" : String(Character(scalars[index])))
    case (.substring, 2), (.substring, 3):
      guard case .int(let start) = arguments[1] else { break }
      let from = try Self.position(start, in: 0...scalars.count)
      var to = scalars.count
      if arguments.count == 3 {
        guard case .int(let end) = arguments[2] else { break }
        to = try Self.position(end, in: 0...scalars.count)
      }
      guard from <= to else { throw ValueError(.indexOutOfRange, "the start \(from) lies behind the end \(to)") }
      return .string(Self.text(scalars[from..<to]))
    case (.indexOf, 2), (.indexOf, 3), (.lastIndexOf, 2), (.lastIndexOf, 3):
      guard case .string(let part) = arguments[1] else { break }
      let wanted = Array(part.unicodeScalars)
      let isLast = function == .lastIndexOf
      var start = isLast ? scalars.count : 0
      if arguments.count == 3 {
        guard case .int(let position) = arguments[2] else { break }
        // An empty part is found wherever it is looked for.
        start = try Self.position(
          position, in: 0...max(0, wanted.isEmpty || scalars.isEmpty ? scalars.count : scalars.count - 1))
      }
      try spend(size: scalars.count * max(1, wanted.count / 10))
      return .int(Int64(Self.find(wanted, in: scalars, from: start, isLast: isLast)))
    default: break
    }
    throw undefined(function, arguments)
  }

  static func text(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  private static func position(_ position: Int64, in range: ClosedRange<Int>) throws(ValueError) -> Int {
    guard let index = Int(exactly: position), range.contains(index) else {
      throw ValueError(.indexOutOfRange, "the index \(position) lies outside of 0 … \(range.upperBound)")
    }
    return index
  }

  /// The first position from `start` on, or the last one up to it; −1 when there is none.
  private static func find(
    _ wanted: [Unicode.Scalar], in scalars: [Unicode.Scalar], from start: Int, isLast: Bool
  ) -> Int {
    guard wanted.count <= scalars.count else { return -1 }
    let end = scalars.count - wanted.count
    func matches(_ index: Int) -> Bool {
      for offset in 0..<wanted.count where scalars[index + offset] != wanted[offset] { return false }
      return true
    }
    if isLast { return stride(from: min(start, end), through: 0, by: -1).first(where: matches) ?? -1 }
    guard start <= end else { return -1 }
    return (start...end).first(where: matches) ?? -1
  }

  /// The other functions of the strings extension.
  mutating func callStrings(_ function: BuiltInFunction, _ arguments: [Value]) throws(ValueError) -> Value {
    if function == .join { return try join(arguments) }
    guard case .string(let text)? = arguments.first else { throw undefined(function, arguments) }
    try spend(size: text.utf8.count)
    switch (function, arguments.count) {
    case (.lowerASCII, 1): return .string(Self.mapBytes(text) { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 })
    case (.upperASCII, 1): return .string(Self.mapBytes(text) { $0 &- 0x61 < 26 ? $0 & 0xDF : $0 })
    case (.trim, 1):
      let scalars = Array(text.unicodeScalars)
      guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
        let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
      else { return .string("") }
      return .string(Self.text(scalars[first...last]))
    case (.quote, 1): return .string(StringQuoting.quoted(text))
    case (.replace, 3), (.replace, 4):
      guard case .string(let old) = arguments[1], case .string(let new) = arguments[2] else { break }
      var limit = Int.max
      if arguments.count == 4 {
        guard case .int(let count) = arguments[3] else { break }
        limit = count < 0 ? .max : Int(clamping: count)
      }
      return .string(try replace(text, old, new, limit: limit))
    case (.split, 2), (.split, 3):
      guard case .string(let separator) = arguments[1] else { break }
      var limit = Int.max
      if arguments.count == 3 {
        guard case .int(let count) = arguments[2] else { break }
        limit = count < 0 ? .max : Int(clamping: count)
      }
      return .list(try split(text, separator, limit: limit).map { .string($0) })
    default: break
    }
    throw undefined(function, arguments)
  }

  private static func mapBytes(_ text: String, _ change: (UInt8) -> UInt8) -> String {
    String(decoding: text.utf8.map(change), as: UTF8.self)
  }

  private mutating func join(_ arguments: [Value]) throws(ValueError) -> Value {
    guard case .list(let values)? = arguments.first else { throw undefined(.join, arguments) }
    var separator = ""
    if arguments.count == 2 {
      guard case .string(let text) = arguments[1] else { throw undefined(.join, arguments) }
      separator = text
    }
    var texts: [String] = []
    for value in values {
      guard case .string(let text) = value else { throw undefined(.join, arguments) }
      try spend(1 + (text.utf8.count + separator.utf8.count) / 10)
      texts.append(text)
    }
    return .string(texts.joined(separator: separator))
  }

  /// The pieces between separators; an empty separator stands between all code points.
  private mutating func split(_ text: String, _ separator: String, limit: Int) throws(ValueError) -> [String] {
    if limit == 0 { return [] }
    if limit == 1 { return [text] }
    if separator.isEmpty {
      let scalars = Array(text.unicodeScalars)
      try spend(scalars.count)
      guard scalars.count > limit else { return scalars.map { String(Character($0)) } }
      return scalars[..<(limit - 1)].map { String(Character($0)) } + [Self.text(scalars[(limit - 1)...])]
    }
    let bytes = Array(text.utf8)
    let places = ByteSearch.places(of: Array(separator.utf8), in: bytes, limit: limit - 1)
    try spend(places.count)
    var pieces: [String] = []
    var start = 0
    for place in places {
      pieces.append(String(decoding: bytes[start..<place], as: UTF8.self))
      start = place + separator.utf8.count
    }
    return pieces + [String(decoding: bytes[start...], as: UTF8.self)]
  }

  private mutating func replace(
    _ text: String, _ old: String, _ new: String, limit: Int
  ) throws(ValueError) -> String {
    if limit == 0 { return text }
    if old.isEmpty {
      // Before every code point and at the end, as Go does.
      let scalars = Array(text.unicodeScalars)
      try spend(min(limit, scalars.count + 1) * (1 + new.utf8.count / 10))
      var view = String.UnicodeScalarView()
      for (index, scalar) in scalars.enumerated() {
        if index < limit { view.append(contentsOf: new.unicodeScalars) }
        view.append(scalar)
      }
      if scalars.count < limit { view.append(contentsOf: new.unicodeScalars) }
      return String(view)
    }
    let bytes = Array(text.utf8)
    let places = ByteSearch.places(of: Array(old.utf8), in: bytes, limit: limit)
    try spend(places.count * (1 + new.utf8.count / 10))
    var output: [UInt8] = []
    var start = 0
    for place in places {
      output.append(contentsOf: bytes[start..<place])
      output.append(contentsOf: new.utf8)
      start = place + old.utf8.count
    }
    output.append(contentsOf: bytes[start...])
    return String(decoding: output, as: UTF8.self)
  }
}
