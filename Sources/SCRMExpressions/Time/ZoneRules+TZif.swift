extension ZoneRules {
  /// Reads the rules of a zone from the bytes of a TZif file (RFC 9636), version 2 or later.
  ///
  /// O(n). Leap seconds are left out, as time is counted without them.
  /// - Throws: ``ZoneError`` when the bytes are no such file.
  public init(_ name: String, tzif bytes: [UInt8]) throws(ZoneError) {
    var reader = TZifReader(zone: name, bytes: bytes)
    let first = try reader.header()
    guard first.version >= 0x32 else { throw ZoneError(zone: name, reason: "expected TZif version 2 or later") }
    // The first block has times of 32 bits and is there for old readers.
    try reader.skip(first.length(timeBytes: 4))
    let header = try reader.header()
    guard header.types > 0 else { throw ZoneError(zone: name, reason: "expected at least one type of local time") }
    var transitions: [Int64] = []
    for _ in 0..<header.times { transitions.append(Int64(bitPattern: try reader.integer(bytes: 8))) }
    for (earlier, later) in zip(transitions, transitions.dropFirst()) where earlier >= later {
      throw ZoneError(zone: name, reason: "transitions do not ascend at \(later)")
    }
    var indices: [Int] = []
    for _ in 0..<header.times { indices.append(Int(try reader.integer(bytes: 1))) }
    var types: [Int32] = []
    for _ in 0..<header.types {
      let offset = Int32(bitPattern: UInt32(truncatingIfNeeded: try reader.integer(bytes: 4)))
      guard abs(Int64(offset)) < 86_400 else {
        throw ZoneError(zone: name, reason: "an offset of \(offset) s is a day or more")
      }
      types.append(offset)
      try reader.skip(2)
    }
    for index in indices where index >= types.count {
      throw ZoneError(zone: name, reason: "there is no type \(index), only \(types.count)")
    }
    try reader.skip(header.names + header.leaps * 12 + header.standards + header.universals)
    let footer = try reader.footer()
    self.init(
      name, transitions: transitions, offsets: indices.map { types[$0] }, initialOffset: types[0],
      rule: footer.isEmpty ? nil : try PosixZone(footer, zone: name))
  }
}

/// Reads the parts of a TZif file; every malformed or truncated input is an error.
private struct TZifReader {
  let zone: String
  let bytes: [UInt8]
  var position = 0

  init(zone: String, bytes: [UInt8]) {
    self.zone = zone
    self.bytes = bytes
  }

  struct Header {
    var version: UInt8
    var universals: Int
    var standards: Int
    var leaps: Int
    var times: Int
    var types: Int
    var names: Int

    func length(timeBytes: Int) -> Int {
      times * timeBytes + times + types * 6 + names + leaps * (timeBytes + 4) + standards + universals
    }
  }

  mutating func header() throws(ZoneError) -> Header {
    guard try integer(bytes: 4) == 0x545A_6966 else { throw ZoneError(zone: zone, reason: "expected a TZif file") }
    let version = UInt8(truncatingIfNeeded: try integer(bytes: 1))
    try skip(15)
    return Header(
      version: version, universals: try count(), standards: try count(), leaps: try count(), times: try count(),
      types: try count(), names: try count())
  }

  private mutating func count() throws(ZoneError) -> Int {
    let value = Int(try integer(bytes: 4))
    // Each thing counted takes at least a byte, so a hostile count cannot reserve memory.
    guard value <= bytes.count else { throw ZoneError(zone: zone, reason: "a count of \(value) exceeds the file") }
    return value
  }

  mutating func integer(bytes count: Int) throws(ZoneError) -> UInt64 {
    guard position + count <= bytes.count else { throw ZoneError(zone: zone, reason: "the file ends too early") }
    var value: UInt64 = 0
    for byte in bytes[position..<(position + count)] { value = value << 8 | UInt64(byte) }
    position += count
    return value
  }

  mutating func skip(_ count: Int) throws(ZoneError) {
    guard position + count <= bytes.count else { throw ZoneError(zone: zone, reason: "the file ends too early") }
    position += count
  }

  mutating func footer() throws(ZoneError) -> String {
    guard try integer(bytes: 1) == 0x0A, let end = bytes[position...].firstIndex(of: 0x0A),
      let text = String(validating: bytes[position..<end], as: UTF8.self)
    else { throw ZoneError(zone: zone, reason: "expected a footer between line feeds") }
    return text
  }
}
