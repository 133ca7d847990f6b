/// The scalars that occur in keywords, numbered: a step of the automaton takes a number.
///
/// Class 0 stands for every scalar that is in no keyword. The others are numbered by how often the keywords use them, the
/// commonest first, so that the rows of the automaton are short and lie close together. A table in two levels gives the
/// class of a scalar: pages of 64, one empty page shared by all that have nothing.
final class KeywordAlphabet: Sendable {
  /// The most different scalars that keywords may have together.
  static let maximumCount = 65_535

  /// The class of each ASCII byte as it stands in the text, upper case with its lower case when case is folded.
  let asciiClass: [UInt16]
  let pageOfBlock: [UInt16]
  let pages: [UInt16]
  /// How many classes there are, class 0 included.
  let count: Int

  /// Numbers the scalars of folded keywords; `nil` when there are too many.
  init?(_ keywords: [[UInt8]], _ folding: TextFolding) {
    var uses: [UInt32: Int] = [:]
    for keyword in keywords {
      keyword.withUnsafeBufferPointer { UTF8Bytes.forEachScalar(in: $0) { uses[$0, default: 0] += 1 } }
    }
    guard uses.count <= KeywordAlphabet.maximumCount else { return nil }
    let order = uses.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let blockCount = Int((order.map(\.key).max() ?? 0) >> 6) + 1
    var table = Table(blockCount: max(blockCount, folding.hanVariants == nil ? 0 : HanVariants.blockEnd))
    for (number, entry) in order.enumerated() { table.set(entry.key, UInt16(truncatingIfNeeded: number + 1)) }
    if let variants = folding.hanVariants {
      for (from, to) in variants.pairs where table.classOf(to) != 0 { table.set(from, table.classOf(to)) }
    }
    var asciiClass = (0..<128).map { table.classOf($0) }
    if folding.foldsCase {
      for upper in 0x41...0x5A { asciiClass[upper] = asciiClass[upper | 0x20] }
    }
    self.asciiClass = asciiClass
    pageOfBlock = table.pageOfBlock
    pages = table.pages
    count = order.count + 1
  }

  /// The storage in bytes.
  var storageBytes: Int { (asciiClass.count + pageOfBlock.count + pages.count) * 2 }

  /// The classes of a folded keyword.
  func classes(of keyword: [UInt8]) -> [UInt16] {
    var result: [UInt16] = []
    result.reserveCapacity(keyword.count)
    keyword.withUnsafeBufferPointer { UTF8Bytes.forEachScalar(in: $0) { result.append(classOf($0)) } }
    return result
  }

  /// The class of a scalar.
  private func classOf(_ scalar: UInt32) -> UInt16 {
    let block = Int(scalar >> 6)
    return block < pageOfBlock.count ? pages[Int(pageOfBlock[block]) << 6 | Int(scalar & 63)] : 0
  }
}

extension KeywordAlphabet {
  /// The two levels while they are filled.
  private struct Table {
    var pageOfBlock: [UInt16]
    var pages = [UInt16](repeating: 0, count: 64)

    init(blockCount: Int) { pageOfBlock = [UInt16](repeating: 0, count: blockCount) }

    mutating func set(_ scalar: UInt32, _ value: UInt16) {
      let block = Int(scalar >> 6)
      if pageOfBlock[block] == 0 {
        pageOfBlock[block] = UInt16(truncatingIfNeeded: pages.count >> 6)
        pages.append(contentsOf: repeatElement(0, count: 64))
      }
      pages[Int(pageOfBlock[block]) << 6 | Int(scalar & 63)] = value
    }

    func classOf(_ scalar: UInt32) -> UInt16 {
      let block = Int(scalar >> 6)
      return block < pageOfBlock.count ? pages[Int(pageOfBlock[block]) << 6 | Int(scalar & 63)] : 0
    }
  }
}
