/// A condition as a chain of tests that ends in true or false, or gives up where a value is missing.
///
/// It handles what is decided by present values alone. In every other case (a missing value, a failure, the budget) it
/// answers nothing and the interpreter evaluates the condition from the start, so that the meaning is written once.
struct ConditionProgram: Sendable {
  var tests: [ConditionStep] = []
  var members: [ConditionMember] = []
  var bytes: [UInt8] = []
  var entry: Int32 = ConditionStep.isTrue
  /// Whether a step needs the interpreter.
  var hasGeneral = false
  /// How many steps may read a whole text.
  var searches = 0

  /// What no run of the tests costs more than.
  func bound(textBytes: Int) -> UInt64 {
    UInt64(tests.count * 4 + members.count + bytes.count + searches * (textBytes / 10))
  }

  /// The result; `nil` when a value is missing or a general step has no result.
  @inline(__always)
  func run(_ activation: ExpressionActivation, general: (Int32) -> Bool?) -> Bool? {
    tests.withUnsafeBufferPointer { tests in
      activation.slots.withUnsafeBufferPointer { slots in
        activation.bytes.withUnsafeBufferPointer { texts in
          bytes.withUnsafeBufferPointer { constants in
            members.withUnsafeBufferPointer { members in
              Self.run(
                tests, entry, ConditionInput(slots: slots, texts: texts, constants: constants, members: members),
                general)
            }
          }
        }
      }
    }
  }

  /// Follows the chain from a step on.
  @inline(__always)
  static func run(
    _ tests: UnsafeBufferPointer<ConditionStep>, _ entry: Int32, _ input: ConditionInput, _ general: (Int32) -> Bool?
  ) -> Bool? {
    var next = entry
    while next >= 0 {
      let test = tests[Int(next)]
      let result: Bool
      if test.code == .general {
        guard let found = general(test.slot) else { return nil }
        result = found
      } else {
        guard input.slots[Int(test.slot)].kind == input.kind(for: test.code) || test.code == .present else {
          return nil
        }
        guard let found = input.decide(test) else { return nil }
        result = found
      }
      next = result ? test.whenTrue : test.whenFalse
    }
    return next == ConditionStep.isTrue
  }
}

/// A condition program behind one reference, so that running it counts no references of its tables.
final class SharedConditionProgram: Sendable {
  let program: ConditionProgram

  init(_ program: ConditionProgram) { self.program = program }
}
