import SCRMExpressions
package import StateCoding

// Kinds are written in one fixed order, so that equal histories have equal bytes whatever order built them.
extension ActivityHistory {
  /// Writes the canonical binary form.
  package func write(to writer: inout ByteWriter) {
    if rare?.names.isEmpty ?? true, kindTotals.allSatisfy({ $0.count != 0 }) {
      // The usual case is in the order of the canonical form already.
      writeKinds(kindTotals, to: &writer)
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: InteractionKind.vocabulary.count) { ranks in
        ranks.initialize(repeating: 0)
        for (rank, total) in kindTotals.enumerated() { ranks[Int(total.kind)] = UInt8(truncatingIfNeeded: rank) }
        writeDays(to: &writer) { Int(ranks[Int($0)]) }
        writeMoney(isOrdered: true, to: &writer) { Int(ranks[Int($0)]) }
      }
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
    writeMoney(isOrdered: false, to: &writer) { rank[$0] ?? 0 }
    writer.instant(firstSeen)
    writer.instant(lastSeen)
  }

  private func writeKinds(_ totals: [KindTotal], to writer: inout ByteWriter) {
    writer.count(totals.count)
    for entry in totals {
      // Kinds of the vocabulary take one byte and need no text to be built when they are read.
      writer.count(entry.kind < 0 ? 0 : Int(entry.kind) + 1)
      if entry.kind < 0 { writer.string(kind(of: entry.kind).rawValue) }
      writer.signed(entry.count)
    }
  }

  private func writeDays(to writer: inout ByteWriter, rank: (Int32) -> Int) {
    writer.count(days.count)
    var previous: Int32 = 0
    for entry in days {
      let step = Int64(entry.day) - Int64(previous)
      previous = entry.day
      let rank = rank(entry.kind)
      if 0..<64 ~= step, rank < 128, 0..<64 ~= entry.count {
        writer.threeBytes(
          UInt8(truncatingIfNeeded: step << 1), UInt8(truncatingIfNeeded: rank),
          UInt8(truncatingIfNeeded: entry.count << 1))
      } else {
        writer.signed(step)
        writer.count(rank)
        writer.signed(Int64(entry.count))
      }
    }
  }

  /// How many bytes the canonical form usually takes, rather too many than too few.
  package var usualByteCount: Int { 24 + kindTotals.count * 3 + days.count * 4 }

  /// Reads the canonical binary form.
  package init(from reader: inout ByteReader) throws(StateDecodingError) {
    self.init()
    try read(from: &reader)
  }

  /// Reads the canonical binary form into an empty history, where it stands.
  package mutating func read(from reader: inout ByteReader) throws(StateDecodingError) {
    let kindCount = try reader.count()
    kindTotals.reserveCapacity(kindCount + 1)
    for _ in 0..<kindCount {
      let number = try reader.integer()
      guard number <= InteractionKind.vocabulary.count else { throw .malformed }
      let kind = number > 0 ? InteractionKind.vocabulary[number - 1] : InteractionKind(try reader.string())
      // The vocabulary comes in its order, then names; these have falling numbers and are put in front.
      if kind.code >= 0 {
        guard rare == nil, kindTotals.last.map({ $0.kind < kind.code }) ?? true else { throw .malformed }
        kindTotals.append(KindTotal(kind: Int32(kind.code), count: try reader.signed()))
      } else {
        guard code(of: kind) == nil else { throw .malformed }
        kindTotals.insert(KindTotal(kind: admit(kind), count: try reader.signed()), at: 0)
      }
    }
    let stored = StoredOrder(names: names.count, count: kindTotals.count)
    let dayCount = try reader.count()
    days.reserveCapacity(dayCount + 1)
    var previous: Int64 = 0
    var last = -1
    for _ in 0..<dayCount {
      let (step, kind, count) = try Self.dayCount(from: &reader)
      previous = previous &+ step
      guard let day = Int32(exactly: previous), kind < kindCount,
        days.isEmpty || step > 0 || step == 0 && kind > last
      else { throw .malformed }
      last = kind
      days.append(DayCount(day: day, kind: kindTotals[stored.place(kind)].kind, count: count))
    }
    if stored.names > 0 { days.sort { ($0.day, $0.kind) < ($1.day, $1.kind) } }
    try readMoney(stored, from: &reader)
    firstSeen = try reader.instant()
    lastSeen = try reader.instant()
  }

  /// The step from the day before, the place of the kind and the count; most take a byte each.
  private static func dayCount(
    from reader: inout ByteReader
  ) throws(StateDecodingError) -> (step: Int64, kind: Int, count: Int32) {
    if let (step, kind, count) = reader.threeSmall() {
      return (
        Int64(step >> 1) ^ -Int64(step & 1), Int(kind), Int32(count >> 1) ^ -Int32(count & 1)
      )
    }
    return (try reader.signed(), try reader.integer(), try reader.signed32())
  }

  /// From the place of a kind in stored state, where names follow the vocabulary, to its place in `kindTotals`, where
  /// they stand in front in reverse.
  private struct StoredOrder {
    let names: Int
    let count: Int

    func place(_ place: Int) -> Int {
      names == 0 ? place : (place < count - names ? place + names : count - 1 - place)
    }
  }

  private func uses(kind: Int32) -> Bool {
    days.contains { $0.kind == kind } || money.contains { $0.kind == kind }
  }

  /// - Parameter isOrdered: whether kinds stand in the order of their ranks.
  private func writeMoney(isOrdered: Bool, to writer: inout ByteWriter, rank: (Int32) -> Int) {
    guard let rare else {
      writer.count(0)
      return
    }
    let (currencies, money) = (rare.currencies, rare.money)
    if isOrdered, currencies.count == 1, !money.isEmpty {
      writer.count(1)
      writer.string(currencies[0])
      writer.count(money.count)
      for entry in money { Self.write(entry, kind: rank(entry.kind), currency: 0, to: &writer) }
      return
    }
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
        day: $0.day, kind: Int32(rank($0.kind)), currency: Int32(currencyRank[Int($0.currency)]), units: $0.units)
    }.sorted { ($0.day, $0.kind, $0.currency) < ($1.day, $1.kind, $1.currency) }
    writer.count(ordered.count)
    for entry in ordered { Self.write(entry, kind: Int(entry.kind), currency: Int(entry.currency), to: &writer) }
  }

  private static func write(_ entry: DayMoney, kind: Int, currency: Int, to writer: inout ByteWriter) {
    writer.signed(Int64(entry.day))
    writer.count(kind)
    writer.count(currency)
    let (units, scale) = shortened(entry.units)
    writer.count(scale)
    writer.fixed(UInt64(truncatingIfNeeded: units >> 64))
    writer.fixed(UInt64(truncatingIfNeeded: units))
  }

  private mutating func readMoney(
    _ stored: StoredOrder, from reader: inout ByteReader
  ) throws(StateDecodingError) {
    let currencyCount = try reader.count()
    if currencyCount == 0 { return }
    var facts = rare ?? RareFacts()
    for _ in 0..<currencyCount { facts.currencies.append(try reader.string()) }
    let count = try reader.count()
    var isOrdered = true
    facts.money.reserveCapacity(count + 1)
    for _ in 0..<count {
      let day = try reader.signed32()
      let kind = try reader.integer()
      let currency = try reader.integer()
      let scale = try reader.integer()
      guard kind < kindTotals.count, currency < currencyCount, scale <= 18 else { throw .malformed }
      let high = Int128(truncatingIfNeeded: Int64(bitPattern: try reader.fixed()))
      var units = high << 64 | Int128(truncatingIfNeeded: try reader.fixed())
      units &*= Self.power(18 - scale)
      let entry = DayMoney(day: day, kind: kindTotals[stored.place(kind)].kind, currency: Int32(currency), units: units)
      if let last = facts.money.last, !Self.isBefore(last, entry) { isOrdered = false }
      facts.money.append(entry)
    }
    if !isOrdered { facts.money.sort(by: Self.isBefore) }
    rare = facts
  }

  private static func isBefore(_ left: DayMoney, _ right: DayMoney) -> Bool {
    (left.day, left.kind, left.currency) < (right.day, right.kind, right.currency)
  }

}
