/// A folding made ready to walk over a text.
struct FoldingRules {
  private let foldsCase: Bool
  private let foldsWidth: Bool
  private let table: FoldTable?
  private let variants: HanVariants?

  /// What one step over the source gives.
  struct Unit {
    /// The folded scalars; none for a dropped mark.
    var scalars: ScalarSequence
    /// The source offset after the scalars that went in.
    var end: Int
    /// Whether one scalar became one scalar of the same length, so that offsets move on together.
    var keepsLength: Bool
  }

  init(_ folding: TextFolding) {
    foldsCase = folding.foldsCase
    foldsWidth = folding.foldsWidth
    variants = folding.hanVariants
    table = FoldTable.table(case: folding.foldsCase, diacritics: folding.foldsDiacritics)
  }

  @inline(__always)
  func foldASCII(_ byte: UInt8) -> UInt8 {
    foldsCase && byte &- 0x41 < 26 ? byte | 0x20 : byte
  }

  /// The end of the ASCII and Han from the offset on.
  func endOfPlainRun(from offset: Int, in source: UnsafeBufferPointer<UInt8>) -> Int {
    var end = offset
    while end < source.count {
      let byte = source[end]
      if byte < 0x80 {
        end += 1
      } else if variants == nil, FoldingRules.leadsHan(byte), end + 3 <= source.count {
        end += 3
      } else {
        break
      }
    }
    return end
  }

  /// Whether the byte leads a scalar of U+4000–9FFF, three bytes of Han that always fold to three bytes.
  @inline(__always)
  static func leadsHan(_ byte: UInt8) -> Bool { byte >= 0xE4 && byte <= 0xE9 }

  /// Folds the scalar at the offset, which is not ASCII, with the scalars after it that compose with it.
  func unit(at offset: Int, in source: UnsafeBufferPointer<UInt8>) -> Unit {
    let (original, end) = UTF8Bytes.scalar(at: offset, in: source)
    // Han and what lies beside it, and emoji: nothing else to fold.
    if HanVariants.scalars.contains(original) {
      return Unit(scalars: ScalarSequence(variants?.fold(original) ?? original), end: end, keepsLength: true)
    }
    if (0x1F000...0x1FFFF).contains(original) {
      return Unit(scalars: ScalarSequence(original), end: end, keepsLength: true)
    }
    var scalar = foldWidth(original)
    if Composition.mayCompose(scalar) {
      var composedEnd = end
      while let next = scalarAfterMarks(at: composedEnd, in: source),
        let composed = Composition.compose(scalar, next.value)
      {
        scalar = composed
        composedEnd = next.end
      }
      if composedEnd != end {
        return Unit(scalars: ScalarSequence(scalar), end: composedEnd, keepsLength: false)
      }
    }
    let scalars = scalar < 0x80 ? ScalarSequence(foldASCII(scalar)) : table?.fold(scalar) ?? ScalarSequence(scalar)
    let keepsLength = scalars.only.map { UTF8Bytes.length(of: $0) == end - offset } ?? false
    return Unit(scalars: scalars, end: end, keepsLength: keepsLength)
  }

  /// The class of the first scalar at or after the offset that is not a dropped mark; `other` at the end.
  func classOfScalar(atOrAfter offset: Int, in source: UnsafeBufferPointer<UInt8>) -> ScalarClass {
    scalarAfterMarks(at: offset, in: source).map { ScalarClass($0.value) } ?? .other
  }

  private func foldWidth(_ scalar: UInt32) -> UInt32 {
    foldsWidth && (scalar == 0x3000 || scalar >= 0xFF00) ? WidthData.fold(scalar) : scalar
  }

  private func foldASCII(_ scalar: UInt32) -> UInt32 {
    UInt32(foldASCII(UInt8(truncatingIfNeeded: scalar)))
  }

  /// The scalar at the offset, or after the dropped marks there, with its width folded.
  private func scalarAfterMarks(
    at offset: Int, in source: UnsafeBufferPointer<UInt8>
  ) -> (value: UInt32, end: Int)? {
    var next = offset
    while next < source.count {
      let (scalar, end) = UTF8Bytes.scalar(at: next, in: source)
      if let table, table.drops(scalar) {
        next = end
      } else {
        return (foldWidth(scalar), end)
      }
    }
    return nil
  }
}
