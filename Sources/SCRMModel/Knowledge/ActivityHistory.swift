public import SCRMExpressions

/// What a person did, counted: by kind and day within the retention, by kind over all time, and the money involved.
///
/// Counts are sums, so they do not depend on the order in which interactions arrive, two histories are added when people
/// turn out to be one, and a retracted interaction is subtracted again. Days are those of UTC.
public struct ActivityHistory: Sendable, Hashable {
  /// How often something of one kind happened on one day.
  public struct DayCount: Sendable, Hashable {
    /// Days since 1970-01-01, UTC.
    public internal(set) var day: Int32
    /// Index into ``ActivityHistory/kinds``.
    package internal(set) var kind: Int32
    /// How often.
    public internal(set) var count: Int32
  }

  /// Money of one currency and kind of interaction on one day, in units of 10^−18.
  struct DayMoney: Sendable, Hashable {
    var day: Int32
    var kind: Int32
    var currency: Int32
    var units: Int128
  }

  /// The kinds that occurred, in the order of their first use here.
  public internal(set) var kinds: [InteractionKind] = []
  /// Counts over all time, aligned with `kinds`.
  public internal(set) var totals: [Int64] = []
  /// Counts of the retained days, ordered by day, then kind index.
  public internal(set) var days: [DayCount] = []
  var currencies: [String] = []
  var money: [DayMoney] = []
  /// The first event time, whether retracted or not; `nil` when nothing happened.
  public internal(set) var firstSeen: Instant?
  /// The last event time, whether retracted or not.
  public internal(set) var lastSeen: Instant?

  /// How many days are kept in detail, counted back from the last active day.
  public static let retainedDays: Int32 = 400

  /// Creates an empty history.
  public init() {}

  /// Whether nothing ever happened.
  public var isEmpty: Bool { lastSeen == nil }

  /// How often anything happened, over all time.
  public var total: Int64 { totals.reduce(0, &+) }

  /// How often something of `kind` happened, over all time.
  ///
  /// O(kinds).
  public func count(_ kind: InteractionKind) -> Int64 {
    kinds.firstIndex(of: kind).map { totals[$0] } ?? 0
  }

  /// How often something of `kind` happened on the last `days` days up to and including the day of `now`.
  ///
  /// O(retained days with activity). `days` beyond the retention counts what is retained.
  public func count(_ kind: InteractionKind, days: Int, until now: Instant) -> Int {
    guard let index = kinds.firstIndex(of: kind) else { return 0 }
    let last = now.utcDay
    let first = Int32(clamping: Int64(last) - Int64(min(max(days, 1), 1 << 32) - 1))
    var sum = 0
    for entry in self.days.reversed() {
      if entry.day < first { break }
      if entry.kind == Int32(index), entry.day <= last { sum += Int(entry.count) }
    }
    return sum
  }

  /// How often anything happened on the last `days` days up to and including the day of `now`.
  public func count(days: Int, until now: Instant) -> Int {
    let last = now.utcDay
    let first = Int32(clamping: Int64(last) - Int64(min(max(days, 1), 1 << 32) - 1))
    var sum = 0
    for entry in self.days.reversed() {
      if entry.day < first { break }
      if entry.day <= last { sum += Int(entry.count) }
    }
    return sum
  }

  /// The money of interactions of `kind` on the last `days` days; `nil` when it exceeds ``Money``, zero when there is none.
  public func amount(
    _ kind: InteractionKind, in currency: String, days: Int = Int(retainedDays), until now: Instant
  ) -> Money? {
    let last = now.utcDay
    let first = Int32(clamping: Int64(last) - Int64(min(max(days, 1), 1 << 32) - 1))
    var sum: Int128 = 0
    if let index = kinds.firstIndex(of: kind), let code = currencies.firstIndex(where: { $0.sameBytes(as: currency) }) {
      for entry in money
      where entry.kind == Int32(index) && entry.currency == Int32(code) && entry.day >= first && entry.day <= last {
        sum &+= entry.units
      }
    }
    var scale = 18
    while scale > 0, sum % 10 == 0 {
      sum /= 10
      scale -= 1
    }
    return Int64(exactly: sum).flatMap { Money(units: $0, scale: scale, currency: currency) }
  }
}

extension ActivityHistory {
  /// Counts an interaction (`sign` 1), takes it back (`sign` −1), or only notes when it happened (`sign` 0).
  ///
  /// O(retained days) at worst, O(1) for the latest day.
  package mutating func record(_ interaction: Interaction, sign: Int32) {
    let time = interaction.occurred.inUTC
    firstSeen = firstSeen.map { min($0, time) } ?? time
    lastSeen = lastSeen.map { max($0, time) } ?? time
    if sign == 0 { return }
    let index = kindIndex(interaction.kind)
    totals[index] &+= Int64(sign)
    let day = time.utcDay
    guard day > oldestRetainedDay &- 1 else { return }
    add(DayCount(day: day, kind: Int32(index), count: sign))
    if let amount = interaction.amount {
      var units = Int128(amount.units)
      for _ in amount.scale..<18 { units &*= 10 }
      let currency = Int32(currencyIndex(amount.currency))
      add(DayMoney(day: day, kind: Int32(index), currency: currency, units: sign < 0 ? 0 &- units : units))
    }
  }

  /// Adds everything another history counted.
  package mutating func merge(_ other: ActivityHistory) {
    for (kind, count) in zip(other.kinds, other.totals) { totals[kindIndex(kind)] &+= count }
    for entry in other.days {
      add(DayCount(day: entry.day, kind: Int32(kindIndex(other.kinds[Int(entry.kind)])), count: entry.count))
    }
    for entry in other.money {
      add(
        DayMoney(
          day: entry.day, kind: Int32(kindIndex(other.kinds[Int(entry.kind)])),
          currency: Int32(currencyIndex(other.currencies[Int(entry.currency)])), units: entry.units))
    }
    if let first = other.firstSeen { firstSeen = firstSeen.map { min($0, first) } ?? first }
    if let last = other.lastSeen { lastSeen = lastSeen.map { max($0, last) } ?? last }
  }

  /// The first day of which counts are kept in detail.
  package var oldestRetainedDay: Int32 {
    lastSeen.map { $0.utcDay &- Self.retainedDays &+ 1 } ?? Int32.min &+ 1
  }

  /// Forgets the detail of days before the retention.
  package mutating func prune() {
    let oldest = oldestRetainedDay
    if let first = days.first, first.day < oldest { days.removeAll { $0.day < oldest } }
    if let first = money.first, first.day < oldest { money.removeAll { $0.day < oldest } }
  }

  private mutating func kindIndex(_ kind: InteractionKind) -> Int {
    if let index = kinds.firstIndex(of: kind) { return index }
    kinds.append(kind)
    totals.append(0)
    return kinds.count - 1
  }

  private mutating func currencyIndex(_ currency: String) -> Int {
    if let index = currencies.firstIndex(where: { $0.sameBytes(as: currency) }) { return index }
    currencies.append(currency)
    return currencies.count - 1
  }

  private mutating func add(_ entry: DayCount) {
    // Most interactions are of the latest day, so the search begins at the end.
    var position = days.count
    while position > 0, (days[position - 1].day, days[position - 1].kind) > (entry.day, entry.kind) { position -= 1 }
    if position > 0, days[position - 1].day == entry.day, days[position - 1].kind == entry.kind {
      days[position - 1].count &+= entry.count
      if days[position - 1].count == 0 { days.remove(at: position - 1) }
    } else {
      days.insert(entry, at: position)
    }
  }

  private mutating func add(_ entry: DayMoney) {
    let order = { (value: DayMoney) in (value.day, value.kind, value.currency) }
    var position = money.count
    while position > 0, order(money[position - 1]) > order(entry) { position -= 1 }
    if position > 0, order(money[position - 1]) == order(entry) {
      money[position - 1].units &+= entry.units
      if money[position - 1].units == 0 { money.remove(at: position - 1) }
    } else if entry.units != 0 {
      money.insert(entry, at: position)
    }
  }
}
