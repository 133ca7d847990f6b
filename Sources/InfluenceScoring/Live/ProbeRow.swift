/// What is kept of one node for all probes: single-precision numbers of which the upper half is kept, their range with eight
/// bits of precision (bfloat16), in 32 bytes that lie in one line of the cache.
struct ProbeRow: Sendable, BitwiseCopyable {
  /// Of how many probes.
  static let count = 16
  /// Two probes each: in the lower half one of the first eight, in the upper half one of the others.
  private var words = SIMD8<UInt32>()

  /// The nearest ones, ties to even.
  init(first: SIMD8<Float> = SIMD8(), second: SIMD8<Float> = SIMD8()) {
    words = Self.rounded(first) &>> 16 | Self.rounded(second) & Self.upper
  }

  @inline(__always) private static var upper: SIMD8<UInt32> { SIMD8(repeating: 0xffff_0000) }

  private static func rounded(_ values: SIMD8<Float>) -> SIMD8<UInt32> {
    let bits = unsafeBitCast(values, to: SIMD8<UInt32>.self)
    return bits &+ 0x7fff &+ (bits &>> 16 & 1)
  }

  /// Those of the first eight probes.
  @inline(__always) var first: SIMD8<Float> { unsafeBitCast(words &<< 16, to: SIMD8<Float>.self) }
  /// Those of the others.
  @inline(__always) var second: SIMD8<Float> { unsafeBitCast(words & Self.upper, to: SIMD8<Float>.self) }

  subscript(probe: Int) -> Float { probe < 8 ? first[probe] : second[probe - 8] }
}
