extension CompressedBitmap {
  /// The numbers that begin a serialised bitmap, from the specification of the portable format.
  enum Cookie {
    static let withoutRuns: UInt32 = 12346
    static let withRuns: UInt32 = 12347
    /// With runs, fewer containers than this have no table of offsets.
    static let offsetThreshold = 4
  }

  private var hasRuns: Bool {
    containers.contains { if case .runs = $0 { true } else { false } }
  }

  /// The size of ``portableBytes()``; O(containers), or O(runs).
  package var portableByteCount: Int {
    let header = headerByteCount(hasRuns)
    return containers.reduce(header) { $0 + $1.portableByteCount }
  }

  private func headerByteCount(_ hasRuns: Bool) -> Int {
    let size = keys.count
    guard hasRuns else { return 8 + 8 * size }
    return 4 + (size + 7) / 8 + 4 * size + (size < Cookie.offsetThreshold ? 0 : 4 * size)
  }

  /// The bitmap in the portable Roaring format (RoaringFormatSpec), which other libraries read; O(n).
  package func portableBytes() -> [UInt8] {
    let (size, hasRuns) = (keys.count, hasRuns)
    var writer = LittleEndianWriter(capacity: portableByteCount)
    if hasRuns {
      writer.append(Cookie.withRuns | UInt32(truncatingIfNeeded: size - 1) << 16)
      for start in stride(from: 0, to: size, by: 8) {
        var flags: UInt8 = 0
        for place in start..<min(start + 8, size) {
          if case .runs = containers[place] { flags |= 1 << UInt8(place - start) }
        }
        writer.append(flags)
      }
    } else {
      writer.append(Cookie.withoutRuns)
      writer.append(UInt32(truncatingIfNeeded: size))
    }
    for place in keys.indices {
      writer.append(keys[place])
      writer.append(UInt16(truncatingIfNeeded: containers[place].count - 1))
    }
    if !hasRuns || size >= Cookie.offsetThreshold {
      var offset = headerByteCount(hasRuns)
      for container in containers {
        writer.append(UInt32(truncatingIfNeeded: offset))
        offset += container.portableByteCount
      }
    }
    for container in containers {
      switch container {
      case .list(let list): for value in list { writer.append(value) }
      case .bitmap(let bitmap): for word in bitmap.words { writer.append(word) }
      case .runs(let runs):
        writer.append(UInt16(truncatingIfNeeded: runs.runs.count))
        for run in runs.runs {
          writer.append(run.first)
          writer.append(run.last - run.first)
        }
      }
    }
    return writer.bytes
  }
}

extension BitmapContainer {
  fileprivate var portableByteCount: Int {
    switch self {
    case .list(let list): 2 * list.count
    case .bitmap: 8 * BitmapWords.wordCount
    case .runs(let runs): Self.runBytes(runs.runs.count)
    }
  }
}

/// Appends numbers with the least significant byte first.
private struct LittleEndianWriter {
  private(set) var bytes: [UInt8] = []

  init(capacity: Int) { bytes.reserveCapacity(capacity) }

  @inline(__always)
  mutating func append<Number: FixedWidthInteger>(_ number: Number) {
    withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
  }
}
