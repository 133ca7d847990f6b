import DenseData
import StateCoding
import Testing

/// `ByteWriter` and `ByteReader`: what was written is read, anything else is an error.
struct ByteCodingTests {
  enum Item: Equatable {
    case unsigned(UInt64)
    case count(Int)
    case signed(Int64)
    case signed32(Int32)
    case fixed(UInt64)
    case double(UInt64)
    case byte(UInt8)
    case bool(Bool)
    case string([UInt8])
    case blob([UInt8])

    static func random(_ random: inout SeededGenerator) -> Item {
      let word = random.next() >> UInt64(random.below(64))
      switch random.below(10) {
      case 0: return .unsigned(word)
      case 1: return .count(Int(word >> 40))
      case 2: return .signed(Int64(bitPattern: random.next()) >> Int64(random.below(64)))
      case 3: return .signed32(Int32(truncatingIfNeeded: random.next()))
      case 4: return .fixed(word)
      case 5: return .double(random.next())
      case 6: return .byte(UInt8(truncatingIfNeeded: word))
      case 7: return .bool(word & 1 == 0)
      case 8: return .string(Array(["", "a", "é", "e\u{301}", "日本語", "\u{0}", "🎉🎉"][random.below(7)].utf8))
      default: return .blob((0..<random.below(5)).map { _ in UInt8(truncatingIfNeeded: random.next()) })
      }
    }

    func write(to writer: inout ByteWriter) {
      switch self {
      case .unsigned(let value): writer.unsigned(value)
      case .count(let value): writer.count(value)
      case .signed(let value): writer.signed(value)
      case .signed32(let value): writer.signed(Int64(value))
      case .fixed(let value): writer.fixed(value)
      case .double(let bits): writer.double(Double(bitPattern: bits))
      case .byte(let value): writer.byte(value)
      case .bool(let value): writer.bool(value)
      case .string(let bytes): writer.string(String(decoding: bytes, as: UTF8.self))
      case .blob(let bytes): writer.blob(bytes)
      }
    }

    /// Reads an item of the same kind.
    func read(from reader: inout ByteReader) throws -> Item {
      switch self {
      case .unsigned: .unsigned(try reader.unsigned())
      case .count: .count(try reader.integer())
      case .signed: .signed(try reader.signed())
      case .signed32: .signed32(try reader.signed32())
      case .fixed: .fixed(try reader.fixed())
      case .double: .double(try reader.double().bitPattern)
      case .byte: .byte(try reader.byte())
      case .bool: .bool(try reader.bool())
      case .string: .string(Array(try reader.string().utf8))
      case .blob: .blob(try reader.blob())
      }
    }
  }

  @Test(arguments: UInt64(1)...20)
  func roundTrip(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<50 {
      let items = (0..<random.below(20)).map { _ in Item.random(&random) }
      var writer = ByteWriter(reservingCapacity: 16)
      for item in items { item.write(to: &writer) }
      var reader = ByteReader(writer.bytes)
      for item in items { #expect(try item.read(from: &reader) == item, "seed \(seed)") }
      #expect(reader.isAtEnd)
      #expect(throws: StateDecodingError.truncated) { try reader.byte() }
    }
  }

  @Test(arguments: UInt64(1)...20)
  func everyTruncationIsAnError(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let items = (0..<12).map { _ in Item.random(&random) }
    var writer = ByteWriter()
    for item in items { item.write(to: &writer) }
    for length in 0..<writer.bytes.count {
      var reader = ByteReader(Array(writer.bytes[..<length]))
      #expect(throws: StateDecodingError.self, "seed \(seed), length \(length)") {
        for item in items {
          let read = try item.read(from: &reader)
          #expect(read == item)
        }
      }
    }
  }

  /// Whatever the bytes are, reading ends with items or an error, and what was read is written as the same bytes.
  @Test(arguments: UInt64(1)...30)
  func mutationsNeverCrash(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<100 {
      let items = (0..<8).map { _ in Item.random(&random) }
      var writer = ByteWriter()
      for item in items { item.write(to: &writer) }
      var bytes = writer.bytes
      for _ in 0..<(1 + random.below(4)) where !bytes.isEmpty {
        bytes[random.below(bytes.count)] = random.below(3) == 0 ? 0xFF : UInt8(truncatingIfNeeded: random.next())
      }
      var reader = ByteReader(bytes)
      var read: [Item] = []
      do { for item in items { read.append(try item.read(from: &reader)) } } catch {}
      var again = ByteWriter()
      for item in read { item.write(to: &again) }
      #expect(bytes.starts(with: again.bytes), "seed \(seed)")
    }
  }

  static let forms: [(value: UInt64, bytes: [UInt8])] = [
    (0, [0]), (1, [1]), (127, [0x7F]), (128, [0x80, 1]), (300, [0xAC, 2]), (16_383, [0xFF, 0x7F]),
    (16_384, [0x80, 0x80, 1]), (1 << 63, [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 1]),
    (.max, [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1]),
  ]

  @Test(arguments: forms)
  func unsignedIsLEB128(value: UInt64, bytes: [UInt8]) throws {
    var writer = ByteWriter()
    writer.unsigned(value)
    #expect(writer.bytes == bytes)
    var reader = ByteReader(bytes)
    #expect(try reader.unsigned() == value)
  }

  @Test
  func signedIsZigzag() {
    for (value, bytes) in [(0, [0]), (-1, [1]), (1, [2]), (-64, [0x7F]), (64, [0x80, 1])] as [(Int64, [UInt8])] {
      var writer = ByteWriter()
      writer.signed(value)
      #expect(writer.bytes == bytes)
    }
    for value in [Int64.min, .min + 1, .max] {
      var writer = ByteWriter()
      writer.signed(value)
      var reader = ByteReader(writer.bytes)
      #expect((try? reader.signed()) == value)
    }
  }

  static let malformed: [[UInt8]] = [
    [0x80, 0], [0xFF, 0x80, 0], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 2],
    [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x81, 0],
    [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
  ]

  @Test(arguments: malformed)
  func unsignedHasOneForm(bytes: [UInt8]) {
    var reader = ByteReader(bytes)
    #expect(throws: StateDecodingError.malformed) { try reader.unsigned() }
  }

  @Test
  func hostileContentIsRefused() {
    func refused(_ bytes: [UInt8], _ read: (inout ByteReader) throws -> Void) {
      var reader = ByteReader(bytes)
      #expect(throws: StateDecodingError.malformed) { try read(&reader) }
    }
    let huge: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1]
    refused(huge) { _ = try $0.count() }
    refused(huge) { _ = try $0.integer() }
    refused(huge) { _ = try $0.string() }
    refused(huge) { _ = try $0.blob() }
    refused(huge) { _ = try $0.signed32() }
    refused([2, 0x61]) { _ = try $0.string() }
    refused([2, 0xC3, 0x28]) { _ = try $0.string() }
    refused([3, 0xED, 0xA0, 0x80]) { _ = try $0.string() }
    refused([2]) { _ = try $0.bool() }
  }

  @Test
  func fixedOrdersLikeTheNumber() {
    var random = SeededGenerator(seed: 5)
    for _ in 0..<200 {
      let (left, right) = (random.next() >> UInt64(random.below(64)), random.next() >> UInt64(random.below(64)))
      var (first, second) = (ByteWriter(), ByteWriter())
      first.fixed(left)
      second.fixed(right)
      #expect(first.bytes.count == 8)
      #expect(first.bytes.lexicographicallyPrecedes(second.bytes) == (left < right))
    }
  }

  @Test
  func negativeCountsAreZero() {
    var writer = ByteWriter()
    writer.count(-5)
    #expect(writer.bytes == [0])
  }
}
