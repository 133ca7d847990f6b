/// Up to three scalars in one word: what one scalar folds to.
///
/// Three is the longest that Unicode's lower-casing and the decompositions used here give. U+0000 cannot be an element,
/// which costs nothing because ASCII never comes here.
struct ScalarSequence: Hashable, Sendable {
  /// 21 bits for each scalar, the first one lowest; zero where there is none.
  private(set) var packed: UInt64

  init(_ first: UInt32, _ second: UInt32 = 0, _ third: UInt32 = 0) {
    packed = UInt64(first) | UInt64(second) << 21 | UInt64(third) << 42
  }

  /// Takes the first three elements.
  init(_ scalars: some Sequence<UInt32>) {
    packed = 0
    var shift: UInt64 = 0
    for scalar in scalars where shift < 63 {
      packed |= UInt64(scalar) << shift
      shift += 21
    }
  }

  static let none = ScalarSequence(0)

  var isEmpty: Bool { packed == 0 }

  /// The only element, or `nil` when there are none or more.
  var only: UInt32? { packed != 0 && packed >> 21 == 0 ? first : nil }

  var first: UInt32 { UInt32(truncatingIfNeeded: packed & 0x1F_FFFF) }

  var last: UInt32 {
    var rest = packed
    while rest >> 21 != 0 { rest >>= 21 }
    return UInt32(truncatingIfNeeded: rest)
  }

  /// Calls the body with each scalar in order.
  func forEach(_ body: (UInt32) -> Void) {
    var rest = packed
    while rest != 0 {
      body(UInt32(truncatingIfNeeded: rest & 0x1F_FFFF))
      rest >>= 21
    }
  }
}
