import DenseData

/// Residuals of a few nodes that were passed on and have not been noted yet.
struct PassedAmounts: ~Copyable {
  /// For how many nodes there is room.
  static let capacity = 32

  let nodes = ScratchBuffer(capacity, repeating: UInt32(0))
  let amounts = ScratchBuffer(capacity, repeating: Float(0))
  private(set) var count = 0

  @inline(__always) var isFull: Bool { count == Self.capacity }

  /// Adds a node; there must be room.
  @inline(__always)
  mutating func append(_ amount: Double, of node: Int) {
    nodes[count] = UInt32(truncatingIfNeeded: node)
    amounts[count] = Float(amount)
    count &+= 1
  }

  @inline(__always)
  mutating func removeAll() { count = 0 }
}
