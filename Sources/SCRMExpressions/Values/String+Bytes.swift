import StrictJSON

// Swift compares strings by canonical equivalence; databases, CEL and our identifiers compare by bytes.
extension String {
  /// Whether both hold the same UTF-8 bytes.
  package func sameBytes(as other: String) -> Bool { UTF8Text.same(self, other) }

  /// The order of the UTF-8 bytes, which is the order of the Unicode scalars.
  package func byteOrder(_ other: String) -> ValueOrder {
    let difference = UTF8Text.difference(self, other)
    return difference == 0 ? .same : (difference < 0 ? .ascending : .descending)
  }

  /// Whether a byte is zero.
  package var holdsNUL: Bool {
    let answer = utf8.withContiguousStorageIfAvailable { bytes in
      var least: UInt8 = .max
      for byte in bytes { least = min(least, byte) }
      return least == 0
    }
    return answer ?? utf8.contains(0)
  }

  /// Hashes the UTF-8 bytes.
  package func hashBytes(into hasher: inout Hasher) { UTF8Text.hash(self, into: &hasher) }
}
