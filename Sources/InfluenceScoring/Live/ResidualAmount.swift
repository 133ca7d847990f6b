/// A number that residuals are kept as.
protocol ResidualAmount: BinaryFloatingPoint, BitwiseCopyable, Sendable {
  /// The magnitudes of eight that lie one after the other, in single and in double precision.
  static func magnitudes(ofEight first: UnsafePointer<Self>) -> (single: SIMD8<Float>, double: SIMD8<Double>)
}

extension Double: ResidualAmount {
  @inline(__always)
  static func magnitudes(ofEight first: UnsafePointer<Double>) -> (single: SIMD8<Float>, double: SIMD8<Double>) {
    let bits = UnsafeRawPointer(first).loadUnaligned(as: SIMD8<UInt64>.self) & ~(1 << 63)
    let double = unsafeBitCast(bits, to: SIMD8<Double>.self)
    return (SIMD8<Float>(double), double)
  }
}

extension Float: ResidualAmount {
  @inline(__always)
  static func magnitudes(ofEight first: UnsafePointer<Float>) -> (single: SIMD8<Float>, double: SIMD8<Double>) {
    let bits = UnsafeRawPointer(first).loadUnaligned(as: SIMD8<UInt32>.self) & ~(1 << 31)
    let single = unsafeBitCast(bits, to: SIMD8<Float>.self)
    return (single, SIMD8<Double>(single))
  }
}
