/// Up to 64 conditions evaluated over one activation at once.
///
/// Their tests lie in one table, so that the tables and the values are reached once for all of them. What a chain of
/// tests cannot decide is evaluated as ``ExpressionProgram/matches(_:budget:)`` does.
package struct ConditionBatch: Sendable {
  /// The tables, behind one reference.
  private final class Tables: Sendable {
    let tests: [ConditionStep]
    let members: [ConditionMember]
    let bytes: [UInt8]
    let chains: [Chain]
    let programs: [ExpressionProgram]
    let numbers: [Int]
    /// The conditions without a chain, a bit each by their place among the programs.
    let others: UInt64

    init(_ conditions: [(number: Int, program: ExpressionProgram)]) {
      var (tests, members, bytes): ([ConditionStep], [ConditionMember], [UInt8]) = ([], [], [])
      var chains: [Chain] = []
      var others: UInt64 = 0
      for (place, condition) in conditions.enumerated() {
        guard let program = condition.program.chain, !program.hasGeneral else {
          others |= 1 << UInt64(place)
          continue
        }
        let (firstTest, firstMember, firstByte) = (tests.count, members.count, bytes.count)
        func moved(_ next: Int32) -> Int32 { next < 0 ? next : next + Int32(truncatingIfNeeded: firstTest) }
        for var test in program.tests {
          test.whenTrue = moved(test.whenTrue)
          test.whenFalse = moved(test.whenFalse)
          if test.code.readsText { test.other += Int32(truncatingIfNeeded: firstByte) }
          if test.code.readsMembers { test.other += Int32(truncatingIfNeeded: firstMember) }
          tests.append(test)
        }
        for var member in program.members {
          member.offset += Int32(truncatingIfNeeded: firstByte)
          members.append(member)
        }
        bytes += program.bytes
        chains.append(
          Chain(
            place: place, entry: moved(program.entry), bound: program.bound(textBytes: 0), searches: program.searches))
      }
      (self.tests, self.members, self.bytes, self.chains, self.others) = (tests, members, bytes, chains, others)
      programs = conditions.map(\.program)
      numbers = conditions.map(\.number)
    }
  }

  /// Where a condition begins in the table of tests.
  private struct Chain: Sendable {
    var place: Int
    var entry: Int32
    /// What it costs at most where there is no text, and how many steps may read a whole text.
    var bound: UInt64
    var searches: Int
  }

  private let tables: Tables

  /// Prepares conditions, each with the number of its bit, 0 … 63.
  package init(_ conditions: [(number: Int, program: ExpressionProgram)]) { tables = Tables(conditions) }

  /// The conditions that hold, a bit each; undecided and failed ones do not.
  package func holding(_ activation: ExpressionActivation) -> UInt64 {
    let tables = tables
    var bits: UInt64 = 0
    var undecided = tables.others
    let textCost = UInt64(activation.bytes.count / 10)
    tables.tests.withUnsafeBufferPointer { tests in
      activation.slots.withUnsafeBufferPointer { slots in
        activation.bytes.withUnsafeBufferPointer { texts in
          tables.bytes.withUnsafeBufferPointer { constants in
            tables.members.withUnsafeBufferPointer { members in
              let input = ConditionInput(slots: slots, texts: texts, constants: constants, members: members)
              for chain in tables.chains {
                let isCheap = chain.bound + UInt64(chain.searches) * textCost <= ExpressionProgram.defaultBudget
                guard isCheap, let holds = ConditionProgram.run(tests, chain.entry, input, { _ in nil }) else {
                  undecided |= 1 << UInt64(chain.place)
                  continue
                }
                if holds { bits |= 1 << UInt64(tables.numbers[chain.place]) }
              }
            }
          }
        }
      }
    }
    while undecided != 0 {
      let place = undecided.trailingZeroBitCount
      undecided &= undecided - 1
      if tables.programs[place].matches(activation) { bits |= 1 << UInt64(tables.numbers[place]) }
    }
    return bits
  }
}
