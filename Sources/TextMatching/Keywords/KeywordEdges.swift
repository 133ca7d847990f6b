/// What must not stand beside an occurrence of a keyword, and how long the occurrence is.
struct KeywordEdges: Sendable {
  /// The folded length in bytes.
  let length: Int
  /// The class that the scalar before must not have; `other` when anything may stand there.
  let before: ScalarClass
  /// The class that the scalar after must not have; `other` when anything may stand there.
  let after: ScalarClass

  init(of folded: [UInt8], _ match: Keyword.Match) {
    length = folded.count
    (before, after) = folded.withUnsafeBufferPointer { bytes in
      guard !bytes.isEmpty else { return (.other, .other) }
      let first = ScalarClass(UTF8Bytes.scalar(at: 0, in: bytes).value)
      let last = ScalarClass(UTF8Bytes.scalar(before: bytes.count, in: bytes))
      return (KeywordEdges.forbidden(beside: first, match), KeywordEdges.forbidden(beside: last, match))
    }
  }

  /// Whether an occurrence counts whatever stands beside it.
  var isFree: Bool { before == .other && after == .other }

  private static func forbidden(beside edge: ScalarClass, _ match: Keyword.Match) -> ScalarClass {
    switch match {
    case .word: edge
    case .substring: .other
    case .automatic: edge == .spaced ? .spaced : .other
    }
  }
}
