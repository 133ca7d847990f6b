import DenseData
import Foundation
import SCRMModel
import StateCoding
import Testing

/// One call of `record`.
private struct Act {
  var interaction: Interaction
  var sign: Int32
}

/// Everything that was recorded, asked by going through it.
private struct ActivityOracle {
  var acts: [Act] = []
  var lastDay: Int { acts.map { Int($0.interaction.occurred.utcDay) }.max() ?? 0 }

  func total(_ kind: InteractionKind) -> Int64 {
    acts.reduce(0) { $0 + ($1.interaction.kind == kind ? Int64($1.sign) : 0) }
  }

  private func acts(days: Int, until now: Instant) -> [Act] {
    let today = Int(now.utcDay)
    let oldest = lastDay - Int(ActivityHistory.retainedDays) + 1
    return acts.filter { act in
      let day = Int(act.interaction.occurred.utcDay)
      return day <= today && today - day < max(days, 1) && day >= oldest
    }
  }

  func count(_ kind: InteractionKind?, days: Int, until now: Instant) -> Int {
    acts(days: days, until: now).reduce(0) {
      $0 + (kind == nil || $1.interaction.kind == kind ? Int($1.sign) : 0)
    }
  }

  func amount(_ kind: InteractionKind, _ currency: String, days: Int, until now: Instant) -> Decimal {
    acts(days: days, until: now).reduce(Decimal(0)) { sum, act in
      guard act.interaction.kind == kind, let amount = act.interaction.amount, amount.currency == currency,
        let value = Decimal(string: amount.decimal)
      else { return sum }
      return sum + value * Decimal(Int(act.sign))
    }
  }
}

@Suite struct ActivityHistoryTests {
  private static let kinds: [InteractionKind] = [.like, .purchase, .refund, "wave", "\u{E9}", "e\u{301}"]

  private func history(_ acts: [Act]) -> ActivityHistory {
    var history = ActivityHistory()
    for act in acts { history.record(act.interaction, sign: act.sign) }
    history.prune()
    return history
  }

  private func bytes(_ history: ActivityHistory) -> [UInt8] {
    var writer = ByteWriter()
    history.write(to: &writer)
    return writer.bytes
  }

  private func read(_ bytes: [UInt8]) throws -> ActivityHistory {
    try decodeState(bytes, subject: "test") { reader throws(StateDecodingError) in try ActivityHistory(from: &reader) }
  }

  @Test func anEmptyHistoryHoldsNothing() throws {
    let empty = ActivityHistory()
    #expect(
      empty.isEmpty && empty.total == 0 && empty.count(.like) == 0 && empty.count(days: 400, until: .testNow) == 0)
    #expect(empty.amount(.purchase, in: "CNY", until: .testNow)?.units == 0)
    #expect(try read(bytes(empty)) == empty)
  }

  @Test(arguments: 1...60 as ClosedRange<UInt64>)
  func countsAndSumsAgreeWithTheOracle(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let acts = (0..<random.below(80)).map { random.act($0, kinds: Self.kinds) }
    let oracle = ActivityOracle(acts: acts)
    let history = history(acts)
    #expect(history.firstSeen == acts.map(\.interaction.occurred).min())
    #expect(history.lastSeen == acts.map(\.interaction.occurred).max())
    #expect(history.total == acts.reduce(0) { $0 + Int64($1.sign) })
    for kind in Self.kinds { #expect(history.count(kind) == oracle.total(kind), "seed \(seed) \(kind)") }
    for _ in 0..<30 {
      let now = Instant.testNow.advanced(by: .days(random.below(900) - 700))
      let days = random.pick([Int.min, -1, 0, 1, 2, 7, 30, 399, 400, 401, 5_000, Int.max])
      let kind = random.pick(Self.kinds)
      #expect(history.count(kind, days: days, until: now) == oracle.count(kind, days: days, until: now), "seed \(seed)")
      #expect(history.count(days: days, until: now) == oracle.count(nil, days: days, until: now), "seed \(seed)")
      for currency in ["CNY", "EUR", "PTS"] {
        let sum = try #require(history.amount(kind, in: currency, days: days, until: now))
        #expect(Decimal(string: sum.decimal) == oracle.amount(kind, currency, days: days, until: now), "seed \(seed)")
        #expect(sum.currency == currency)
      }
    }
  }

  @Test(arguments: 1...60 as ClosedRange<UInt64>)
  func theOrderDoesNotMatterDownToTheBytes(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let acts = (0..<random.below(60)).map { random.act($0, kinds: Self.kinds) }
    let whole = history(acts)
    let expected = bytes(whole)
    for _ in 0..<3 {
      #expect(bytes(history(acts.shuffled(using: &random))) == expected, "seed \(seed)")
    }
    var (left, right) = (ActivityHistory(), ActivityHistory())
    var (early, late) = (acts[..<(acts.count / 2)], acts[(acts.count / 2)...])
    if random.chance(50) { swap(&early, &late) }
    for act in early { left.record(act.interaction, sign: act.sign) }
    for act in late { right.record(act.interaction, sign: act.sign) }
    var turned = right
    turned.merge(left)
    left.merge(right)
    for var merged in [left, turned] {
      merged.prune()
      #expect(bytes(merged) == expected, "seed \(seed)")
    }
    let again = try read(expected)
    #expect(bytes(again) == expected)
    for kind in Self.kinds { #expect(again.count(kind) == whole.count(kind)) }
    #expect(again.firstSeen == whole.firstSeen && again.lastSeen == whole.lastSeen)
    // What was read goes on counting like what was written.
    let more = random.act(99, kinds: Self.kinds)
    var (one, other) = (whole, again)
    for _ in 0..<2 {
      one.record(more.interaction, sign: 1)
      other.record(more.interaction, sign: 1)
    }
    #expect(bytes(one) == bytes(other))
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func takingBackLeavesOnlyWhenItHappened(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let acts = (0..<40).map { random.act($0, kinds: Self.kinds) }
    var undone = ActivityHistory()
    var noted = ActivityHistory()
    for act in acts {
      undone.record(act.interaction, sign: 1)
      noted.record(act.interaction, sign: 0)
    }
    for act in acts.shuffled(using: &random) { undone.record(act.interaction, sign: -1) }
    undone.prune()
    #expect(bytes(undone) == bytes(noted), "seed \(seed)")
    #expect(undone.total == 0 && undone.days.isEmpty && !undone.isEmpty)
    for currency in ["CNY", "EUR"] {
      #expect(undone.amount(.purchase, in: currency, until: .distantFuture)?.units == 0)
    }
  }

  @Test func nothingSpentLeavesNoTrace() throws {
    let free = try act(.purchase, amount: "0", "CNY")
    let (paid, back) = (try act(.purchase, amount: "5", "CNY"), try act(.purchase, amount: "-5", "CNY"))
    let orders = [[free, paid, back], [paid, back, free], [paid, free, back]].map { bytes(history($0)) }
    #expect(Set(orders).count == 1)
  }

  @Test func detailIsKeptForFourHundredDays() throws {
    let last = try act(.like, day: 0)
    let kept = try act(.like, day: -399)
    let gone = try act(.like, day: -400)
    for acts in [[last, kept, gone], [gone, kept, last]] {
      let history = history(acts)
      #expect(history.count(.like) == 3 && history.days.map(\.count) == [1, 1])
      #expect(history.count(.like, days: .max, until: .testNow) == 2)
      #expect(history.firstSeen == gone.interaction.occurred)
    }
  }

  @Test func theEndsOfTimeAreCounted() throws {
    var ancient = ActivityHistory()
    ancient.record(
      Interaction(key: EventKey("s", "1"), kind: .like, actor: Party([]), at: .distantPast, received: .epoch), sign: 1)
    for days in [1, 400, Int.max, Int.min] {
      #expect(ancient.count(.like, days: days, until: .distantPast) == 1, "\(days)")
      #expect(ancient.count(days: days, until: .distantPast) == 1)
    }
    #expect(ancient.count(.like, days: 1, until: .distantFuture) == 0)
    ancient.record(
      Interaction(key: EventKey("s", "2"), kind: .like, actor: Party([]), at: .distantFuture, received: .epoch), sign: 1
    )
    ancient.prune()
    #expect(ancient.count(.like, days: .max, until: .distantFuture) == 1 && ancient.total == 2)
  }

  @Test func amountsOutsideOfMoneyAreNil() throws {
    var big = ActivityHistory()
    for _ in 0..<2 { big.record(try act(.purchase, amount: "9223372036854775807", "CNY").interaction, sign: 1) }
    #expect(big.amount(.purchase, in: "CNY", until: .testNow) == nil)
    #expect(big.amount(.purchase, in: "EUR", until: .testNow)?.units == 0)
    big.record(try act(.purchase, amount: "9223372036854775807", "CNY").interaction, sign: -1)
    #expect(big.amount(.purchase, in: "CNY", until: .testNow)?.units == .max)
    let facts = PersonFacts(record: PersonRecord(id: PersonID(high: 1, low: 1)), activity: big, now: .testNow)
    #expect(facts.spent("CNY")?.units == .max)
    big.record(try act(.refund, amount: "-9223372036854775808", "CNY").interaction, sign: 1)
    #expect(PersonFacts(record: facts.record, activity: big, now: .testNow).spent("CNY") == nil)
  }

  @Test func currenciesCompareByBytes() throws {
    var history = ActivityHistory()
    history.record(try act(.purchase, amount: "1", "\u{E9}").interaction, sign: 1)
    #expect(history.amount(.purchase, in: "e\u{301}", until: .testNow)?.units == 0)
    history.record(try act(.purchase, amount: "2", "e\u{301}").interaction, sign: 1)
    #expect(history.amount(.purchase, in: "e\u{301}", until: .testNow)?.units == 2)
    #expect(history.amount(.purchase, in: "\u{E9}", until: .testNow)?.units == 1)
  }

  @Test(arguments: 1...12 as ClosedRange<UInt64>)
  func damagedBytesAreErrors(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let whole = bytes(history((0..<25).map { random.act($0, kinds: Self.kinds) }))
    for length in 0..<whole.count {
      do {
        _ = try read(Array(whole[..<length]))
        Issue.record("read \(length) of \(whole.count) bytes, seed \(seed)")
      } catch { #expect((error as? SCRMError)?.code == .corruptState) }
    }
    for _ in 0..<300 {
      var damaged = whole
      for _ in 0...random.below(3) { damaged[random.below(damaged.count)] = UInt8(truncatingIfNeeded: random.next()) }
      do {
        // What still can be read must be usable.
        var history = try read(damaged)
        _ = history.count(.like, days: 30, until: .testNow)
        _ = history.amount(.purchase, in: "CNY", until: .testNow)
        history.record(random.act(0, kinds: Self.kinds).interaction, sign: 1)
        history.merge(history)
        history.prune()
        _ = bytes(history)
      } catch { #expect((error as? SCRMError)?.code == .corruptState) }
    }
    #expect { try read(whole + [0]) } throws: { ($0 as? SCRMError)?.code == .corruptState }
    #expect { try read(Array(repeating: 0xFF, count: 40)) } throws: { ($0 as? SCRMError)?.code == .corruptState }
  }

  private func act(
    _ kind: InteractionKind, day: Int = 0, amount: String? = nil, _ currency: String = "CNY"
  ) throws -> Act {
    Act(
      interaction: Interaction(
        key: EventKey("s", "1"), kind: kind, actor: Party([]),
        amount: try amount.map { try Money($0, currency: currency) }, at: .testNow.advanced(by: .days(day)),
        received: .testNow), sign: 1)
  }
}

extension SeededGenerator {
  fileprivate mutating func act(_ index: Int, kinds: [InteractionKind]) -> Act {
    let time = Instant.testNow.advanced(by: .seconds(Int64(below(86_400 * 600)) - 86_400 * 500))
    let amount = Money(units: Int64(below(2_000_000)) - 200_000, scale: below(5), currency: pick(["CNY", "EUR"]))
    return Act(
      interaction: Interaction(
        key: EventKey("s", "\(index)"), kind: pick(kinds), actor: Party([]), amount: chance(60) ? amount : nil,
        at: time,
        received: time),
      sign: pick([1, 1, 1, -1, 0]))
  }
}
