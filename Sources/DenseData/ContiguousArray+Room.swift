extension ContiguousArray {
  /// Makes room for more elements by growing fourfold where the standard library doubles.
  ///
  /// Growing copies all elements into new memory, whose pages the system has to clear. Fourfold, a table of n rows was
  /// copied n / 3 times row by row on average and not n times. Memory that is reserved and not yet written takes up
  /// addresses only.
  @inlinable
  package mutating func makeRoom(for more: Int = 1) {
    if count + more > capacity, count >= 4_096 { reserveCapacity((count + more) * 4) }
  }
}
