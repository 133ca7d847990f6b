import DenseData
import SCRMModel

/// The evaluation of the 65,536 people that share a container of the memberships.
struct BatchBlock {
  static let words = 1024
  static let people = words * 64
  /// How many words are evaluated together: few enough for all terms to stay in the cache.
  private static let stripe = 64

  let plan: BatchPlan
  let population: Population

  /// Sets the bits of the members: segment `s` has the words `s × 1024 ..< (s + 1) × 1024`.
  func run(_ people: Range<Int>, into results: UnsafeMutablePointer<UInt64>) {
    let counts = ScratchBuffer<Int32>(plan.pass.countRows * 64, repeating: 0)
    let sums = ScratchBuffer<Int128>(plan.pass.sumRows * 64, repeating: 0)
    let truth = ScratchBuffer<UInt64>(plan.leaves.count * Self.stripe, repeating: 0)
    let stack = ScratchBuffer<UInt64>(plan.stackDepth * Self.stripe, repeating: 0)
    let bitmaps = plan.leaves.map { leaf -> ContiguousArray<UInt64>? in
      guard case .snapshot(let bitmap) = leaf else { return nil }
      return bitmap.bits(of: UInt16(truncatingIfNeeded: people.lowerBound / Self.people)) ?? []
    }
    var word = 0
    while word * 64 < people.count {
      let start = people.lowerBound + word * 64
      let stripe = start..<min(start + Self.stripe * 64, people.upperBound)
      evaluateColumns(stripe, word, bitmaps, truth)
      evaluateEvents(stripe, counts, sums, truth)
      for program in plan.programs {
        run(program.steps, stripe, truth, stack, results, word)
        let target = results + program.segment * Self.words + word
        for place in 0..<((stripe.count + 63) / 64) { target[place] = stack[place] }
        if stripe.count % 64 > 0 { target[stripe.count / 64] &= (1 &<< UInt64(stripe.count % 64)) &- 1 }
      }
      word += Self.stripe
    }
  }

  /// Terms over facts and snapshots.
  private func evaluateColumns(
    _ people: Range<Int>, _ word: Int, _ bitmaps: [ContiguousArray<UInt64>?], _ truth: borrowing ScratchBuffer<UInt64>
  ) {
    let lists = ListBits(plan.listTests, people, population.columns)
    for (number, leaf) in plan.leaves.enumerated() {
      let target = truth.base + number * Self.stripe
      switch leaf {
      case .facts(let form):
        for (place, bits) in form.evaluate(people, population.columns, lists).enumerated() { target[place] = bits }
      case .snapshot:
        guard let bits = bitmaps[number] else { continue }
        for place in 0..<Self.stripe { target[place] = word + place < bits.count ? bits[word + place] : 0 }
      default: break
      }
    }
  }

  /// Terms over events, for 64 people at a time.
  private func evaluateEvents(
    _ people: Range<Int>, _ counts: borrowing ScratchBuffer<Int32>, _ sums: borrowing ScratchBuffer<Int128>,
    _ truth: borrowing ScratchBuffer<UInt64>
  ) {
    for place in 0..<((people.count + 63) / 64) {
      let start = people.lowerBound + place * 64
      let lanes = start..<min(start + 64, people.upperBound)
      if !plan.pass.isEmpty { plan.pass.run(lanes, population.events, counts: counts, sums: sums) }
      for leaf in plan.eventLeaves {
        let bits: UInt64
        switch plan.leaves[leaf] {
        case .count(let slot, let range, let isOutside):
          bits = slot.counts(counts.base, in: range) ^ (isOutside ? ~0 : 0)
        case .sum(let slot, let range, let isOutside):
          bits = slot.sums(sums.base, in: range) ^ (isOutside ? ~0 : 0)
        default:
          var found: UInt64 = 0
          for lane in 0..<lanes.count where plan.leaves[leaf].holds(lanes.lowerBound + lane, population) {
            found |= 1 &<< UInt64(truncatingIfNeeded: lane)
          }
          bits = found
        }
        truth[leaf * Self.stripe + place] = bits
      }
    }
  }

  /// Combines terms; the outcome stands at the bottom of the stack.
  private func run(
    _ steps: [BatchPlan.Step], _ people: Range<Int>, _ truth: borrowing ScratchBuffer<UInt64>,
    _ stack: borrowing ScratchBuffer<UInt64>, _ results: UnsafeMutablePointer<UInt64>, _ word: Int
  ) {
    var top = stack.base
    for step in steps {
      switch step {
      case .leaf(let leaf):
        let source = truth.base + leaf * Self.stripe
        for place in 0..<Self.stripe { top[place] = source[place] }
        top += Self.stripe
      case .segment(let segment):
        let source = results + segment * Self.words + word
        for place in 0..<Self.stripe { top[place] = source[place] }
        top += Self.stripe
      case .constant(let value):
        for place in 0..<Self.stripe { top[place] = value ? ~0 : 0 }
        top += Self.stripe
      case .not:
        let operand = top - Self.stripe
        for place in 0..<Self.stripe { operand[place] = ~operand[place] }
      case .all(let count): combine(count, &top, empty: ~0) { $0 & $1 }
      case .any(let count): combine(count, &top, empty: 0) { $0 | $1 }
      }
    }
  }

  @inline(__always)
  private func combine(
    _ count: Int, _ top: inout UnsafeMutablePointer<UInt64>, empty: UInt64, _ operation: (UInt64, UInt64) -> UInt64
  ) {
    if count == 0 {
      for place in 0..<Self.stripe { top[place] = empty }
      top += Self.stripe
      return
    }
    let target = top - count * Self.stripe
    for operand in 1..<max(count, 1) {
      let source = target + operand * Self.stripe
      for place in 0..<Self.stripe { target[place] = operation(target[place], source[place]) }
    }
    top = target + Self.stripe
  }
}

extension EventPass.Slot {
  /// For whom of 64 people the count lies in a range.
  @inline(__always)
  func counts(_ rows: UnsafePointer<Int32>, in range: ClosedRange<Int32>) -> UInt64 {
    let counts = UnsafeRawPointer(rows + row &* 64)
    let later = end < 0 ? nil : UnsafeRawPointer(rows + end &* 64)
    let (least, greatest) = (SIMD4(repeating: range.lowerBound), SIMD4(repeating: range.upperBound))
    var bits = SIMD4<UInt32>.zero
    var bit = SIMD4<UInt32>(repeating: 1)
    for place in 0..<16 {
      var values = counts.loadUnaligned(fromByteOffset: place &* 16, as: SIMD4<Int32>.self)
      if let later { values &-= later.loadUnaligned(fromByteOffset: place &* 16, as: SIMD4<Int32>.self) }
      bits |= SIMD4<UInt32>.zero.replacing(with: bit, where: (values .>= least) .& (values .<= greatest))
      bit = bit &+ bit
    }
    return UInt64(bits[0]) | UInt64(bits[1]) &<< 16 | UInt64(bits[2]) &<< 32 | UInt64(bits[3]) &<< 48
  }

  /// For whom of 64 people the sum lies in a range.
  func sums(_ rows: UnsafePointer<Int128>, in range: ClosedRange<Int128>) -> UInt64 {
    var bits: UInt64 = 0
    for lane in 0..<64 {
      let place = EventPass.place(lane)
      let sum = rows[row &* 64 &+ place] &- (end < 0 ? 0 : rows[end &* 64 &+ place])
      bits |= (sum >= range.lowerBound && sum <= range.upperBound ? 1 : 0) &<< UInt64(truncatingIfNeeded: lane)
    }
    return bits
  }
}
