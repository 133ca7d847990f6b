import SCRMExpressions

// Texts that may be absent, compared by bytes like all others.
extension Optional<String> {
  /// Whether both are absent, or both hold the same bytes.
  package func sameBytes(as other: String?) -> Bool {
    switch (self, other) {
    case (nil, nil): true
    case (let left?, let right?): left.sameBytes(as: right)
    default: false
    }
  }

  /// Byte order; an absent text comes first.
  package func byteOrder(_ other: String?) -> ValueOrder {
    switch (self, other) {
    case (nil, nil): .same
    case (nil, _?): .ascending
    case (_?, nil): .descending
    case (let left?, let right?): left.byteOrder(right)
    }
  }
}
