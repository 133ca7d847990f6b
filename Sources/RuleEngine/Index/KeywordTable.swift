import DenseData

/// Finds which of many byte strings occur in a text, and takes new ones without being rebuilt.
///
/// A trie in steps of four bytes, walked from every place of the text whose first four or six bytes pass a filter (Bloom,
/// "Space/time trade-offs in hash coding with allowable errors", Communications of the ACM 13(7), 1970). Adding or removing
/// a string costs its length; the automaton of Aho and Corasick must be built anew.
/// A search takes O(*n* + *p*·*m*) for *n* bytes, *p* places that pass and strings of at most *m* bytes.
struct KeywordTable: Sendable {
  /// The longest string, in bytes.
  static let maximumLength = 256

  private struct Edge: Sendable {
    var key: UInt64
    /// Of the last chunk of a string, the string; of any other the next node.
    var target: Int32
    /// How many strings run through it.
    var uses: Int32
  }

  private var index = HashIndex()
  private var edges: [Edge] = []
  private var freeEdges: [Int32] = []
  private var nodeCount: Int32 = 1
  /// Of each node which edges it may have: the lowest bits for strings that end after 1 to 4 bytes, then one for more.
  private var forms: [UInt8] = [0]
  private var freeNodes: [Int32] = []
  private var stringCount: Int32 = 0
  private var freeStrings: [Int32] = []
  /// Which bytes may begin a string: of one of six bytes or more its first six, of one of four or five its first four, two
  /// bits each; for strings of fewer bytes their own bitmap of two.
  private var heads = [UInt64](repeating: 0, count: 4_096)
  private var shortHeads = [UInt64](repeating: 0, count: 1_024)
  private var shortCount = 0
  private var mediumCount = 0
  private(set) var count = 0

  /// How many numbers of strings have been given out.
  var capacity: Int { Int(stringCount) }

  /// Two bits of the filter for the first four or six bytes of a string.
  @inline(__always)
  private static func bits(_ head: UInt64) -> (Int, Int) {
    let product = head &* 0x9E37_79B9_7F4A_7C15
    return (Int(product >> 46), Int(product >> 28 & 0x3_FFFF))
  }

  @inline(__always)
  private static func has(_ heads: UnsafeBufferPointer<UInt64>, _ head: UInt64) -> Bool {
    let (first, second) = bits(head)
    return heads[first >> 6] >> UInt64(first & 63) & 1 != 0 && heads[second >> 6] >> UInt64(second & 63) & 1 != 0
  }

  /// The key of an edge: the node, how many bytes of the chunk count (5: there is more), and the chunk.
  private static func key(_ node: Int32, _ form: Int, _ chunk: UInt32) -> UInt64 {
    (UInt64(UInt32(bitPattern: node)) << 35) | (UInt64(form) << 32) | UInt64(chunk)
  }

  private func edge(_ key: UInt64) -> Int? {
    index.find(key) { edges[$0].key == key }
  }

  /// Adds a string, or one more use of it.
  /// - Returns: its number.
  mutating func insert(_ bytes: [UInt8]) -> Int32 {
    noteHead(bytes)
    count += 1
    if bytes.count < 4 { shortCount += 1 } else if bytes.count < 6 { mediumCount += 1 }
    var node: Int32 = 0
    var position = 0
    while true {
      let left = bytes.count - position
      let isLast = left <= 4
      let key = Self.key(node, isLast ? left : 5, Self.chunk(bytes, position))
      forms[Int(node)] |= 1 << UInt8(isLast ? left - 1 : 4)
      if let known = edge(key) {
        edges[known].uses += 1
        node = edges[known].target
      } else {
        let target = isLast ? take(&freeStrings, &stringCount) : take(&freeNodes, &nodeCount)
        if !isLast {
          if Int(target) == forms.count { forms.append(0) } else { forms[Int(target)] = 0 }
        }
        let new = Edge(key: key, target: target, uses: 1)
        if let place = freeEdges.popLast() {
          edges[Int(place)] = new
          index.insert(key, row: Int(place))
        } else {
          edges.append(new)
          index.insert(key, row: edges.count - 1)
        }
        node = target
      }
      if isLast { return node }
      position += 4
    }
  }

  /// Takes back one use of a string that was inserted.
  ///
  /// The bitmaps keep its beginning, which costs later searches a look-up where it stands.
  mutating func remove(_ bytes: [UInt8]) {
    count -= 1
    if bytes.count < 4 { shortCount -= 1 } else if bytes.count < 6 { mediumCount -= 1 }
    var node: Int32 = 0
    var position = 0
    while true {
      let left = bytes.count - position
      let isLast = left <= 4
      let key = Self.key(node, isLast ? left : 5, Self.chunk(bytes, position))
      guard let known = edge(key) else { return }
      node = edges[known].target
      edges[known].uses -= 1
      if edges[known].uses == 0 {
        index.remove(key, row: known)
        freeEdges.append(Int32(truncatingIfNeeded: known))
        if isLast { freeStrings.append(node) } else { freeNodes.append(node) }
      }
      if isLast { return }
      position += 4
    }
  }

  /// The number of a string; `nil` when it is not in the table.
  func number(of bytes: [UInt8]) -> Int32? {
    var node: Int32 = 0
    var position = 0
    while true {
      let left = bytes.count - position
      let isLast = left <= 4
      guard let known = edge(Self.key(node, isLast ? left : 5, Self.chunk(bytes, position))) else { return nil }
      node = edges[known].target
      if isLast { return node }
      position += 4
    }
  }

  private func take(_ free: inout [Int32], _ next: inout Int32) -> Int32 {
    if let known = free.popLast() { return known }
    next += 1
    return next - 1
  }

  private mutating func noteHead(_ bytes: [UInt8]) {
    if bytes.count >= 4 {
      var head = UInt64(Self.chunk(bytes, 0))
      if bytes.count >= 6 { head |= UInt64(bytes[4]) << 32 | UInt64(bytes[5]) << 40 }
      let (first, second) = Self.bits(head)
      heads[first >> 6] |= 1 << UInt64(first & 63)
      heads[second >> 6] |= 1 << UInt64(second & 63)
    } else if bytes.count >= 2 {
      let bit = Int(bytes[0]) << 8 | Int(bytes[1])
      shortHeads[bit >> 6] |= 1 << UInt64(bit & 63)
    } else {
      for word in (Int(bytes[0]) << 2)..<((Int(bytes[0]) + 1) << 2) { shortHeads[word] = .max }
    }
  }

  /// Up to four bytes, the first lowest, zero beyond the end.
  private static func chunk(_ bytes: [UInt8], _ position: Int) -> UInt32 {
    var chunk: UInt32 = 0
    for index in 0..<min(4, bytes.count - position) { chunk |= UInt32(bytes[position + index]) << UInt32(index * 8) }
    return chunk
  }

  /// Appends the number of every occurrence of a string in a stretch of bytes.
  @inline(never)
  func search(_ bytes: [UInt8], _ range: Range<Int>, into found: inout [Int32]) {
    bytes.withUnsafeBufferPointer { bytes in
      search(UnsafeBufferPointer(rebasing: bytes[range])) { number, _ in found.append(number) }
    }
  }

  /// Calls `found` with the number and the place of every occurrence of a string; text and strings are valid UTF-8.
  @inline(__always)
  func search(_ text: UnsafeBufferPointer<UInt8>, _ found: (Int32, Range<Int>) -> Void) {
    guard !text.isEmpty, count > 0 else { return }
    let hasLong = count > shortCount + mediumCount
    heads.withUnsafeBufferPointer { heads in
      for place in 0..<text.count {
        // No string begins within a scalar.
        if text[place] & 0xC0 == 0x80 { continue }
        let window = Self.window(text, place)
        let left = text.count - place
        var mayBegin = hasLong && left >= 6 && Self.has(heads, window & 0xFFFF_FFFF_FFFF)
        if mediumCount > 0, !mayBegin, left >= 4 { mayBegin = Self.has(heads, window & 0xFFFF_FFFF) }
        if mayBegin { walk(text, place, found) }
        if shortCount > 0 {
          let bit = Int(window & 0xFF) << 8 | Int(window >> 8 & 0xFF)
          if shortHeads[bit >> 6] >> UInt64(bit & 63) & 1 != 0 {
            short(UInt32(truncatingIfNeeded: window), place, left, found)
          }
        }
      }
    }
  }

  /// Eight bytes from a place on, the first lowest, zero beyond the end.
  @inline(__always)
  private static func window(_ text: UnsafeBufferPointer<UInt8>, _ place: Int) -> UInt64 {
    if place + 8 <= text.count {
      return UInt64(littleEndian: UnsafeRawBufferPointer(text).loadUnaligned(fromByteOffset: place, as: UInt64.self))
    }
    var window: UInt64 = 0
    for index in place..<text.count { window |= UInt64(text[index]) << UInt64((index - place) * 8) }
    return window
  }

  /// Strings of one to three bytes at a place.
  private func short(_ window: UInt32, _ place: Int, _ left: Int, _ found: (Int32, Range<Int>) -> Void) {
    for length in 1...3 where length <= left && forms[0] >> UInt8(length - 1) & 1 != 0 {
      if let known = edge(Self.key(0, length, window & (1 << UInt32(length * 8) - 1))) {
        found(edges[known].target, place..<place + length)
      }
    }
  }

  /// Strings of at least four bytes at a place.
  private func walk(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ found: (Int32, Range<Int>) -> Void) {
    var node: Int32 = 0
    var place = start
    // What is shorter than four bytes is found by `short`.
    var form = forms[0] & 0b1_1000
    while true {
      let left = text.count - place
      let chunk = UInt32(truncatingIfNeeded: Self.window(text, place))
      var ends = form & 0b1111
      while ends != 0 {
        let length = ends.trailingZeroBitCount + 1
        ends &= ends - 1
        if length > left { break }
        let part = length == 4 ? chunk : chunk & (1 << UInt32(length * 8) - 1)
        if let known = edge(Self.key(node, length, part)) { found(edges[known].target, start..<place + length) }
      }
      guard left > 4, form & 0b1_0000 != 0, let next = edge(Self.key(node, 5, chunk)) else { return }
      node = edges[next].target
      form = forms[Int(node)]
      place += 4
    }
  }

  /// The size of the table in bytes, about.
  var storageBytes: Int {
    edges.capacity * 16 + forms.capacity + index.count * 12 + (heads.count + shortHeads.count) * 8
  }
}
