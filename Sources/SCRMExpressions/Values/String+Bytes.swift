// Swift compares strings by canonical equivalence; databases, CEL and our identifiers compare by bytes.
extension String {
  /// Whether both hold the same UTF-8 bytes.
  @inlinable
  package func sameBytes(as other: String) -> Bool {
    utf8.elementsEqual(other.utf8)
  }

  /// The order of the UTF-8 bytes, which is the order of the Unicode scalars.
  package func byteOrder(_ other: String) -> ValueOrder {
    if sameBytes(as: other) { return .same }
    return utf8.lexicographicallyPrecedes(other.utf8) ? .ascending : .descending
  }

  /// Hashes the UTF-8 bytes.
  @inlinable
  package func hashBytes(into hasher: inout Hasher) {
    let hashed: Void? = utf8.withContiguousStorageIfAvailable { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    if hashed == nil { for byte in utf8 { hasher.combine(byte) } }
    hasher.combine(UInt8(0xFF))
  }
}
