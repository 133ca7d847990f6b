/// A condition over up to four bits of a row as the list of its sixteen answers, so that it is decided without a branch.
struct TruthTable: Sendable {
  // The places of the bits in the row; one that is not needed is that of the first bit.
  private var first: UInt32 = 0
  private var second: UInt32 = 0
  private var third: UInt32 = 0
  private var fourth: UInt32 = 0
  private let answers: UInt32

  /// Asks the answer for every way the bits may be; `nil` for more than four bits.
  init?(_ places: [UInt32], _ answer: (_ isSet: (UInt32) -> Bool) -> Bool) {
    guard places.count <= 4 else { return nil }
    answers = (0..<16).reduce(UInt32(0)) { answers, way in
      let isTrue = answer { place in places.firstIndex(of: place).map { way >> $0 & 1 == 1 } ?? false }
      return answers | (isTrue ? 1 : 0) << UInt32(way)
    }
    let padded = places + [UInt32](repeating: places.first ?? 0, count: 4 - places.count)
    (first, second, third, fourth) = (padded[0], padded[1], padded[2], padded[3])
  }

  /// The answer for a row, 1 or 0.
  @inline(__always)
  func answer(_ words: UnsafeMutableBufferPointer<UInt64>) -> UInt32 {
    let way =
      bit(first, words) | bit(second, words) &<< 1 | bit(third, words) &<< 2 | bit(fourth, words) &<< 3
    return answers &>> way & 1
  }

  @inline(__always)
  private func bit(_ place: UInt32, _ words: UnsafeMutableBufferPointer<UInt64>) -> UInt32 {
    UInt32(truncatingIfNeeded: words[Int(place &>> 6)] &>> UInt64(place & 63)) & 1
  }
}

/// A segment that asks a leaf, with all that is needed to decide it side by side.
struct TabledSegment: Sendable {
  let table: TruthTable
  let segment: UInt32
}
