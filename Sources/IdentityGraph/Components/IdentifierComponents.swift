import DenseData
public import SCRMModel

/// Connected components of identifiers given as texts: the plain stitching of an edge list.
///
/// ```swift
/// var components = IdentifierComponents()
/// try components.connect("phone:+8613800138000", "email:wang@example.cn")
/// try components.connect("email:wang@example.cn", "wechat:o6_bm")
/// print(components.partition().component(of: "wechat:o6_bm") ?? "-")  // email:wang@example.cn
/// ```
///
/// Identifiers are compared by bytes and taken as they are; bring them to their normal form first. A component is named
/// by its smallest identifier in byte order, so neither the components nor their names depend on the order of the edges.
/// Nothing here protects from wrong edges: one shared value joins all who bear it.
///
/// Nearly O(length) per edge. Memory per identifier: its bytes, and 30 to 60 bytes (up to twice as much for a moment while
/// a table grows).
public struct IdentifierComponents: Sendable {
  var names: ByteInterner
  var sets = DisjointSets()
  /// How many edges were taken, repeated ones too.
  public internal(set) var edgeCount = 0

  /// Creates an empty set of components.
  /// - Parameter capacity: How many different identifiers to make room for.
  public init(capacity: Int = 0) { names = ByteInterner(capacity: min(max(capacity, 0), 1 << 30)) }

  /// How many different identifiers there are.
  public var identifierCount: Int { names.count }
  /// How many components they form.
  public var componentCount: Int { sets.setCount }

  /// Joins two identifiers.
  ///
  /// - Throws: `SCRMError`: `invalidValue` for an empty identifier, `limitExceeded` beyond 2³¹ − 1 identifiers or 16 GiB of
  ///   them.
  public mutating func connect(_ left: String, _ right: String) throws(SCRMError) {
    let one = try number(of: left)
    let other = try number(of: right)
    sets.grow(to: names.count)
    sets.unite(one, other)
    edgeCount += 1
  }

  private mutating func number(of identifier: String) throws(SCRMError) -> Int {
    if identifier.isEmpty {
      throw SCRMError(.invalidValue, subject: "identifier", "an empty identifier, expected at least one byte")
    }
    guard names.hasRoom(bytes: identifier.utf8.count, keys: 1) else { throw Self.full }
    var identifier = identifier
    return identifier.withUTF8 { names.intern(UnsafeRawBufferPointer($0)) }
  }

  static var full: SCRMError {
    SCRMError(
      .limitExceeded, subject: "identifiers", "too many, expected at most \(Int32.max) identifiers and 16 GiB of them")
  }

  /// Joins the identifiers of a block of edges, two ranges for each; returns whether there was room for them.
  mutating func connect(_ keys: UnsafeBufferPointer<ByteRange>, of bytes: UnsafeRawBufferPointer) -> Bool {
    guard let base = bytes.baseAddress, !keys.isEmpty else { return true }
    guard names.hasRoom(bytes: bytes.count, keys: keys.count) else { return false }
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: keys.count) { numbers in
      guard let first = numbers.baseAddress else { return }
      names.intern(keys, of: base, into: first)
      sets.grow(to: names.count)
      sets.unite(pairs: UnsafeBufferPointer(start: first, count: keys.count))
    }
    edgeCount += keys.count / 2
    return true
  }

  /// What the edges so far make of the identifiers; O(identifiers).
  ///
  /// Shortens paths, and changes nothing else.
  public mutating func partition() -> IdentifierPartition { IdentifierPartition(&self) }
}
