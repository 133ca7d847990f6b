import DenseData
public import SCRMModel

extension MembershipSet {
  /// The set in the portable Roaring format, which libraries for C, Go, Java, Python, Rust and others read and databases
  /// import.
  ///
  /// [RoaringFormatSpec](https://github.com/RoaringBitmap/RoaringFormatSpec); call ``optimise()`` before to have the
  /// smallest form. O(n).
  public func portableBytes() -> [UInt8] { bitmap.portableBytes() }

  /// The number of bytes of ``portableBytes()``; O(blocks), of sets with runs O(runs).
  public var portableByteCount: Int { bitmap.portableByteCount }

  /// Reads the portable Roaring format, with and without runs; O(bytes).
  ///
  /// Everything is checked: order of keys and values, announced sizes, offsets, the end.
  /// - Throws: `SCRMError` with `invalidValue`, which tells the position and what was expected there.
  public init(portable bytes: [UInt8]) throws(SCRMError) {
    do {
      bitmap = try CompressedBitmap(portable: bytes)
    } catch {
      throw SCRMError(
        .invalidValue, subject: "bitmap, byte \(error.position)", "\(error.found); expected \(error.expected)")
    }
  }
}
