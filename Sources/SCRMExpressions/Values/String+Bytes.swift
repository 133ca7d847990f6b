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

  /// Hashes the UTF-8 bytes.
  package func hashBytes(into hasher: inout Hasher) { UTF8Text.hash(self, into: &hasher) }
}
