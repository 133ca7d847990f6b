import DenseData

extension MembershipSet: Sequence {
  /// Goes through the members in ascending order, block by block.
  public struct Iterator: IteratorProtocol {
    private let bitmap: CompressedBitmap
    private var piece = 0
    private var base: UInt32 = 0
    private var values: ContiguousArray<UInt16> = []
    private var next16 = 0

    init(_ bitmap: CompressedBitmap) { self.bitmap = bitmap }

    /// The next member.
    public mutating func next() -> UInt32? {
      if next16 == values.count {
        guard let next = bitmap.piece(piece) else { return nil }
        (base, values) = next
        next16 = 0
        piece += 1
      }
      defer { next16 += 1 }
      return base | UInt32(values[next16])
    }
  }

  /// The members in ascending order.
  public func makeIterator() -> Iterator { Iterator(bitmap) }

  /// The number of members.
  public var underestimatedCount: Int { count }
}
