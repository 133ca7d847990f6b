/// A CEL map: keys are `bool`, `int`, `uint` or `string`, entries are kept in one canonical order.
///
/// Keys that are equal in the language are the same key, so `1` and `1u` cannot both occur (cel-spec, "Maps").
/// Canonical order (bool, number, string) makes equal maps equal in bytes. Lookup is O(log n).
public struct ValueMap: Sendable {
  /// A key of a map.
  public enum Key: Sendable {
    /// A truth value.
    case bool(Bool)
    /// A signed integer.
    case int(Int64)
    /// An unsigned integer; equal to the signed one of the same amount.
    case uint(UInt64)
    /// Text, compared by bytes.
    case string(String)
  }

  /// The entries in canonical order.
  public private(set) var entries: [(key: Key, value: Value)]

  /// Creates an empty map.
  public init() { entries = [] }

  /// Creates a map from entries in any order.
  /// - Throws: ``ValueError`` with the code `duplicateKey` when two keys are equal.
  public init(_ unsorted: [(key: Key, value: Value)]) throws(ValueError) {
    entries = unsorted.sorted { Self.order($0.key, $1.key) == .ascending }
    for index in entries.indices.dropFirst() where Self.order(entries[index - 1].key, entries[index].key) == .same {
      throw ValueError(.duplicateKey, "a map names the same key twice")
    }
  }

  /// Creates a map from a dictionary of texts; keys that differ only in Unicode form stay apart if Swift keeps them so.
  public init(_ dictionary: [String: Value]) {
    entries = dictionary.map { (key: Key.string($0.key), value: $0.value) }
      .sorted { Self.order($0.key, $1.key) == .ascending }
  }

  /// The number of entries.
  @inlinable public var count: Int { entries.count }
  /// Whether there are none.
  @inlinable public var isEmpty: Bool { entries.isEmpty }

  /// The value under a text key; assigning `nil` removes it.
  public subscript(key: String) -> Value? {
    get { self[.string(key)] }
    set { self[.string(key)] = newValue }
  }

  /// The value under a key; assigning `nil` removes it.
  public subscript(key: Key) -> Value? {
    get {
      let position = position(of: key)
      // Not `? … : nil`: a value is nil-literal convertible itself.
      return position.found ? .some(entries[position.index].value) : .none
    }
    set {
      let position = position(of: key)
      switch (position.found, newValue) {
      case (true, .some(let value)): entries[position.index].value = value
      case (true, nil): entries.remove(at: position.index)
      case (false, .some(let value)): entries.insert((key: key, value: value), at: position.index)
      case (false, nil): break
      }
    }
  }

  private func position(of key: Key) -> (index: Int, found: Bool) {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      switch Self.order(entries[middle].key, key) {
      case .ascending: low = middle + 1
      case .same: return (middle, true)
      default: high = middle
      }
    }
    return (low, false)
  }

  static func order(_ left: Key, _ right: Key) -> ValueOrder {
    switch (left, right) {
    case (.bool(let l), .bool(let r)): l == r ? .same : (r ? .ascending : .descending)
    case (.string(let l), .string(let r)): l.byteOrder(r)
    case (.int(let l), .int(let r)): l < r ? .ascending : (l == r ? .same : .descending)
    case (.uint(let l), .uint(let r)): l < r ? .ascending : (l == r ? .same : .descending)
    case (.int(let l), .uint(let r)): l < 0 || UInt64(l) < r ? .ascending : (UInt64(l) == r ? .same : .descending)
    case (.uint(let l), .int(let r)): r < 0 || UInt64(r) < l ? .descending : (UInt64(r) == l ? .same : .ascending)
    default: left.rank < right.rank ? .ascending : .descending
    }
  }
}

extension ValueMap.Key: Hashable {
  fileprivate var rank: Int {
    switch self {
    case .bool: 0
    case .int, .uint: 1
    case .string: 2
    }
  }

  fileprivate var isUnsigned: Bool { if case .uint = self { true } else { false } }

  /// Whether the two are the same key of the language.
  public static func == (left: Self, right: Self) -> Bool { ValueMap.order(left, right) == .same }

  /// Hashes so that equal numbers of either kind agree.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .bool(let value): hasher.combine(value)
    case .int(let value): hasher.combine(value)
    case .uint(let value):
      if let signed = Int64(exactly: value) { hasher.combine(signed) } else { hasher.combine(value) }
    case .string(let text): text.hashBytes(into: &hasher)
    }
  }

  /// The key as a value.
  public var value: Value {
    switch self {
    case .bool(let value): .bool(value)
    case .int(let value): .int(value)
    case .uint(let value): .uint(value)
    case .string(let text): .string(text)
    }
  }
}

extension ValueMap: Hashable {
  /// Whether both hold the same keys, of the same kinds, and structurally equal values.
  ///
  /// Structural as for ``Value``: `{1: true}` and `{1u: true}` differ here and are equal in the language.
  public static func == (left: ValueMap, right: ValueMap) -> Bool {
    left.entries.count == right.entries.count
      && zip(left.entries, right.entries).allSatisfy {
        $0.key == $1.key && $0.key.isUnsigned == $1.key.isUnsigned && $0.value == $1.value
      }
  }

  /// Hashes the entries in canonical order.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(entries.count)
    for entry in entries {
      hasher.combine(entry.key)
      hasher.combine(entry.value)
    }
  }
}

// Keys and values may be personal, so that neither is ever printed.
extension ValueMap: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The kind alone.
  public var description: String { "‹map›" }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// A mirror without children, so that `dump` shows nothing personal.
  public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}

extension ValueMap.Key: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The kind alone.
  public var description: String { value.description }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// A mirror without children, so that `dump` shows nothing personal.
  public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}

extension ValueMap: ExpressibleByDictionaryLiteral {
  /// Creates a map; of two equal keys the later wins.
  public init(dictionaryLiteral elements: (Key, Value)...) {
    self.init()
    for (key, value) in elements { self[key] = value }
  }
}

extension ValueMap.Key: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
  /// A text key.
  public init(stringLiteral value: String) { self = .string(value) }
  /// A signed integer key.
  public init(integerLiteral value: Int64) { self = .int(value) }
}
