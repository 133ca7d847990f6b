import SCRMExpressions
package import StateCoding

// Kinds are written in one fixed order, so that equal histories have equal bytes whatever order built them.
extension ActivityHistory {
  /// Writes the canonical binary form.
  package func write(to writer: inout ByteWriter) {
    if isCanonical {
      writeKinds(kinds.indices, to: &writer)
      write(days, to: &writer)
      writer.count(0)
      writer.instant(firstSeen)
      writer.instant(lastSeen)
      return
    }
    let order = kinds.indices.filter { totals[$0] != 0 || uses(kind: $0) }.sorted {
      InteractionKind.isStoredBefore(kinds[$0], kinds[$1])
    }
    var rank = [Int](repeating: 0, count: kinds.count)
    for (position, index) in order.enumerated() { rank[index] = position }
    writeKinds(order, to: &writer)
    write(
      days.map { DayCount(day: $0.day, kind: Int32(rank[Int($0.kind)]), count: $0.count) }
        .sorted { ($0.day, $0.kind) < ($1.day, $1.kind) }, to: &writer)
    writeMoney(rank: rank, to: &writer)
    writer.instant(firstSeen)
    writer.instant(lastSeen)
  }

  /// Whether everything is in the order of the canonical form already, which is the usual case.
  private var isCanonical: Bool {
    guard money.isEmpty else { return false }
    for index in kinds.indices {
      if totals[index] == 0 { return false }
      if index > 0, !InteractionKind.isStoredBefore(kinds[index - 1], kinds[index]) { return false }
    }
    return true
  }

  private func writeKinds(_ order: some Collection<Int>, to writer: inout ByteWriter) {
    writer.count(order.count)
    for index in order {
      Self.write(kinds[index], to: &writer)
      writer.signed(totals[index])
    }
  }

  private func write(_ days: [DayCount], to writer: inout ByteWriter) {
    writer.count(days.count)
    var previous: Int32 = 0
    for entry in days {
      writer.signed(Int64(entry.day) - Int64(previous))
      previous = entry.day
      writer.count(Int(entry.kind))
      writer.signed(Int64(entry.count))
    }
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

  private func uses(kind: Int) -> Bool {
    days.contains { Int($0.kind) == kind } || money.contains { Int($0.kind) == kind }
  }

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

  // Kinds of the vocabulary take one byte and need no text to be built when they are read.
  private static func write(_ kind: InteractionKind, to writer: inout ByteWriter) {
    writer.count(Int(kind.code) + 1)
    if kind.code < 0 { writer.string(kind.rawValue) }
  }

  private static func kind(from reader: inout ByteReader) throws(StateDecodingError) -> InteractionKind {
    let code = try reader.integer()
    if code == 0 { return InteractionKind(try reader.string()) }
    guard code <= InteractionKind.vocabulary.count else { throw .malformed }
    return InteractionKind.vocabulary[code - 1]
  }
}
