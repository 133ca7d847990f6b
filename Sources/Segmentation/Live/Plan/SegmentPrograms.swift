/// The conditions of all segments over the bits of a row, in which leaves and memberships stand.
struct SegmentPrograms: Sendable {
  /// A test of a long condition: where to go when a bit is set and when it is not.
  private struct Step: Sendable {
    let place: UInt32
    let whenTrue: Int32
    let whenFalse: Int32
  }

  private static let isTrue: Int32 = -1
  private static let isFalse: Int32 = -2

  /// Short conditions by the number of the segment, `nil` for long ones.
  private(set) var tables: ContiguousArray<TruthTable?> = []
  /// Where the tests of a condition begin.
  private var entries: ContiguousArray<Int32> = []
  private var steps: ContiguousArray<Step> = []

  /// Compiles conditions.
  /// - Parameters:
  ///   - conditions: normalised conditions.
  ///   - place: the place in the row of the bit of a leaf or of a segment that is named.
  init(_ conditions: [SegmentCondition], place: (SegmentCondition) -> UInt32) {
    for condition in conditions {
      let first = steps.count
      let entry = add(condition, whenTrue: Self.isTrue, whenFalse: Self.isFalse, place)
      let places = Set(steps[first...].map(\.place)).sorted()
      entries.append(entry)
      tables.append(TruthTable(places) { isSet in holds(from: entry, isSet) })
    }
  }

  /// Whether the condition of a segment holds for a row.
  func holds(_ segment: Int, _ words: UnsafeMutableBufferPointer<UInt64>) -> Bool {
    holds(from: entries[segment]) { words[Int($0 &>> 6)] &>> UInt64($0 & 63) & 1 == 1 }
  }

  @inline(__always)
  private func holds(from entry: Int32, _ isSet: (UInt32) -> Bool) -> Bool {
    var next = entry
    while next >= 0 {
      let step = steps[Int(next)]
      next = isSet(step.place) ? step.whenTrue : step.whenFalse
    }
    return next == Self.isTrue
  }

  /// Adds the tests of a part, the last one first, and gives where it begins.
  private mutating func add(
    _ condition: SegmentCondition, whenTrue: Int32, whenFalse: Int32, _ place: (SegmentCondition) -> UInt32
  ) -> Int32 {
    switch condition {
    case .constant(let value): return value ? whenTrue : whenFalse
    case .all(let parts):
      return parts.reversed().reduce(whenTrue) { add($1, whenTrue: $0, whenFalse: whenFalse, place) }
    case .any(let parts):
      return parts.reversed().reduce(whenFalse) { add($1, whenTrue: whenTrue, whenFalse: $0, place) }
    case .not(let part): return add(part, whenTrue: whenFalse, whenFalse: whenTrue, place)
    default:
      steps.append(Step(place: place(condition), whenTrue: whenTrue, whenFalse: whenFalse))
      return Int32(steps.count - 1)
    }
  }
}
