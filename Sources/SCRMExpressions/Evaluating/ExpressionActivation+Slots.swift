// What an index of conditions reads of the values, without building them.
extension ExpressionActivation {
  /// What a slot holds, in plain bits.
  @usableFromInline
  package struct Content: Sendable {
    /// Whether it holds anything; absent and unknown slots do not.
    package let isPresent: Bool
    /// Whether it holds text.
    package let isText: Bool
    /// The number or the truth value; of a text the first eight bytes, the first lowest.
    package let bits: UInt64
    /// Where the bytes of a text lie in ``textBytes``.
    package let bytes: Range<Int>
  }

  /// What a slot holds; absent when there is no such slot.
  package func content(_ slot: Int) -> Content {
    guard slots.indices.contains(slot) else { return Content(isPresent: false, isText: false, bits: 0, bytes: 0..<0) }
    let content = slots[slot]
    let start = Int(content.offset)
    return Content(
      isPresent: content.kind != .absent && content.kind != .unknown, isText: content.kind == .string,
      bits: content.bits, bytes: start..<(start + Int(content.length)))
  }

  /// The bytes of all texts.
  package var textBytes: [UInt8] { bytes }

  /// The value of a slot; `nil` when it is absent or unknown.
  package func slotValue(_ slot: Int) -> Value? {
    slots.indices.contains(slot) ? value(Int32(truncatingIfNeeded: slot)) : .none
  }
}
