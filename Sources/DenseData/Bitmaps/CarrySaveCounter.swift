/// Counts the bits of a stream of vectors with carry-save adders (the Harley–Seal method; Muła, Kurz & Lemire, *Faster
/// population counts using AVX2 instructions*, Computer Journal 61, 2018).
///
/// Sixteen vectors cost fifteen full adders and one population count, so that it stays fast on processors and at compiler
/// settings without an instruction for the count.
enum CarrySaveCounter {
  typealias Vector = SIMD2<UInt64>

  /// The number of bits in `count` vectors, each of which is asked for once and in order; `count` is a multiple of 16.
  @inline(__always)
  static func count(_ count: Int, _ vector: (Int) -> Vector) -> Int {
    var ones = Vector.zero
    var twos = Vector.zero
    var fours = Vector.zero
    var eights = Vector.zero
    var total = Vector.zero
    var position = 0
    while position < count {
      let twosA = add(&ones, vector(position), vector(position + 1))
      let twosB = add(&ones, vector(position + 2), vector(position + 3))
      let foursA = add(&twos, twosA, twosB)
      let twosC = add(&ones, vector(position + 4), vector(position + 5))
      let twosD = add(&ones, vector(position + 6), vector(position + 7))
      let foursB = add(&twos, twosC, twosD)
      let eightsA = add(&fours, foursA, foursB)
      let twosE = add(&ones, vector(position + 8), vector(position + 9))
      let twosF = add(&ones, vector(position + 10), vector(position + 11))
      let foursC = add(&twos, twosE, twosF)
      let twosG = add(&ones, vector(position + 12), vector(position + 13))
      let twosH = add(&ones, vector(position + 14), vector(position + 15))
      let foursD = add(&twos, twosG, twosH)
      let eightsB = add(&fours, foursC, foursD)
      total &+= words(add(&eights, eightsA, eightsB))
      position += 16
    }
    total = total &* 16 &+ words(eights) &* 8 &+ words(fours) &* 4 &+ words(twos) &* 2 &+ words(ones)
    return Int(truncatingIfNeeded: total[0] &+ total[1])
  }

  /// Adds three bits in each place: the sum stays in the first, the carry is returned.
  @inline(__always)
  private static func add(_ sum: inout Vector, _ left: Vector, _ right: Vector) -> Vector {
    // The sum, for which the next one waits, comes in last.
    let half = left ^ right
    let carry = (left & right) | (half & sum)
    sum ^= half
    return carry
  }

  /// The number of bits in each word.
  @inline(__always)
  private static func words(_ vector: Vector) -> Vector {
    let pairs = vector &- ((vector &>> 1) & Vector(repeating: 0x5555_5555_5555_5555))
    let mask = Vector(repeating: 0x3333_3333_3333_3333)
    let nibbles = (pairs & mask) &+ ((pairs &>> 2) & mask)
    var bytes = (nibbles &+ (nibbles &>> 4)) & Vector(repeating: 0x0f0f_0f0f_0f0f_0f0f)
    bytes = bytes &+ (bytes &>> 8)
    bytes = bytes &+ (bytes &>> 16)
    bytes = bytes &+ (bytes &>> 32)
    return bytes & Vector(repeating: 0xff)
  }
}
