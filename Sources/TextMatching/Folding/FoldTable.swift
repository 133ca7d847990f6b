/// What each scalar becomes under case and diacritic folding, laid out for look-up in constant time.
///
/// The Basic Multilingual Plane is a table in two levels (pages of 64 scalars, one empty page shared by all that do not
/// change); longer results and the higher planes are a short sorted list. Built once a process for each combination of
/// the two options, in about a millisecond, and at most 60 KB.
final class FoldTable: Sendable {
  private static let drop: UInt16 = 0xFFFF
  private static let listed: UInt16 = 0xFFFE

  /// The page number of each block of 64 scalars; page 0 is the empty one.
  private let pageOfBlock: [UInt16]
  /// For each scalar of a page its result; 0 for no change, `drop` for nothing, `listed` for an entry of the list.
  private let pages: [UInt16]
  private let listedScalars: [UInt32]
  private let listedResults: [ScalarSequence]
  private let dropsMarks: Bool

  /// The table for the options, or `nil` when neither is on.
  static func table(case foldsCase: Bool, diacritics: Bool) -> FoldTable? {
    switch (foldsCase, diacritics) {
    case (true, true): both
    case (true, false): caseOnly
    case (false, true): diacriticsOnly
    case (false, false): nil
    }
  }

  private static let both = FoldTable(case: true, diacritics: true)
  private static let caseOnly = FoldTable(case: true, diacritics: false)
  private static let diacriticsOnly = FoldTable(case: false, diacritics: true)

  /// Where scalars with case, diacritics or marks lie; between are Han, kana, Hangul, symbols, private use.
  private static let candidates: [ClosedRange<UInt32>] = [
    0x0080...0x2DFF, 0xA640...0xABFF, 0xFB00...0xFBFF, 0xFE00...0xFE2F, 0xFF21...0xFF3A, 0x10400...0x10D8F,
    0x11090...0x11940, 0x16E40...0x16EFF, 0x1D15E...0x1D1C0, 0x1E900...0x1E943,
  ]

  private init(case foldsCase: Bool, diacritics: Bool) {
    let decompositions = diacritics ? FoldTable.decompositions() : [:]
    var builder = Builder()
    for range in FoldTable.candidates {
      for scalar in range {
        let lowered = foldsCase ? CaseData.fold(scalar) : [scalar]
        let result = lowered.flatMap { decompositions[$0] ?? [$0] }
        if result != [scalar] { builder.insert(scalar, ScalarSequence(result)) }
      }
    }
    pageOfBlock = builder.pageOfBlock
    pages = builder.pages
    listedScalars = builder.listedScalars
    listedResults = builder.listedResults
    dropsMarks = diacritics
  }

  private static func decompositions() -> [UInt32: [UInt32]] {
    var result: [UInt32: [UInt32]] = [:]
    for line in DiacriticData.letters.unicodeScalars.split(separator: "\n") {
      guard let base = line.first else { continue }
      for letter in line.dropFirst() { result[letter.value] = [base.value] }
    }
    var row = 0
    while row + 3 < DiacriticData.expansions.count {
      let parts = DiacriticData.expansions[(row + 1)...(row + 3)]
      result[DiacriticData.expansions[row]] = parts.filter { $0 != 0 }
      row += 4
    }
    for range in DiacriticData.droppedMarks {
      for mark in range { result[mark] = [] }
    }
    return result
  }

  /// What the scalar becomes: itself, another, several, or none when it is a dropped mark.
  func fold(_ scalar: UInt32) -> ScalarSequence {
    if scalar >= 0x1_0000 {
      if drops(scalar) { return .none }
      return scalar < 0x1_F000 ? listedResult(scalar) : ScalarSequence(scalar)
    }
    let entry = pages[Int(pageOfBlock[Int(scalar >> 6)]) << 6 | Int(scalar & 63)]
    switch entry {
    case 0: return ScalarSequence(scalar)
    case FoldTable.drop: return .none
    case FoldTable.listed: return listedResult(scalar)
    default: return ScalarSequence(UInt32(entry))
    }
  }

  /// Whether the scalar is a combining mark that the folding leaves out.
  func drops(_ scalar: UInt32) -> Bool {
    guard dropsMarks else { return false }
    if scalar >= 0x1_0000 { return (0xE0100...0xE01EF).contains(scalar) }
    return pages[Int(pageOfBlock[Int(scalar >> 6)]) << 6 | Int(scalar & 63)] == FoldTable.drop
  }

  private func listedResult(_ scalar: UInt32) -> ScalarSequence {
    var low = 0
    var high = listedScalars.count
    while low < high {
      let middle = (low + high) / 2
      if listedScalars[middle] < scalar { low = middle + 1 } else { high = middle }
    }
    guard low < listedScalars.count, listedScalars[low] == scalar else { return ScalarSequence(scalar) }
    return listedResults[low]
  }
}

extension FoldTable {
  /// The table while it is filled.
  private struct Builder {
    var pageOfBlock = [UInt16](repeating: 0, count: 1_024)
    var pages = [UInt16](repeating: 0, count: 64)
    var listedScalars: [UInt32] = []
    var listedResults: [ScalarSequence] = []

    /// Adds an entry; scalars come in ascending order.
    mutating func insert(_ scalar: UInt32, _ result: ScalarSequence) {
      guard scalar < 0x1_0000 else { return list(scalar, result) }
      let block = Int(scalar >> 6)
      if pageOfBlock[block] == 0 {
        pageOfBlock[block] = UInt16(truncatingIfNeeded: pages.count >> 6)
        pages.append(contentsOf: repeatElement(0, count: 64))
      }
      let slot = Int(pageOfBlock[block]) << 6 | Int(scalar & 63)
      if result.isEmpty {
        pages[slot] = FoldTable.drop
      } else if let only = result.only, only < UInt32(FoldTable.listed) {
        pages[slot] = UInt16(truncatingIfNeeded: only)
      } else {
        pages[slot] = FoldTable.listed
        list(scalar, result)
      }
    }

    private mutating func list(_ scalar: UInt32, _ result: ScalarSequence) {
      listedScalars.append(scalar)
      listedResults.append(result)
    }
  }
}
