import DenseData
import SCRMModel
import StateCoding
import Testing

/// The stored form, written as it is defined, by sorting; the history itself writes it in shorter ways where it can.
private struct PlainForm {
  private struct Place: Hashable, Comparable {
    var day: Int32
    var kind: Int16
    var currency = ""

    static func < (left: Self, right: Self) -> Bool {
      (left.day, left.kind, left.currency) < (right.day, right.kind, right.currency)
    }
  }

  private var totals: [Int16: Int64] = [:]
  private var days: [Place: Int32] = [:]
  private var money: [Place: Int128] = [:]
  private var first: Instant?
  private var last: Instant?

  mutating func record(_ interaction: Interaction) {
    let (code, day) = (interaction.kind.code, interaction.occurred.utcDay)
    totals[code, default: 0] += 1
    days[Place(day: day, kind: code), default: 0] += 1
    if let amount = interaction.amount {
      var units = Int128(amount.units)
      for _ in amount.scale..<18 { units &*= 10 }
      money[Place(day: day, kind: code, currency: amount.currency), default: 0] &+= units
    }
    first = min(first ?? interaction.occurred, interaction.occurred)
    last = max(last ?? interaction.occurred, interaction.occurred)
  }

  var bytes: [UInt8] {
    var writer = ByteWriter()
    let kinds = totals.keys.sorted()
    writer.count(kinds.count)
    for kind in kinds {
      writer.count(Int(kind) + 1)
      writer.signed(totals[kind] ?? 0)
    }
    writer.count(days.count)
    var previous: Int32 = 0
    for (place, count) in days.sorted(by: { $0.key < $1.key }) {
      writer.signed(Int64(place.day) - Int64(previous))
      previous = place.day
      writer.count(kinds.firstIndex(of: place.kind) ?? 0)
      writer.signed(Int64(count))
    }
    let spent = money.filter { $0.value != 0 }
    let currencies = Set(spent.keys.map(\.currency)).sorted()
    writer.count(currencies.count)
    for currency in currencies { writer.string(currency) }
    if !currencies.isEmpty { writer.count(spent.count) }
    for (place, value) in spent.sorted(by: { $0.key < $1.key }) {
      writer.signed(Int64(place.day))
      writer.count(kinds.firstIndex(of: place.kind) ?? 0)
      writer.count(currencies.firstIndex(of: place.currency) ?? 0)
      var (units, scale) = (value, 18)
      while scale > 0, units % 10 == 0 { (units, scale) = (units / 10, scale - 1) }
      writer.count(scale)
      writer.fixed(UInt64(truncatingIfNeeded: units >> 64))
      writer.fixed(UInt64(truncatingIfNeeded: units))
    }
    writer.instant(first)
    writer.instant(last)
    return writer.bytes
  }
}

@Suite struct ActivityHistoryFormTests {
  @Test(arguments: 1...80 as ClosedRange<UInt64>)
  func theStoredFormIsTheOneDefined(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let kinds = Array([InteractionKind.like, .purchase, .refund, .view, .post].prefix(1 + random.below(5)))
    let currencies = random.chance(70) ? ["CNY"] : ["EUR", "CNY"]
    let span = 86_400 * [2, 30, 300][random.below(3)]
    var (history, plain) = (ActivityHistory(), PlainForm())
    for number in 0..<random.below(300) {
      let time = Instant.testNow.advanced(by: .seconds(Int64(random.below(span))))
      // Up to the most and the fewest decimals, and amounts that take each other back.
      let units = random.chance(20) ? [Int64.max, .min, 0, 500, -500][random.below(5)] : Int64(random.below(100_000))
      let amount = Money(
        units: units, scale: [0, 2, 18, random.below(19)][random.below(4)], currency: random.pick(currencies))
      let interaction = Interaction(
        key: EventKey("s", "\(number)"), kind: random.pick(kinds), actor: Party([]),
        amount: random.chance(40) ? amount : nil, at: time, received: time)
      for _ in 0..<(random.chance(2) ? 200 : 1) {
        history.record(interaction, sign: 1)
        plain.record(interaction)
      }
    }
    var writer = ByteWriter()
    history.write(to: &writer)
    #expect(writer.bytes == plain.bytes, "seed \(seed)")
    let read = try decodeState(plain.bytes, subject: "test") { reader throws(StateDecodingError) in
      try ActivityHistory(from: &reader)
    }
    var again = ByteWriter()
    read.write(to: &again)
    #expect(again.bytes == plain.bytes, "seed \(seed)")
  }
}
