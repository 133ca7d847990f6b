/// A number that residuals are kept as.
protocol ResidualAmount: BinaryFloatingPoint, SIMDScalar, Codable, BitwiseCopyable, Sendable {
  /// The magnitudes of eight that lie one after the other, as they are and in single precision.
  static func magnitudes(ofEight first: UnsafePointer<Self>) -> (own: SIMD8<Self>, single: SIMD8<Float>)
}

extension Double: ResidualAmount {
  @inline(__always)
  static func magnitudes(ofEight first: UnsafePointer<Double>) -> (own: SIMD8<Double>, single: SIMD8<Float>) {
    let bits = UnsafeRawPointer(first).loadUnaligned(as: SIMD8<UInt64>.self) & ~(1 << 63)
    let double = unsafeBitCast(bits, to: SIMD8<Double>.self)
    return (double, SIMD8<Float>(double))
  }
}

extension Float: ResidualAmount {
  @inline(__always)
  static func magnitudes(ofEight first: UnsafePointer<Float>) -> (own: SIMD8<Float>, single: SIMD8<Float>) {
    let bits = UnsafeRawPointer(first).loadUnaligned(as: SIMD8<UInt32>.self) & ~(1 << 31)
    let single = unsafeBitCast(bits, to: SIMD8<Float>.self)
    return (single, single)
  }
}
