/// A folded text that knows where each of its parts stood in the original.
///
/// The map is a list of steps, not a number for each byte: where a stretch of the text folds to as many bytes as it had
/// (all of ASCII and Han, most letters), one step covers all of it, and an ASCII text stores none.
package struct FoldedText: Sendable, Hashable {
  /// The folded text as valid UTF-8.
  package internal(set) var bytes: [UInt8] = []
  /// The length of the original in UTF-8 bytes.
  package internal(set) var sourceCount = 0
  private var steps: [Step] = []

  /// From `folded` on, up to the next step, the original is at `source` and the same number of bytes further.
  private struct Step: Sendable, Hashable {
    var folded: Int
    var source: Int
    /// One source scalar (or several that compose) that folds to another length or to several scalars.
    var isUnit: Bool
  }

  init() {}

  /// The folded text as a string.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Whether every folded byte stands at the offset where its source stood.
  package var isIdentityMap: Bool { steps.isEmpty }

  /// The stretch of the original that a stretch of the folded text came from.
  ///
  /// The result holds whole scalars, and the dropped marks that follow them: for "cafe" in a folded "cafe\u{301}!" it
  /// ends after the accent. Bounds outside the text are brought inside it. An empty range gives an empty one.
  ///
  /// - Parameter folded: Offsets into ``bytes``.
  /// - Returns: UTF-8 offsets into the original.
  /// - Complexity: O(log *s*) for *s* steps.
  package func sourceRange(_ folded: Range<Int>) -> Range<Int> {
    let lower = min(max(folded.lowerBound, 0), bytes.count)
    let upper = min(max(folded.upperBound, lower), bytes.count)
    let start = sourceStart(lower)
    if lower == upper { return start..<start }
    return start..<max(start, sourceEnd(upper))
  }

  /// The source offset of the scalar that the folded byte at the offset came from.
  private func sourceStart(_ offset: Int) -> Int {
    if offset >= bytes.count { return sourceCount }
    let first = scalarStart(offset)
    guard let index = lastStep(atOrBefore: first) else { return first }
    let step = steps[index]
    return step.isUnit ? step.source : step.source + (first - step.folded)
  }

  /// The source offset where the scalar that the byte before the offset came from has ended.
  private func sourceEnd(_ offset: Int) -> Int {
    var end = offset
    while end < bytes.count, UTF8Bytes.isContinuation(bytes[end]) { end += 1 }
    // A range that ends inside what one scalar became takes the whole scalar.
    if end < bytes.count, let index = lastStep(atOrBefore: end), steps[index].isUnit, steps[index].folded < end {
      end = index + 1 < steps.count ? steps[index + 1].folded : bytes.count
    }
    return sourceStart(end)
  }

  private func scalarStart(_ offset: Int) -> Int {
    var start = offset
    while start > 0, UTF8Bytes.isContinuation(bytes[start]) { start -= 1 }
    return start
  }

  private func lastStep(atOrBefore offset: Int) -> Int? {
    var low = 0
    var high = steps.count
    while low < high {
      let middle = (low + high) / 2
      if steps[middle].folded <= offset { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : low - 1
  }
}

// MARK: - Building

extension FoldedText {
  /// Appends ASCII and Han as they are at `source`, ASCII in lower case if asked.
  mutating func appendIdentity(_ run: Slice<UnsafeBufferPointer<UInt8>>, from source: Int, lowercased: Bool) {
    continueIdentity(at: source)
    let start = bytes.count
    bytes.append(contentsOf: run)
    guard lowercased else { return }
    for index in start..<bytes.count where bytes[index] &- 0x41 < 26 { bytes[index] |= 0x20 }
  }

  /// Appends what the scalar at `source` folds to when that has the same length.
  mutating func appendSame(_ scalar: UInt32, from source: Int) {
    continueIdentity(at: source)
    UTF8Bytes.forEachByte(of: scalar) { bytes.append($0) }
  }

  /// Appends what the scalars of a unit at `source` fold to; nothing for a dropped mark.
  mutating func appendUnit(_ unit: FoldingRules.Unit, of rules: borrowing FoldingRules, from source: Int) {
    steps.append(Step(folded: bytes.count, source: source, isUnit: true))
    if unit.count == 1 { return UTF8Bytes.forEachByte(of: unit.first) { bytes.append($0) } }
    rules.forEachScalar(of: unit) { scalar in UTF8Bytes.forEachByte(of: scalar) { bytes.append($0) } }
  }

  private mutating func continueIdentity(at source: Int) {
    if let last = steps.last, last.isUnit {
      steps.append(Step(folded: bytes.count, source: source, isUnit: false))
    }
  }
}
