/// A condition over leaves as a chain of tests: where to go when the bit is set and when it is not.
struct SegmentProgram: Sendable {
  struct Step: Sendable {
    /// The number of a leaf, or `~number` of a segment.
    let operand: Int32
    let whenTrue: Int32
    let whenFalse: Int32
  }

  static let isTrue: Int32 = -1
  static let isFalse: Int32 = -2

  var steps: [Step] = []
  var entry = isTrue

  /// The leaves and segments it asks, each once.
  var operands: [Int32] { Array(Set(steps.map(\.operand))).sorted() }

  @inline(__always)
  func holds(_ leaves: UnsafePointer<UInt64>, _ members: UnsafePointer<UInt64>) -> Bool {
    steps.withUnsafeBufferPointer { steps in
      var next = entry
      while next >= 0 {
        let step = steps[Int(next)]
        let isSet: Bool
        if step.operand >= 0 {
          isSet = leaves[Int(step.operand) >> 6] >> UInt64(step.operand & 63) & 1 == 1
        } else {
          let segment = Int(~step.operand)
          isSet = members[segment >> 6] >> UInt64(segment & 63) & 1 == 1
        }
        next = isSet ? step.whenTrue : step.whenFalse
      }
      return next == Self.isTrue
    }
  }

  /// Adds the steps of a normalised condition, last part first, and gives where it begins.
  mutating func add(
    _ condition: SegmentCondition, whenTrue: Int32, whenFalse: Int32, operand: (SegmentCondition) -> Int32
  ) -> Int32 {
    switch condition {
    case .constant(let value): return value ? whenTrue : whenFalse
    case .all(let parts):
      return parts.reversed().reduce(whenTrue) {
        add($1, whenTrue: $0, whenFalse: whenFalse, operand: operand)
      }
    case .any(let parts):
      return parts.reversed().reduce(whenFalse) {
        add($1, whenTrue: whenTrue, whenFalse: $0, operand: operand)
      }
    case .not(let part): return add(part, whenTrue: whenFalse, whenFalse: whenTrue, operand: operand)
    default:
      steps.append(Step(operand: operand(condition), whenTrue: whenTrue, whenFalse: whenFalse))
      return Int32(steps.count - 1)
    }
  }
}
