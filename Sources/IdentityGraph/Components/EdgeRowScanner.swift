import DenseData
import SCRMModel

/// Reads rows without quotation marks where they lie, eight bytes at a time, and joins their identifiers in blocks.
struct EdgeRowScanner {
  /// What the first row says of all.
  struct Layout: Sendable {
    /// The position of the left and of the right identifier.
    var left: Int
    var right: Int
    /// How many fields a row has.
    var width: Int
  }

  /// Why scanning ended.
  enum Stop {
    /// The chunk ends; a row may have begun.
    case end
    /// The row is for the slow reader: it has a quotation mark, or something is wrong with it.
    case unusual
  }

  private static let blockSize = 256
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080

  let layout: Layout
  let delimiter: UInt8
  let limits: Limits

  /// Reads rows from a position on.
  ///
  /// Returns the beginning of the row at which it stopped. Counts lines, and appends what was refused of them.
  func scan(
    _ chunk: UnsafeRawBufferPointer, from start: Int, line: inout Int, into components: inout IdentifierComponents,
    _ refused: inout [InputError]
  ) throws(SCRMError) -> (rowStart: Int, stop: Stop) {
    var block: [ByteRange] = []
    block.reserveCapacity(Self.blockSize)
    var row = Row(start: start)
    var offset = start
    while offset < chunk.count {
      let word = Self.word(chunk, at: offset)
      var signs = Self.places(of: 0x0A, in: word) | Self.places(of: delimiter, in: word)
      signs |= Self.places(of: 0x22, in: word) | Self.places(of: 0x0D, in: word)
      row.highBits |= word & Self.highs
      while signs != 0 {
        let shift = signs.trailingZeroBitCount & ~7
        signs &= signs &- 1
        let position = offset + shift / 8
        let byte = UInt8(truncatingIfNeeded: word >> UInt64(shift))
        if byte == delimiter {
          row.endField(at: position, layout)
        } else if byte == 0x0A {
          guard row.end(at: position, in: chunk, layout, limits) else {
            try components.connect(block, of: chunk)
            return (row.start, .unusual)
          }
          if row.fieldCount > 0 {
            if let error = Self.refusal(row.left.count, row.right.count, line: line, limits) {
              refused.append(error)
            } else {
              block.append(row.left)
              block.append(row.right)
              if block.count >= Self.blockSize {
                try components.connect(block, of: chunk)
                block.removeAll(keepingCapacity: true)
              }
            }
          }
          line += 1
          row = Row(start: position + 1, highBits: word & Self.highs)
        } else if byte == 0x22 || (byte == 0x0D && row.carriageReturn != nil) {
          try components.connect(block, of: chunk)
          return (row.start, .unusual)
        } else if byte == 0x0D {
          row.carriageReturn = position
        }
      }
      offset += 8
    }
    try components.connect(block, of: chunk)
    return (row.start, .end)
  }

  /// Why two fields of these lengths are no edge.
  static func refusal(_ left: some BinaryInteger, _ right: some BinaryInteger, line: Int, _ limits: Limits)
    -> InputError?
  {
    let limit = limits.identifierBytes
    if left == 0 { return InputError(.missing, line: line, "the left identifier is empty, expected a text") }
    if right == 0 { return InputError(.missing, line: line, "the right identifier is empty, expected a text") }
    if left > limit || right > limit {
      return InputError(.limitExceeded, line: line, "an identifier is too long, expected at most \(limit) bytes")
    }
    return nil
  }

  private static func word(_ chunk: UnsafeRawBufferPointer, at offset: Int) -> UInt64 {
    if offset + 8 <= chunk.count {
      return UInt64(littleEndian: chunk.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
    // The bytes that are missing become letters, which mean nothing.
    return (0..<8).reduce(0) { word, index in
      word | UInt64(offset + index < chunk.count ? chunk[offset + index] : 0x61) << UInt64(index * 8)
    }
  }

  /// The high bit of each byte with the value, and perhaps of some above the first of them (Warren, *Hacker's Delight*, 6-1).
  private static func places(of byte: UInt8, in word: UInt64) -> UInt64 {
    let difference = word ^ (ones &* UInt64(byte))
    return (difference &- ones) & ~difference & highs
  }
}

extension EdgeRowScanner {
  /// The row that is being read.
  struct Row {
    var start: Int
    var fieldStart: Int
    var fieldCount = 0
    var left = ByteRange(start: 0, count: 0)
    var right = ByteRange(start: 0, count: 0)
    var longest = 0
    var carriageReturn: Int?
    // Whether a byte of the words that it reaches into is not ASCII.
    var highBits: UInt64

    init(start: Int, highBits: UInt64 = 0) {
      self.start = start
      fieldStart = start
      self.highBits = highBits
    }

    mutating func endField(at position: Int, _ layout: Layout) {
      let range = ByteRange(
        start: UInt32(truncatingIfNeeded: fieldStart), count: UInt32(truncatingIfNeeded: position - fieldStart))
      if fieldCount == layout.left { left = range }
      if fieldCount == layout.right { right = range }
      longest = max(longest, position - fieldStart)
      fieldCount += 1
      fieldStart = position + 1
    }

    /// Ends the row at a line feed; a blank row keeps no field.
    ///
    /// Returns whether it is as rows should be.
    mutating func end(at position: Int, in chunk: UnsafeRawBufferPointer, _ layout: Layout, _ limits: Limits) -> Bool {
      var end = position
      if let carriageReturn {
        guard carriageReturn == position - 1 else { return false }
        end = carriageReturn
      }
      if end == start { return true }
      endField(at: end, layout)
      guard fieldCount == layout.width, longest <= limits.textBytes, end - start <= limits.lineBytes else {
        return false
      }
      return highBits == 0 || String(validating: chunk[start..<end], as: UTF8.self) != nil
    }
  }
}

extension IdentifierComponents {
  mutating func connect(_ block: [ByteRange], of chunk: UnsafeRawBufferPointer) throws(SCRMError) {
    let isFull = block.withUnsafeBufferPointer { !connect($0, of: chunk) }
    if isFull { throw Self.full }
  }
}
