import DenseData
import SCRMModel

/// The evaluation of the 65,536 people that share a container of the memberships.
struct BatchBlock {
  static let words = 1024
  static let people = words * 64

  let plan: BatchPlan
  let population: Population

  /// Sets the bits of the members: segment `s` has the words `s × 1024 ..< (s + 1) × 1024`.
  func run(_ people: Range<Int>, into results: UnsafeMutablePointer<UInt64>) {
    let counts = ScratchBuffer<UInt32>(plan.pass.countSlots * 64, repeating: 0)
    let sums = ScratchBuffer<Int128>(plan.pass.sumSlots * 64, repeating: 0)
    let truth = ScratchBuffer<UInt64>(plan.leaves.count, repeating: 0)
    let columns = plan.leaves.map { leaf -> [UInt64] in
      switch leaf {
      case .facts(let form): form.evaluate(people, population.columns).holds
      case .snapshot(let bitmap):
        Array(bitmap.bits(of: UInt16(truncatingIfNeeded: people.lowerBound / Self.people)) ?? [])
      default: []
      }
    }
    var stack = [UInt64](repeating: 0, count: 0)
    for word in 0..<((people.count + 63) / 64) {
      let start = people.lowerBound + word * 64
      let lanes = start..<min(start + 64, people.upperBound)
      if plan.pass.countSlots + plan.pass.sumSlots > 0 {
        plan.pass.run(lanes, population.events, counts: counts, sums: sums)
      }
      for leaf in plan.leaves.indices {
        truth[leaf] = bits(leaf, word, lanes, columns[leaf], counts, sums)
      }
      let everybody: UInt64 = lanes.count == 64 ? ~0 : (1 &<< UInt64(lanes.count)) &- 1
      for program in plan.programs {
        stack.removeAll(keepingCapacity: true)
        for step in program.steps {
          switch step {
          case .leaf(let leaf): stack.append(truth[leaf])
          case .segment(let segment): stack.append(results[segment * Self.words + word])
          case .constant(let value): stack.append(value ? ~0 : 0)
          case .not: stack[stack.count - 1] = ~stack[stack.count - 1]
          case .all(let count):
            var all: UInt64 = ~0
            for _ in 0..<count { all &= stack.removeLast() }
            stack.append(all)
          case .any(let count):
            var any: UInt64 = 0
            for _ in 0..<count { any |= stack.removeLast() }
            stack.append(any)
          }
        }
        results[program.segment * Self.words + word] = (stack.last ?? 0) & everybody
      }
    }
  }

  /// For whom of 64 people a term holds.
  private func bits(
    _ leaf: Int, _ word: Int, _ lanes: Range<Int>, _ column: [UInt64], _ counts: borrowing ScratchBuffer<UInt32>,
    _ sums: borrowing ScratchBuffer<Int128>
  ) -> UInt64 {
    var bits: UInt64 = 0
    switch plan.leaves[leaf] {
    case .facts, .snapshot: return word < column.count ? column[word] : 0
    case .count(let slot, let low, let span, let isOutside):
      let base = counts.base + slot * 64
      for lane in 0..<64 {
        bits |= (base[lane] &- low <= span ? 1 : 0) &<< UInt64(truncatingIfNeeded: lane)
      }
      return isOutside ? ~bits : bits
    case .sum(let slot, let comparison, let constant):
      for lane in 0..<lanes.count {
        let sum = ExactSum(units: sums[slot * 64 + lane]).value
        bits |= (comparison.holds(sum, constant) ? 1 : 0) &<< UInt64(truncatingIfNeeded: lane)
      }
      return bits
    case .measure, .expression, .sequence, .unanswered:
      for lane in 0..<lanes.count {
        bits |=
          (plan.leaves[leaf].holds(lanes.lowerBound + lane, population) ? 1 : 0) &<< UInt64(truncatingIfNeeded: lane)
      }
      return bits
    }
  }
}
