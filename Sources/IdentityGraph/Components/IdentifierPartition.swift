import DenseData

/// Which identifiers belong together, each component named by its smallest identifier in byte order.
///
/// Memory: eight bytes per identifier besides the identifiers themselves, which it shares with the components it is from.
public struct IdentifierPartition: Sendable {
  private let names: ByteInterner
  // The smallest identifier of the component, by identifier.
  private var heads: ContiguousArray<UInt32>
  /// How many components there are.
  public let componentCount: Int
  /// How many identifiers the largest component has; 0 when there is none.
  public let largest: Int

  init(_ components: inout IdentifierComponents) {
    names = components.names
    componentCount = components.componentCount
    heads = ContiguousArray(repeating: 0, count: components.sets.count)
    var largest = 0
    heads.withUnsafeMutableBufferPointer { heads in
      components.sets.forEachRoot { number, root in heads[number] = UInt32(truncatingIfNeeded: root) }
    }
    for head in heads { largest = max(largest, components.sets.size(ofRoot: Int(head))) }
    self.largest = largest
    nameComponents()
  }

  /// Puts the smallest identifier of each component in the place of its root.
  private mutating func nameComponents() {
    let none = UInt32.max
    var names = names
    var smallest = ContiguousArray(repeating: none, count: heads.count)
    heads.withUnsafeMutableBufferPointer { heads in
      smallest.withUnsafeMutableBufferPointer { smallest in
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { block in
          var start = 0
          while start < heads.count {
            let end = min(start + 64, heads.count)
            // Bring near what the comparisons need.
            var known = 0
            for number in start..<end {
              let candidate = smallest[Int(heads[number])]
              if candidate != none {
                block[known] = candidate
                known += 1
              }
            }
            names.touch(UnsafeBufferPointer(rebasing: block[..<known]))
            for number in start..<end {
              let root = Int(heads[number])
              if smallest[root] == none || names.isBefore(number, Int(smallest[root])) {
                smallest[root] = UInt32(truncatingIfNeeded: number)
              }
            }
            start = end
          }
        }
        for number in heads.indices { heads[number] = smallest[Int(heads[number])] }
      }
    }
  }

  /// How many identifiers there are.
  public var identifierCount: Int { heads.count }

  /// The smallest identifier of the component that an identifier is in; `nil` when no edge named it.
  ///
  /// O(length) expected.
  public func component(of identifier: String) -> String? {
    var identifier = identifier
    guard let number = identifier.withUTF8({ names.number(of: UnsafeRawBufferPointer($0)) }) else { return nil }
    return names.withBytes(of: Int(heads[number])) { String(decoding: $0, as: UTF8.self) }
  }

  /// Calls the body with the bytes of every identifier and of the smallest one of its component, in the order in which
  /// the identifiers were first named.
  ///
  /// - Complexity: O(bytes).
  public func forEach(
    _ body: (_ identifier: UnsafeRawBufferPointer, _ component: UnsafeRawBufferPointer) throws -> Void
  ) rethrows {
    for number in heads.indices {
      try names.withBytes(of: number) { identifier in
        try names.withBytes(of: Int(heads[number])) { try body(identifier, $0) }
      }
    }
  }
}
