/// A step of a condition over scalars and text: one test of slots, and where to go with its result.
///
/// Plain numbers only; constants of text lie in one table of bytes.
struct ConditionStep: Sendable {
  enum Code: UInt8, Sendable {
    case truth
    case textEqual, textIn, textStarts, textEnds, textContains
    case intEqual, intLess, intLessOrEqual, intGreater, intGreaterOrEqual, intIn
    case uintEqual, uintLess, uintLessOrEqual, uintGreater, uintGreaterOrEqual
    case doubleEqual, doubleLess, doubleLessOrEqual, doubleGreater, doubleGreaterOrEqual
    /// An int slot against a double, as the nearest double.
    case intAsDoubleLess, intAsDoubleLessOrEqual, intAsDoubleGreater, intAsDoubleGreaterOrEqual
    case textEqualSlot, intEqualSlot, doubleEqualSlot, doubleLessSlot, doubleLessOrEqualSlot, intLessSlot,
      intLessOrEqualSlot
    case present
    /// Any other condition, evaluated by the interpreter.
    case general

    /// Whether the second operand is a text in the table of bytes.
    var readsText: Bool {
      switch self {
      case .textEqual, .textStarts, .textEnds, .textContains: true
      default: false
      }
    }
    /// Whether the second operand is a set in the table of members.
    var readsMembers: Bool { self == .textIn || self == .intIn }
  }

  /// The end of the condition with a result, in place of a next step.
  static let isTrue: Int32 = -1
  static let isFalse: Int32 = -2

  var code: Code
  /// The slot, or the node of a general condition.
  var slot: Int32
  /// The second slot, the start of a text in the table of bytes, or the start of a set in the table of sets.
  var other: Int32 = 0
  /// The bytes of a text or the members of a set.
  var length: UInt32 = 0
  /// The number, or the first eight bytes of a text.
  var bits: UInt64 = 0
  var whenTrue: Int32
  var whenFalse: Int32
}

/// A member of a set of texts.
struct ConditionMember: Sendable {
  /// The first eight bytes, or the number.
  var head: UInt64
  var length: UInt32 = 0
  var offset: Int32 = 0
}
