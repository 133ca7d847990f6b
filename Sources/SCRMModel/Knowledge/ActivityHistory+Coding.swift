package import StateCoding
import SCRMExpressions

// Names are written in byte order, so that equal histories have equal bytes whatever order built them.
extension ActivityHistory {
  /// Writes the canonical binary form.
  package func write(to writer: inout ByteWriter) {
    let order = kinds.indices.filter { totals[$0] != 0 || uses(kind: $0) }.sorted { kinds[$0] < kinds[$1] }
    var rank = [Int](repeating: 0, count: kinds.count)
    writer.count(order.count)
    for (position, index) in order.enumerated() {
      rank[index] = position
      Self.write(kinds[index], to: &writer)
      writer.signed(totals[index])
    }
    let sorted = order == Array(order.indices)
    let ordered =
      sorted
      ? days
      : days.map { DayCount(day: $0.day, kind: Int32(rank[Int($0.kind)]), count: $0.count) }
        .sorted { ($0.day, $0.kind) < ($1.day, $1.kind) }
    writer.count(ordered.count)
    var previous: Int32 = 0
    for entry in ordered {
      writer.signed(Int64(entry.day) - Int64(previous))
      previous = entry.day
      writer.count(Int(entry.kind))
      writer.signed(Int64(entry.count))
    }
    writeMoney(rank: rank, to: &writer)
    writer.instant(firstSeen)
    writer.instant(lastSeen)
  }

  /// Reads the canonical binary form.
  package init(from reader: inout ByteReader) throws(StateDecodingError) {
    self.init()
    let kindCount = try reader.count()
    kinds.reserveCapacity(kindCount)
    totals.reserveCapacity(kindCount)
    for _ in 0..<kindCount {
      kinds.append(try Self.kind(from: &reader))
      totals.append(try reader.signed())
    }
    let dayCount = try reader.count()
    days.reserveCapacity(dayCount + 1)
    var previous: Int64 = 0
    for _ in 0..<dayCount {
      previous = previous &+ (try reader.signed())
      guard let day = Int32(exactly: previous) else { throw .malformed }
      let kind = try reader.integer()
      guard kind < kindCount else { throw .malformed }
      days.append(DayCount(day: day, kind: Int32(kind), count: try reader.signed32()))
    }
    try readMoney(from: &reader)
    firstSeen = try reader.instant()
    lastSeen = try reader.instant()
  }

  private func uses(kind: Int) -> Bool { days.contains { Int($0.kind) == kind } || money.contains { Int($0.kind) == kind } }

  private func writeMoney(rank: [Int], to writer: inout ByteWriter) {
    let order = currencies.indices.filter { index in money.contains { Int($0.currency) == index } }
      .sorted { currencies[$0].byteOrder(currencies[$1]) == .ascending }
    writer.count(order.count)
    if order.isEmpty { return }
    var currencyRank = [Int](repeating: 0, count: currencies.count)
    for (position, index) in order.enumerated() {
      currencyRank[index] = position
      writer.string(currencies[index])
    }
    let ordered = money.map {
      DayMoney(
        day: $0.day, kind: Int32(rank[Int($0.kind)]), currency: Int32(currencyRank[Int($0.currency)]), units: $0.units)
    }.sorted { ($0.day, $0.kind, $0.currency) < ($1.day, $1.kind, $1.currency) }
    writer.count(ordered.count)
    for entry in ordered {
      writer.signed(Int64(entry.day))
      writer.count(Int(entry.kind))
      writer.count(Int(entry.currency))
      var (units, scale) = (entry.units, 18)
      while scale > 0, units % 10 == 0 {
        units /= 10
        scale -= 1
      }
      writer.count(scale)
      writer.fixed(UInt64(truncatingIfNeeded: units >> 64))
      writer.fixed(UInt64(truncatingIfNeeded: units))
    }
  }

  private mutating func readMoney(from reader: inout ByteReader) throws(StateDecodingError) {
    let currencyCount = try reader.count()
    if currencyCount == 0 { return }
    for _ in 0..<currencyCount { currencies.append(try reader.string()) }
    for _ in 0..<(try reader.count()) {
      let day = try reader.signed32()
      let kind = try reader.integer()
      let currency = try reader.integer()
      let scale = try reader.integer()
      guard kind < kinds.count, currency < currencyCount, scale <= 18 else { throw .malformed }
      let high = Int128(truncatingIfNeeded: Int64(bitPattern: try reader.fixed()))
      var units = high << 64 | Int128(truncatingIfNeeded: try reader.fixed())
      for _ in scale..<18 { units &*= 10 }
      money.append(DayMoney(day: day, kind: Int32(kind), currency: Int32(currency), units: units))
    }
  }

  // Well-known kinds take one byte and need no text to be built when they are read.
  private static let known: [InteractionKind] = [
    .post, .comment, .share, .like, .dislike, .follow, .message, .view, .screen, .click, .search, .purchase, .refund,
    .review, .checkIn, .register, .join, .leave, .identify, .alias, .group, .track, .consent, .retract,
  ]

  private static func write(_ kind: InteractionKind, to writer: inout ByteWriter) {
    if let code = known.firstIndex(of: kind) {
      writer.count(code + 1)
    } else {
      writer.count(0)
      writer.string(kind.rawValue)
    }
  }

  private static func kind(from reader: inout ByteReader) throws(StateDecodingError) -> InteractionKind {
    let code = try reader.integer()
    if code == 0 { return InteractionKind(try reader.string()) }
    guard code <= known.count else { throw .malformed }
    return known[code - 1]
  }
}
