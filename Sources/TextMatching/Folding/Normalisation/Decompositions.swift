/// One-step decompositions of scalars, read from a compact notation.
///
/// Hexadecimal words: `A0:` names the scalar that the next words are for, one word a scalar from there on; `31+30` is a
/// decomposition of several scalars; `41*26` stands for 26 scalars that become U+0041, U+0042 and so on.
struct Decompositions: Sendable {
  private(set) var rows: [UInt32: [UInt32]] = [:]

  static let canonical = Decompositions(CanonicalData.rows, capacity: 2_100)
  static let compatibility = Decompositions(CompatibilityData.rows, capacity: 4_000)

  private init(_ notation: String, capacity: Int) {
    rows.reserveCapacity(capacity)
    var word = Word()
    var scalar: UInt32 = 0
    for byte in notation.utf8 {
      switch byte {
      case 0x20, 0x0A: finish(&word, &scalar)
      case 0x2B: word.next()
      case 0x2A: word.isRepeated = true
      case 0x3A:
        scalar = word.value
        word = Word()
      default: word.read(byte)
      }
    }
    finish(&word, &scalar)
  }

  private mutating func finish(_ word: inout Word, _ scalar: inout UInt32) {
    guard !word.isEmpty else { return }
    if word.isRepeated {
      for step in 0..<word.count { rows[scalar + step] = [word.value + step] }
      scalar += word.count
    } else {
      word.next()
      rows[scalar] = word.scalars
      scalar += 1
    }
    word = Word()
  }

  /// A word while it is read.
  private struct Word {
    var scalars: [UInt32] = []
    var value: UInt32 = 0
    /// The number behind an asterisk, in decimal.
    var count: UInt32 = 0
    var isRepeated = false
    var isEmpty = true

    mutating func read(_ byte: UInt8) {
      let digit = UInt32(byte < 0x3A ? byte - 0x30 : byte - 0x37)
      isEmpty = false
      if isRepeated { count = count * 10 + digit } else { value = value << 4 | digit }
    }

    mutating func next() {
      scalars.append(value)
      value = 0
    }
  }
}
