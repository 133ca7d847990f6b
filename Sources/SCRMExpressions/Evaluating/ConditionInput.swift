/// What the tests of a condition read.
struct ConditionInput {
  let slots: UnsafeBufferPointer<ActivationSlot>
  let texts: UnsafeBufferPointer<UInt8>
  let constants: UnsafeBufferPointer<UInt8>
  let members: UnsafeBufferPointer<ConditionMember>

  /// What a slot must hold for a test.
  @inline(__always)
  func kind(for code: ConditionStep.Code) -> ActivationSlot.Kind {
    switch code {
    case .truth: .bool
    case .textEqual, .textIn, .textStarts, .textEnds, .textContains, .textEqualSlot: .string
    case .uintEqual, .uintLess, .uintLessOrEqual, .uintGreater, .uintGreaterOrEqual: .uint
    case .doubleEqual, .doubleLess, .doubleLessOrEqual, .doubleGreater, .doubleGreaterOrEqual, .doubleEqualSlot,
      .doubleLessSlot, .doubleLessOrEqualSlot:
      .double
    default: .int
    }
  }

  @inline(__always)
  func decide(_ test: ConditionStep) -> Bool? {
    let slot = slots[Int(test.slot)]
    switch test.code {
    case .truth: return slot.bits != 0
    case .textEqual:
      return slot.length == test.length && slot.bits == test.bits
        && (test.length <= 8 || sameRest(slot, constants, Int(test.other)))
    case .textIn: return isMember(slot, test)
    case .textStarts:
      return slot.length >= test.length && same(texts, Int(slot.offset), constants, Int(test.other), Int(test.length))
    case .textEnds:
      return slot.length >= test.length
        && same(texts, Int(slot.offset) + Int(slot.length - test.length), constants, Int(test.other), Int(test.length))
    case .textContains:
      let start = Int(slot.offset)
      return ByteSearch.contains(
        UnsafeBufferPointer(rebasing: texts[start..<(start + Int(slot.length))]),
        UnsafeBufferPointer(rebasing: constants[Int(test.other)..<(Int(test.other) + Int(test.length))]))
    case .intEqual: return slot.bits == test.bits
    case .intLess: return int(slot) < int(test)
    case .intLessOrEqual: return int(slot) <= int(test)
    case .intGreater: return int(slot) > int(test)
    case .intGreaterOrEqual: return int(slot) >= int(test)
    case .intIn:
      for index in Int(test.other)..<(Int(test.other) + Int(test.length)) where members[index].head == slot.bits {
        return true
      }
      return false
    case .uintEqual: return slot.bits == test.bits
    case .uintLess: return slot.bits < test.bits
    case .uintLessOrEqual: return slot.bits <= test.bits
    case .uintGreater: return slot.bits > test.bits
    case .uintGreaterOrEqual: return slot.bits >= test.bits
    case .doubleEqual: return double(slot) == double(test)
    case .doubleLess: return double(slot) < double(test)
    case .doubleLessOrEqual: return double(slot) <= double(test)
    case .doubleGreater: return double(slot) > double(test)
    case .doubleGreaterOrEqual: return double(slot) >= double(test)
    case .intAsDoubleLess: return Double(int(slot)) < double(test)
    case .intAsDoubleLessOrEqual: return Double(int(slot)) <= double(test)
    case .intAsDoubleGreater: return Double(int(slot)) > double(test)
    case .intAsDoubleGreaterOrEqual: return Double(int(slot)) >= double(test)
    case .textEqualSlot, .intEqualSlot, .doubleEqualSlot, .doubleLessSlot, .doubleLessOrEqualSlot, .intLessSlot,
      .intLessOrEqualSlot:
      return compare(slot, slots[Int(test.other)], test.code)
    case .present: return slot.kind == .unknown ? .none : .some(slot.kind != .absent)
    case .general: return nil
    }
  }

  private func compare(_ left: ActivationSlot, _ right: ActivationSlot, _ code: ConditionStep.Code) -> Bool? {
    guard left.kind == right.kind else { return nil }
    switch code {
    case .textEqualSlot:
      return left.length == right.length && left.bits == right.bits
        && (left.length <= 8 || sameRest(left, texts, Int(right.offset)))
    case .intEqualSlot: return left.bits == right.bits
    case .doubleEqualSlot: return double(left) == double(right)
    case .doubleLessSlot: return double(left) < double(right)
    case .doubleLessOrEqualSlot: return double(left) <= double(right)
    case .intLessSlot: return int(left) < int(right)
    default: return int(left) <= int(right)
    }
  }

  @inline(__always) private func int(_ slot: ActivationSlot) -> Int64 { Int64(bitPattern: slot.bits) }
  @inline(__always) private func int(_ test: ConditionStep) -> Int64 { Int64(bitPattern: test.bits) }
  @inline(__always) private func double(_ slot: ActivationSlot) -> Double { Double(bitPattern: slot.bits) }
  @inline(__always) private func double(_ test: ConditionStep) -> Double { Double(bitPattern: test.bits) }

  /// Whether the bytes behind the first eight are the same.
  @inline(__always)
  private func sameRest(_ slot: ActivationSlot, _ other: UnsafeBufferPointer<UInt8>, _ start: Int) -> Bool {
    same(texts, Int(slot.offset) + 8, other, start + 8, Int(slot.length) - 8)
  }

  @inline(__always)
  private func same(
    _ left: UnsafeBufferPointer<UInt8>, _ leftStart: Int, _ right: UnsafeBufferPointer<UInt8>, _ rightStart: Int,
    _ count: Int
  ) -> Bool {
    var index = 0
    while index < count {
      if left[leftStart + index] != right[rightStart + index] { return false }
      index += 1
    }
    return true
  }

  /// Members are in order of their first bytes, so that a large set is searched by halves.
  @inline(__always)
  private func isMember(_ slot: ActivationSlot, _ test: ConditionStep) -> Bool {
    var low = Int(test.other)
    let end = low + Int(test.length)
    if test.length > 16 {
      var high = end
      while low < high {
        let middle = (low + high) / 2
        if members[middle].head < slot.bits { low = middle + 1 } else { high = middle }
      }
    }
    while low < end, members[low].head <= slot.bits {
      let member = members[low]
      if member.head == slot.bits, member.length == slot.length,
        member.length <= 8 || sameRest(slot, constants, Int(member.offset))
      {
        return true
      }
      low += 1
    }
    return false
  }
}
