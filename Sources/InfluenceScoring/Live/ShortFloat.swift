/// The upper half of a single-precision number: its range, with eight bits of precision (bfloat16).
struct ShortFloat: Sendable, BitwiseCopyable {
  let bits: UInt16

  static let zero = ShortFloat(0)

  /// The nearest one, ties to even.
  init(_ value: Float) {
    let whole = value.bitPattern
    bits = UInt16(truncatingIfNeeded: (whole &+ 0x7fff &+ (whole >> 16 & 1)) >> 16)
  }

  var value: Float { Float(bitPattern: UInt32(bits) << 16) }

  /// Eight of them that lie one after the other.
  @inline(__always)
  static func eight(at first: UnsafePointer<ShortFloat>) -> SIMD8<Float> {
    let halves = UnsafeRawPointer(first).loadUnaligned(as: SIMD8<UInt16>.self)
    return unsafeBitCast(SIMD8<UInt32>(truncatingIfNeeded: halves) &<< 16, to: SIMD8<Float>.self)
  }
}
