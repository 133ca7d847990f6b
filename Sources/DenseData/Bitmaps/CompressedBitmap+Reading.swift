extension CompressedBitmap {
  /// Reads the portable Roaring format; every byte is checked, and what follows the bitmap is an error.
  ///
  /// O(bytes).
  ///
  /// Offsets must be those of containers that lie one behind the other, as all known writers make them.
  package init(portable bytes: [UInt8]) throws(BitmapFormatError) {
    var reader = LittleEndianReader(bytes)
    let cookie = try reader.next(UInt32.self)
    let size: Int
    var runFlags: ArraySlice<UInt8> = []
    if cookie & 0xffff == Cookie.withRuns {
      size = Int(cookie >> 16) + 1
      runFlags = try reader.slice((size + 7) / 8)
    } else if cookie == Cookie.withoutRuns {
      let count = try reader.next(UInt32.self)
      guard count <= 65536 else { throw reader.error("\(count) containers", "at most 65536") }
      size = Int(count)
    } else {
      throw reader.error("cookie \(cookie)", "12346 or 12347 at the beginning")
    }
    let heads = try (0..<size).map { _ throws(BitmapFormatError) in
      (key: try reader.next(UInt16.self), count: Int(try reader.next(UInt16.self)) + 1)
    }
    var offsets: [UInt32] = []
    if runFlags.isEmpty || size >= Cookie.offsetThreshold {
      for _ in 0..<size { offsets.append(try reader.next(UInt32.self)) }
    }
    keys.reserveCapacity(size)
    containers.reserveCapacity(size)
    for (place, head) in heads.enumerated() {
      if let last = keys.last, last >= head.key {
        throw reader.error("key \(head.key) after \(last)", "strictly ascending keys")
      }
      if !offsets.isEmpty, Int(offsets[place]) != reader.position {
        throw reader.error("offset \(offsets[place])", "the position \(reader.position) of the container")
      }
      let isRuns = !runFlags.isEmpty && runFlags[runFlags.startIndex + place / 8] >> UInt8(place % 8) & 1 == 1
      append(head.key, try Self.container(head.count, isRuns: isRuns, &reader))
    }
    guard reader.position == bytes.count else {
      throw reader.error("\(bytes.count - reader.position) more bytes", "the end of the bitmap")
    }
  }

  private static func container(
    _ count: Int, isRuns: Bool, _ reader: inout LittleEndianReader
  ) throws(BitmapFormatError) -> BitmapContainer {
    if isRuns { return .runs(try runs(count, &reader)) }
    if count > BitmapContainer.listLimit {
      let start = reader.position
      let body = try reader.slice(8 * BitmapWords.wordCount)
      let words = body.withUnsafeBytes { bytes in
        ContiguousArray(
          (0..<BitmapWords.wordCount).map {
            UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * 8, as: UInt64.self))
          })
      }
      let bitmap = BitmapWords(words: words)
      guard bitmap.count == count else {
        throw BitmapFormatError(position: start, found: "\(bitmap.count) bits", expected: "\(count) as announced")
      }
      return .bitmap(bitmap)
    }
    var list = ContiguousArray<UInt16>()
    list.reserveCapacity(count)
    for _ in 0..<count {
      let value = try reader.next(UInt16.self)
      if let last = list.last, last >= value {
        throw reader.error("\(value) after \(last)", "strictly ascending values")
      }
      list.append(value)
    }
    return .list(list)
  }

  private static func runs(
    _ count: Int, _ reader: inout LittleEndianReader
  ) throws(BitmapFormatError) -> ValueRuns {
    var result = ValueRuns()
    var found = 0
    for _ in 0..<(try reader.next(UInt16.self)) {
      let first = try reader.next(UInt16.self)
      let (last, overflow) = first.addingReportingOverflow(try reader.next(UInt16.self))
      guard !overflow else { throw reader.error("a run beyond 65535", "runs of 16-bit values") }
      if let end = result.runs.last?.last, first <= end {
        throw reader.error("a run from \(first) after one to \(end)", "ascending runs that do not overlap")
      }
      found += Int(last - first) + 1
      result.append(ValueRuns.Run(first: first, last: last))
    }
    guard found == count else { throw reader.error("\(found) values in runs", "\(count) as announced") }
    return result
  }
}

/// What is wrong with the bytes of a serialised bitmap.
package struct BitmapFormatError: Error, Sendable, Hashable {
  /// The offset of the byte behind what was read.
  package let position: Int
  /// What is there.
  package let found: String
  /// What was expected.
  package let expected: String
}

/// Reads numbers with the least significant byte first.
private struct LittleEndianReader {
  private let bytes: [UInt8]
  private(set) var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func error(_ found: String, _ expected: String) -> BitmapFormatError {
    BitmapFormatError(position: position, found: found, expected: expected)
  }

  @inline(__always)
  mutating func next<Number: FixedWidthInteger>(_ type: Number.Type) throws(BitmapFormatError) -> Number {
    let size = Number.bitWidth / 8
    guard bytes.count - position >= size else {
      throw error("the end of the bytes", "\(size) more bytes at \(position)")
    }
    let number = bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: position, as: Number.self) }
    position += size
    return Number(littleEndian: number)
  }

  mutating func slice(_ count: Int) throws(BitmapFormatError) -> ArraySlice<UInt8> {
    guard bytes.count - position >= count else {
      throw error("the end of the bytes", "\(count) more bytes at \(position)")
    }
    position += count
    return bytes[(position - count)..<position]
  }
}
