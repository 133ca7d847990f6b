extension PatternDeterminiser {
  /// What is known of a place in the text from what lies before it.
  struct Place {
    var isTextStart: Bool
    var isLineStart: Bool
    var isAfterWord: Bool

    init(isTextStart: Bool, isLineStart: Bool, isAfterWord: Bool) {
      self.isTextStart = isTextStart
      self.isLineStart = isLineStart
      self.isAfterWord = isAfterWord
    }

    init(bits: Int32) {
      self.init(isTextStart: bits & 1 != 0, isLineStart: bits & 2 != 0, isAfterWord: bits & 4 != 0)
    }

    var bits: Int32 { (isTextStart ? 1 : 0) | (isLineStart ? 2 : 0) | (isAfterWord ? 4 : 0) }

    /// Whether an assertion holds here; `nil` if that depends on the next byte and it is not known.
    ///
    /// `next` is `nil` if nothing is known yet, and holds `nil` at the end of the text.
    func satisfies(_ assertion: PatternAssertion, _ next: UInt8??) -> Bool? {
      switch assertion {
      case .textStart: return isTextStart
      case .lineStart: return isLineStart
      case .textEnd: return next.map { $0 == nil }
      case .lineEnd: return next.map { $0 == nil || $0 == 10 }
      case .wordBoundary: return next.map { isAfterWord != ($0.map(isWord) ?? false) }
      case .noWordBoundary:
        guard let next else { return nil }
        // Between the bytes of one character there is no place at all.
        if let byte = next, byte & 0xC0 == 0x80 { return false }
        return isAfterWord == (next.map(isWord) ?? false)
      }
    }
  }

  /// Adds to a set all instructions that are reached from one without taking a byte; true if the match is one of them.
  ///
  /// Splits and settled assertions are followed; assertions that wait for the next byte stay in the set.
  static func close(
    _ instruction: Int32, at place: Place, _ next: UInt8??, _ program: PatternProgram, into set: inout SparseSet,
    _ pending: inout [Int32], _ steps: inout Int
  ) -> Bool {
    pending.removeAll(keepingCapacity: true)
    pending.append(instruction)
    while let instruction = pending.popLast() {
      guard set.insert(instruction) else { continue }
      steps += 1
      switch program.instructions[Int(instruction)] {
      case .match: return true
      case .bytes: break
      case .split(let first, let second):
        pending.append(second)
        pending.append(first)
      case .assertion(let assertion, let target):
        if place.satisfies(assertion, next) == true { pending.append(target) }
      }
    }
    return false
  }
}
