/// What each scalar becomes under a folding, laid out for look-up in constant time.
///
/// A table in two levels: pages of 64 scalars, one empty page shared by all in which nothing changes. Making one takes a
/// few milliseconds; it holds about 150 KB.
final class FoldTable: Sendable {
  /// What a scalar becomes, and whether it has to do with its neighbours.
  struct Entry {
    fileprivate(set) var bits: UInt32

    /// Whether the scalar becomes something else.
    var isChanged: Bool { bits >> 31 != 0 }
    /// How many scalars it becomes; none for a dropped mark.
    var count: Int { Int(bits >> 21 & 0x3F) }
    /// The scalar it becomes when that is one, or where they begin in ``FoldTable/sequences``.
    var value: UInt32 { bits & 0x1F_FFFF }
    /// Whether it may be reordered or composed with what stands before it.
    var interacts: Bool { bits & Self.interactsBit != 0 }
    /// Whether it may be reordered or composed with what comes after it.
    var joins: Bool { bits & Self.joinsBit != 0 }
    var isDropped: Bool { isChanged && count == 0 }

    static let changedBit: UInt32 = 1 << 31
    static let interactsBit: UInt32 = 1 << 30
    static let joinsBit: UInt32 = 1 << 29
    /// The most scalars that one becomes; Unicode's longest decomposition has 18.
    static let maximumCount = 63
  }

  /// The page number of each block of 64 scalars; page 0 is the empty one.
  private let pageOfBlock: [UInt16]
  private let pages: [UInt32]
  /// The results of more than one scalar.
  let sequences: [UInt32]
  /// Whether marks are dropped.
  let dropsMarks: Bool

  /// The entry of a scalar; Hangul syllables have none.
  @inline(__always)
  func entry(_ scalar: UInt32) -> Entry {
    Entry(bits: pages[Int(pageOfBlock[Int(scalar >> 6)]) << 6 | Int(scalar & 63)])
  }

  /// The first scalar that a scalar becomes; itself when it is dropped.
  func first(_ scalar: UInt32) -> UInt32 {
    let entry = entry(scalar)
    guard entry.isChanged, entry.count > 0 else { return scalar }
    return entry.count == 1 ? entry.value : sequences[Int(entry.value)]
  }

  /// Makes the table of a folding.
  init(case foldsCase: Bool, width: Bool, diacritics: Bool, compatibility: Bool, variants: HanVariants?) {
    let expansion = ScalarExpansion(
      case: foldsCase, width: width, diacritics: diacritics, compatibility: compatibility, variants: variants)
    let (firsts, seconds) = CanonicalForms.shared.pairs { !expansion.drops($0) }
    var builder = Builder()
    var result: [UInt32] = []
    let replaced = variants?.expansions.keys.sorted() ?? []
    for scalar in Array(ScalarExpansion.candidates.joined()) + replaced {
      result.removeAll(keepingCapacity: true)
      expansion.append(scalar, to: &result)
      var flags: UInt32 = 0
      if result.count > 1 { CanonicalForms.order(&result) }
      if let first = result.first, CanonicalForms.combiningClass(first) != 0 || seconds.contains(first) {
        flags |= Entry.interactsBit
      }
      if let last = result.last,
        CanonicalForms.combiningClass(last) != 0 || firsts.contains(last)
          || Hangul.syllables.contains(last) && Hangul.isOpen(last)
      {
        flags |= Entry.joinsBit
      }
      if result.count > 1 { CanonicalForms.shared.compose(&result) }
      builder.insert(scalar, result, flags)
    }
    pageOfBlock = builder.pageOfBlock
    pages = builder.pages
    sequences = builder.sequences
    dropsMarks = diacritics
  }
}

extension FoldTable {
  /// The table while it is filled.
  private struct Builder {
    var pageOfBlock = [UInt16](repeating: 0, count: 0x11_0000 >> 6)
    var pages = [UInt32](repeating: 0, count: 64)
    var sequences: [UInt32] = []

    mutating func insert(_ scalar: UInt32, _ result: [UInt32], _ flags: UInt32) {
      let isChanged = result.count != 1 || result[0] != scalar
      guard isChanged || flags != 0 else { return }
      let block = Int(scalar >> 6)
      if pageOfBlock[block] == 0 {
        pageOfBlock[block] = UInt16(truncatingIfNeeded: pages.count >> 6)
        pages.append(contentsOf: repeatElement(0, count: 64))
      }
      var bits = flags
      if isChanged {
        let count = min(result.count, Entry.maximumCount)
        bits |= Entry.changedBit | UInt32(count) << 21
        bits |= count == 1 ? result[0] : count == 0 ? 0 : UInt32(truncatingIfNeeded: sequences.count)
        if count > 1 { sequences += result.prefix(count) }
      }
      pages[Int(pageOfBlock[block]) << 6 | Int(scalar & 63)] = bits
    }
  }
}
