extension Value: Hashable {
  /// Structural equality: same kind, same content; strings by bytes, doubles by value with `NaN` equal to itself.
  public static func == (left: Value, right: Value) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let l), .bool(let r)): l == r
    case (.int(let l), .int(let r)): l == r
    case (.uint(let l), .uint(let r)): l == r
    case (.double(let l), .double(let r)): l == r || (l.isNaN && r.isNaN)
    case (.string(let l), .string(let r)): l.sameBytes(as: r)
    case (.bytes(let l), .bytes(let r)): l == r
    case (.list(let l), .list(let r)): l == r
    case (.map(let l), .map(let r)): l == r
    case (.timestamp(let l), .timestamp(let r)): l == r
    case (.duration(let l), .duration(let r)): l == r
    case (.type(let l), .type(let r)): l.sameBytes(as: r)
    case (.opaque(let l), .opaque(let r)): Self.equal(l, r)
    default: false
    }
  }

  /// Hashes the kind and the content.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .null: hasher.combine(0)
    case .bool(let value): hasher.combine(value)
    case .int(let value): hasher.combine(value)
    case .uint(let value): hasher.combine(value)
    case .double(let value): hasher.combine(value.isNaN ? Double.nan.bitPattern : (value == 0 ? 0 : value.bitPattern))
    case .string(let text): text.hashBytes(into: &hasher)
    case .bytes(let bytes): hasher.combine(bytes)
    case .list(let values): hasher.combine(values)
    case .map(let map): hasher.combine(map)
    case .timestamp(let instant): hasher.combine(instant)
    case .duration(let duration): hasher.combine(duration)
    case .type(let name): name.hashBytes(into: &hasher)
    case .opaque(let value): value.hash(into: &hasher)
    }
  }

  /// Equality of the language: numbers by amount across kinds, `NaN` equal to nothing, values of other kinds unequal.
  ///
  /// An integer equals a double that is the integer's nearest one.
  ///
  /// Follows cel-spec "Equality": heterogeneous comparison is `false` and never an error. O(n) in the size of the values.
  public func isEqual(to other: Value) -> Bool {
    switch (self, other) {
    case (.int, .int), (.int, .uint), (.int, .double), (.uint, .int), (.uint, .uint), (.uint, .double),
      (.double, .int), (.double, .uint), (.double, .double):
      return Self.numericOrder(self, other) == .same
    case (.list(let l), .list(let r)):
      return l.count == r.count && zip(l, r).allSatisfy { $0.isEqual(to: $1) }
    case (.map(let l), .map(let r)):
      return l.count == r.count
        && zip(l.entries, r.entries).allSatisfy { $0.key == $1.key && $0.value.isEqual(to: $1.value) }
    case (.opaque(let l), .opaque(let r)):
      guard let l = l as? OptionalValue, let r = r as? OptionalValue else { return self == other }
      switch (l.wrapped, r.wrapped) {
      case (.some(let l), .some(let r)): return l.isEqual(to: r)
      case (.none, .none): return true
      default: return false
      }
    default:
      return self == other
    }
  }

  private static func equal<T: OpaqueValue>(_ left: T, _ right: any OpaqueValue) -> Bool {
    (right as? T).map { left == $0 } ?? false
  }
}
