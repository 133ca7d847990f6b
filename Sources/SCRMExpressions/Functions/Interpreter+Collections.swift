extension Interpreter {
  /// `base64.encode` and `base64.decode`, with or without padding.
  mutating func callEncodings(_ function: BuiltInFunction, _ arguments: [Value]) throws(ValueError) -> Value {
    switch (function, arguments.first) {
    case (.base64Encode, .bytes(let bytes)?):
      try spend(size: bytes.count)
      return .string(Base64.encode(bytes))
    case (.base64Decode, .string(let text)?):
      try spend(size: text.utf8.count)
      let padded = text + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
      guard let bytes = Base64.decode(padded) else { throw ValueError(.invalidArgument, "the text is not base64") }
      return .bytes(bytes)
    default: throw undefined(function, arguments)
    }
  }

  /// The sets extension: lists without regard to order and repetition.
  mutating func callSets(_ function: BuiltInFunction, _ arguments: [Value]) throws(ValueError) -> Value {
    guard arguments.count == 2, case .list(let left) = arguments[0], case .list(let right) = arguments[1] else {
      throw undefined(function, arguments)
    }
    try spend(Int(clamping: Int128(left.count) * Int128(right.count)))
    func holds(_ list: [Value], _ value: Value) -> Bool { list.contains { $0.isEqual(to: value) } }
    switch function {
    case .setsContains: return .bool(right.allSatisfy { holds(left, $0) })
    case .setsIntersects: return .bool(right.contains { holds(left, $0) })
    default: return .bool(right.allSatisfy { holds(left, $0) } && left.allSatisfy { holds(right, $0) })
    }
  }

  /// The lists extension, and `reverse` of texts.
  mutating func callLists(_ function: BuiltInFunction, _ arguments: [Value]) throws(ValueError) -> Value {
    switch (function, arguments.first) {
    case (.reverse, .string(let text)?):
      try spend(size: text.utf8.count)
      return .string(Self.text(text.unicodeScalars.reversed()))
    case (.listRange, .int(let count)?):
      try spend(Int(clamping: max(count, 0)))
      guard count <= 1 << 24 else { throw ValueError(.outOfRange, "a list has at most 16,777,216 elements") }
      return .list((0..<max(count, 0)).map { .int($0) })
    case (_, .list(let values)?):
      try spend(values.count)
      return try callList(function, values, arguments)
    default: throw undefined(function, arguments)
    }
  }

  private mutating func callList(
    _ function: BuiltInFunction, _ values: [Value], _ arguments: [Value]
  ) throws(ValueError) -> Value {
    switch function {
    case .reverse: return .list(values.reversed())
    case .first: return .optional(values.first)
    case .last: return .optional(values.last)
    case .slice:
      guard arguments.count == 3, case .int(let start) = arguments[1], case .int(let end) = arguments[2] else { break }
      guard start >= 0, start <= end, end <= Int64(values.count) else {
        throw ValueError(.indexOutOfRange, "expected 0 ≤ start ≤ end ≤ \(values.count)")
      }
      return .list(Array(values[Int(start)..<Int(end)]))
    case .flatten:
      var depth: Int64 = 1
      if arguments.count == 2 {
        guard case .int(let levels) = arguments[1] else { break }
        guard levels >= 0 else { throw ValueError(.invalidArgument, "the number of levels is negative") }
        depth = levels
      }
      return .list(try flatten(values, depth))
    case .distinct:
      var kept: [Value] = []
      for value in values {
        try spend(kept.count)
        if !kept.contains(where: { $0.isEqual(to: value) }) { kept.append(value) }
      }
      return .list(kept)
    case .sort: return .list(try sorted(values, by: values))
    case .sortByKeys:
      guard arguments.count == 2, case .list(let keys) = arguments[1], keys.count == values.count else { break }
      return .list(try sorted(values, by: keys))
    default: break
    }
    throw undefined(function, arguments)
  }

  private mutating func flatten(_ values: [Value], _ depth: Int64) throws(ValueError) -> [Value] {
    if depth == 0 { return values }
    var flat: [Value] = []
    for value in values {
      guard case .list(let inner) = value else {
        flat.append(value)
        continue
      }
      try spend(inner.count)
      flat += try flatten(inner, depth - 1)
    }
    return flat
  }

  /// A stable order by keys of one kind that has an order.
  private mutating func sorted(_ values: [Value], by keys: [Value]) throws(ValueError) -> [Value] {
    guard let first = keys.first else { return [] }
    for key in keys {
      guard key.typeName == first.typeName else {
        throw ValueError(.noSuchOverload, "only values of one type can be sorted")
      }
      _ = try key.compare(to: first)
    }
    let comparisons = values.count * (Int.bitWidth - values.count.leadingZeroBitCount)
    try spend(comparisons)
    let order = keys.indices.sorted { left, right in
      let order = try? keys[left].compare(to: keys[right])
      return order == .ascending || order != .descending && left < right
    }
    return order.map { values[$0] }
  }
}
