import SCRMExpressions
package import StateCoding

// Kinds are written in one fixed order, so that equal histories have equal bytes whatever order built them.
extension ActivityHistory {
  /// Writes the canonical binary form.
  package func write(to writer: inout ByteWriter) {
    if rare == nil, kindTotals.allSatisfy({ $0.count != 0 }) {
      // The usual case is in the order of the canonical form already.
      writeKinds(kindTotals, to: &writer)
      writeDays(to: &writer) { code in kindTotals.firstIndex { $0.kind == code } ?? 0 }
      writer.count(0)
      writer.instant(firstSeen)
      writer.instant(lastSeen)
      return
    }
    let order = kindTotals.filter { $0.count != 0 || uses(kind: $0.kind) }.sorted {
      InteractionKind.isStoredBefore(kind(of: $0.kind), kind(of: $1.kind))
    }
    var rank: [Int32: Int] = [:]
    for (position, entry) in order.enumerated() { rank[entry.kind] = position }
    writeKinds(order, to: &writer)
    var ordered = self
    ordered.days.sort { ($0.day, rank[$0.kind] ?? 0) < ($1.day, rank[$1.kind] ?? 0) }
    ordered.writeDays(to: &writer) { rank[$0] ?? 0 }
    writeMoney(rank: rank, to: &writer)
    writer.instant(firstSeen)
    writer.instant(lastSeen)
  }

  private func writeKinds(_ totals: [KindTotal], to writer: inout ByteWriter) {
    writer.count(totals.count)
    for entry in totals {
      Self.write(kind(of: entry.kind), to: &writer)
      writer.signed(entry.count)
    }
  }

  private func writeDays(to writer: inout ByteWriter, rank: (Int32) -> Int) {
    writer.count(days.count)
    var previous: Int32 = 0
    for entry in days {
      writer.signed(Int64(entry.day) - Int64(previous))
      previous = entry.day
      writer.count(rank(entry.kind))
      writer.signed(Int64(entry.count))
    }
  }

  /// How many bytes the canonical form usually takes, rather too many than too few.
  package var usualByteCount: Int { 24 + kindTotals.count * 3 + days.count * 4 }

  /// Reads the canonical binary form.
  package init(from reader: inout ByteReader) throws(StateDecodingError) {
    self.init()
    let kindCount = try reader.count()
    kindTotals.reserveCapacity(kindCount + 1)
    for _ in 0..<kindCount {
      let kind = try Self.kind(from: &reader)
      // The vocabulary comes in its order, then names; these have falling numbers and are put in front.
      if kind.code >= 0 {
        guard names.isEmpty, kindTotals.last.map({ $0.kind < kind.code }) ?? true else { throw .malformed }
        kindTotals.append(KindTotal(kind: Int32(kind.code), count: try reader.signed()))
      } else {
        guard code(of: kind) == nil else { throw .malformed }
        kindTotals.insert(KindTotal(kind: admit(kind), count: try reader.signed()), at: 0)
      }
    }
    let stored = storedOrder()
    let dayCount = try reader.count()
    days.reserveCapacity(dayCount + 1)
    var previous: Int64 = 0
    var last = -1
    for _ in 0..<dayCount {
      let step = try reader.signed()
      previous = previous &+ step
      guard let day = Int32(exactly: previous) else { throw .malformed }
      let kind = try reader.integer()
      guard kind < kindCount, days.isEmpty || step > 0 || step == 0 && kind > last else { throw .malformed }
      last = kind
      days.append(DayCount(day: day, kind: kindTotals[stored(kind)].kind, count: try reader.signed32()))
    }
    if !names.isEmpty { days.sort { ($0.day, $0.kind) < ($1.day, $1.kind) } }
    try readMoney(stored, from: &reader)
    firstSeen = try reader.instant()
    lastSeen = try reader.instant()
  }

  /// From the place of a kind in stored state, where names follow the vocabulary, to its place in `kindTotals`, where
  /// they stand in front in reverse.
  private func storedOrder() -> (Int) -> Int {
    let (names, count) = (names.count, kindTotals.count)
    return { place in names == 0 ? place : (place < count - names ? place + names : count - 1 - place) }
  }

  private func uses(kind: Int32) -> Bool {
    days.contains { $0.kind == kind } || money.contains { $0.kind == kind }
  }

  private func writeMoney(rank: [Int32: Int], to writer: inout ByteWriter) {
    let (currencies, money) = (currencies, money)
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
        day: $0.day, kind: Int32(rank[$0.kind] ?? 0), currency: Int32(currencyRank[Int($0.currency)]), units: $0.units)
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

  private mutating func readMoney(
    _ stored: (Int) -> Int, from reader: inout ByteReader
  ) throws(StateDecodingError) {
    let currencyCount = try reader.count()
    if currencyCount == 0 { return }
    var facts = rare ?? RareFacts()
    for _ in 0..<currencyCount { facts.currencies.append(try reader.string()) }
    for _ in 0..<(try reader.count()) {
      let day = try reader.signed32()
      let kind = try reader.integer()
      let currency = try reader.integer()
      let scale = try reader.integer()
      guard kind < kindTotals.count, currency < currencyCount, scale <= 18 else { throw .malformed }
      let high = Int128(truncatingIfNeeded: Int64(bitPattern: try reader.fixed()))
      var units = high << 64 | Int128(truncatingIfNeeded: try reader.fixed())
      for _ in scale..<18 { units &*= 10 }
      facts.money.append(
        DayMoney(day: day, kind: kindTotals[stored(kind)].kind, currency: Int32(currency), units: units))
    }
    facts.money.sort { ($0.day, $0.kind, $0.currency) < ($1.day, $1.kind, $1.currency) }
    rare = facts
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
