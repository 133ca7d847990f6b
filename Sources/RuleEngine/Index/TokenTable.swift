import DenseData

/// The values that conditions look for, numbered: `city == "上海"` and every other test of that field for that value share
/// a token.
struct TokenTable: Sendable {
  private enum Content: Sendable {
    case free
    /// The field is missing.
    case missing(attribute: Int32)
    case bits(attribute: Int32, UInt64)
    case text(attribute: Int32, [UInt8])
    /// A text that must occur, by its number in the keyword table.
    case keyword(attribute: Int32, Int32)
  }

  private var index = HashIndex()
  private var contents: [Content] = []
  private var hashes: [UInt64] = []
  private var uses: [Int32] = []
  private var free: [Int32] = []

  /// How many tokens have been given out.
  var capacity: Int { contents.count }

  @inline(__always)
  private static func mix(_ state: UInt64, _ word: UInt64) -> UInt64 {
    let product = (state ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return product.high ^ product.low
  }

  private static func hash(_ attribute: Int32, _ form: UInt64, _ bits: UInt64) -> UInt64 {
    mix(UInt64(UInt32(bitPattern: attribute)) << 3 | form, bits)
  }

  @inline(__always)
  private static func hash(_ attribute: Int32, _ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var state = hash(attribute, 2, UInt64(bytes.count))
    var word: UInt64 = 0
    for (place, byte) in bytes.enumerated() {
      word = word << 8 | UInt64(byte)
      if place & 7 == 7 {
        state = mix(state, word)
        word = 0
      }
    }
    return mix(state, word)
  }

  func missing(_ attribute: Int32) -> Int32? {
    find(Self.hash(attribute, 0, 0)) { if case .missing(let other) = $0 { other == attribute } else { false } }
  }

  func bits(_ attribute: Int32, _ bits: UInt64) -> Int32? {
    find(Self.hash(attribute, 1, bits)) {
      if case .bits(let other, let known) = $0 { other == attribute && known == bits } else { false }
    }
  }

  func text(_ attribute: Int32, _ bytes: UnsafeBufferPointer<UInt8>) -> Int32? {
    find(Self.hash(attribute, bytes)) {
      if case .text(let other, let known) = $0 { other == attribute && known.elementsEqual(bytes) } else { false }
    }
  }

  /// The token of a text that is a stretch of bytes.
  @inline(never)
  func text(_ attribute: Int32, _ bytes: [UInt8], _ range: Range<Int>) -> Int32? {
    bytes.withUnsafeBufferPointer { text(attribute, UnsafeBufferPointer(rebasing: $0[range])) }
  }

  func keyword(_ attribute: Int32, _ number: Int32) -> Int32? {
    find(Self.hash(attribute, 3, UInt64(UInt32(bitPattern: number)))) {
      if case .keyword(let other, let known) = $0 { other == attribute && known == number } else { false }
    }
  }

  @inline(__always)
  private func find(_ hash: UInt64, _ isMatch: (Content) -> Bool) -> Int32? {
    index.find(hash) { isMatch(contents[$0]) }.map { Int32(truncatingIfNeeded: $0) }
  }

  mutating func insertMissing(_ attribute: Int32) -> Int32 {
    missing(attribute) ?? add(.missing(attribute: attribute), Self.hash(attribute, 0, 0))
  }

  mutating func insert(_ attribute: Int32, bits value: UInt64) -> Int32 {
    bits(attribute, value) ?? add(.bits(attribute: attribute, value), Self.hash(attribute, 1, value))
  }

  mutating func insert(_ attribute: Int32, text bytes: [UInt8]) -> Int32 {
    bytes.withUnsafeBufferPointer { text(attribute, $0) }
      ?? add(.text(attribute: attribute, bytes), bytes.withUnsafeBufferPointer { Self.hash(attribute, $0) })
  }

  mutating func insert(_ attribute: Int32, keyword number: Int32) -> Int32 {
    keyword(attribute, number)
      ?? add(
        .keyword(attribute: attribute, number), Self.hash(attribute, 3, UInt64(UInt32(bitPattern: number))))
  }

  private mutating func add(_ content: Content, _ hash: UInt64) -> Int32 {
    let row: Int
    if let known = free.popLast() {
      row = Int(known)
      contents[row] = content
      hashes[row] = hash
    } else {
      row = contents.count
      contents.append(content)
      hashes.append(hash)
      uses.append(0)
    }
    index.insert(hash, row: row)
    return Int32(truncatingIfNeeded: row)
  }

  /// One more rule stands behind the token.
  mutating func retain(_ token: Int32) { uses[Int(token)] += 1 }

  /// One rule less stands behind the token; the last one frees it.
  mutating func release(_ token: Int32) {
    uses[Int(token)] -= 1
    if uses[Int(token)] > 0 { return }
    index.remove(hashes[Int(token)], row: Int(token))
    contents[Int(token)] = .free
    free.append(token)
  }

  /// The field a token is a value of.
  func attribute(of token: Int32) -> Int32 {
    switch contents[Int(token)] {
    case .free: -1
    case .missing(let attribute), .bits(let attribute, _), .text(let attribute, _), .keyword(let attribute, _):
      attribute
    }
  }

  /// How many rules stand behind the token.
  func useCount(_ token: Int32) -> Int { Int(uses[Int(token)]) }
}
