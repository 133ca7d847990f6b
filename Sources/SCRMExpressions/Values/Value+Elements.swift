extension Value {
  /// The value as a key of a map literal; `nil` for kinds that cannot be one.
  var literalKey: ValueMap.Key? {
    switch self {
    case .bool(let value): .bool(value)
    case .int(let value): .int(value)
    case .uint(let value): .uint(value)
    case .string(let text): .string(text)
    default: nil
    }
  }

  /// The key that equals the value in the language: a whole double finds the integer of its amount.
  private var searchKey: ValueMap.Key? {
    if case .double(let number) = self {
      if let integer = Int64(exactly: number) { return .int(integer) }
      return UInt64(exactly: number).map { .uint($0) }
    }
    return literalKey
  }

  /// The element of a list or the value under a key; `nil` when there is none.
  func element(at index: Value) throws(ValueError) -> Value? {
    switch self {
    case .list(let values):
      let position: Int64? =
        switch index {
        case .int(let value): value
        case .uint(let value): Int64(clamping: value)
        case .double(let value): Int64(exactly: value)
        default: nil
        }
      guard let position else { throw ValueError(.noSuchOverload, "a list is indexed by a whole number") }
      return position >= 0 && position < Int64(values.count) ? .some(values[Int(position)]) : .none
    case .map(let map):
      guard let key = index.searchKey else { return .none }
      return map[key]
    default: throw ValueError(.noSuchOverload, "a value of type \(typeName) has no elements")
    }
  }

  /// Whether the value is an element of a list or a key of a map.
  func isContained(in container: Value) throws(ValueError) -> Bool {
    switch container {
    case .list(let values): return values.contains { $0.isEqual(to: self) }
    case .map(let map): return searchKey.map { map[$0] != nil } ?? false
    default: throw ValueError(.noSuchOverload, "'in' needs a list or a map, found \(container.typeName)")
    }
  }

  /// How many parts an operation on the whole value handles, as far as it is cheap to tell.
  var size: Int {
    switch self {
    case .string(let text): text.utf8.count
    case .bytes(let bytes): bytes.count
    case .list(let values): values.count
    case .map(let map): map.count
    default: 1
    }
  }
}
