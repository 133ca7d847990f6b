public import SCRMExpressions

/// What a person did, counted: by kind and day within the retention, by kind over all time, and the money involved.
///
/// Counts are sums, so they do not depend on the order in which interactions arrive, two histories are added when people
/// turn out to be one, and a retracted interaction is subtracted again. Days are those of the zone the history is kept in,
/// which is the same for all calls; UTC when none is given.
public struct ActivityHistory: Sendable, Hashable {
  /// How often something of one kind happened on one day.
  public struct DayCount: Sendable, Hashable {
    /// Days since 1970-01-01.
    public internal(set) var day: Int32
    /// The kind; see ``ActivityHistory/code(of:)``.
    package internal(set) var kind: Int32
    /// How often.
    public internal(set) var count: Int32
  }

  /// How often something of one kind happened, over all time.
  struct KindTotal: Sendable, Hashable {
    var kind: Int32
    var count: Int64
  }

  /// Money of one currency and kind of interaction on one day, in units of 10^−18.
  struct DayMoney: Sendable, Hashable {
    var day: Int32
    var kind: Int32
    var currency: Int32
    var units: Int128
  }

  // Kinds of the vocabulary are their codes, from 0; names of hosts are −1, −2 … in the order of their first use here.
  // So the usual history is two arrays of plain numbers.
  /// Counts over all time, ordered by kind.
  var kindTotals: [KindTotal] = []
  /// Counts of the retained days, ordered by day, then kind.
  public internal(set) var days: [DayCount] = []
  var rare: RareFacts?

  /// What few histories hold: kinds outside the vocabulary, and money.
  struct RareFacts: Sendable, Hashable {
    var names: [InteractionKind] = []
    var currencies: [String] = []
    var money: [DayMoney] = []

    var isEmpty: Bool { names.isEmpty && currencies.isEmpty && money.isEmpty }
  }

  var names: [InteractionKind] { rare?.names ?? [] }
  var currencies: [String] { rare?.currencies ?? [] }
  var money: [DayMoney] { rare?.money ?? [] }
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
  public var total: Int64 { kindTotals.reduce(0) { $0 &+ $1.count } }

  /// The kinds that occurred.
  public var kinds: [InteractionKind] { kindTotals.map { kind(of: $0.kind) } }

  /// The kind that a number in this history stands for.
  package func kind(of code: Int32) -> InteractionKind {
    code >= 0 ? InteractionKind.vocabulary[Int(code)] : names[Int(-1 - code)]
  }

  /// The number of a kind in this history; `nil` for a kind outside the vocabulary that did not occur.
  ///
  /// Kinds of the vocabulary have the same number in every history.
  package func code(of kind: InteractionKind) -> Int32? {
    if kind.code >= 0 { return Int32(kind.code) }
    guard let rare, let index = rare.names.firstIndex(of: kind) else { return nil }
    return -1 - Int32(index)
  }

  /// How often something of `kind` happened, over all time.
  ///
  /// O(kinds).
  public func count(_ kind: InteractionKind) -> Int64 {
    guard let code = code(of: kind) else { return 0 }
    return kindTotals.first { $0.kind == code }?.count ?? 0
  }

  /// How often something of `kind` happened on the last `days` days up to and including the day of `now`.
  ///
  /// O(retained days with activity). `days` beyond the retention counts what is retained.
  public func count(_ kind: InteractionKind, days: Int, until now: Instant, in zone: ZoneRules = .utc) -> Int {
    count(kind, days: days, through: zone.day(of: now), span: span(in: zone))
  }

  /// The first and the last day of a long history of which all days are retained; `nil` for any other.
  func span(in zone: ZoneRules) -> (first: Int32, last: Int32)? {
    guard days.count > 8, let oldest = firstSeen, let latest = lastSeen else { return nil }
    let (first, last) = (zone.day(of: oldest), zone.day(of: latest))
    return Int64(last) - Int64(first) < Int64(Self.retainedDays) ? (first, last) : nil
  }

  /// How often something of `kind` happened on the last `days` days up to and including `last`.
  /// - Parameter span: ``span(in:)``.
  func count(_ kind: InteractionKind, days: Int, through last: Int32, span: (first: Int32, last: Int32)?) -> Int {
    guard let code = code(of: kind), let total = kindTotals.first(where: { $0.kind == code })?.count else { return 0 }
    let first = Int32(clamping: Int64(last) - Int64(min(max(days, 1), 1 << 32) - 1))
    // Of a long history that lies in these days as a whole the sum is known.
    if let span, span.first >= first, span.last <= last { return Int(clamping: total) }
    return self.days.withUnsafeBufferPointer { entries in
      var sum = 0
      var index = entries.count
      while index > 0 {
        index -= 1
        let entry = entries[index]
        if entry.day < first { break }
        if entry.kind == code, entry.day <= last { sum += Int(entry.count) }
      }
      return sum
    }
  }

  /// How often anything happened on the last `days` days up to and including the day of `now`.
  public func count(days: Int, until now: Instant, in zone: ZoneRules = .utc) -> Int {
    count(days: days, through: zone.day(of: now))
  }

  /// How often anything happened on the last `days` days up to and including `last`.
  func count(days: Int, through last: Int32) -> Int {
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
    _ kind: InteractionKind, in currency: String, days: Int = Int(retainedDays), until now: Instant,
    zone: ZoneRules = .utc
  ) -> Money? {
    let last = zone.day(of: now)
    let first = Int32(clamping: Int64(last) - Int64(min(max(days, 1), 1 << 32) - 1))
    var sum: Int128 = 0
    if let rare, let kind = code(of: kind),
      let index = rare.currencies.firstIndex(where: { $0.sameBytes(as: currency) })
    {
      for entry in rare.money
      where entry.kind == kind && entry.currency == Int32(index) && entry.day >= first && entry.day <= last {
        sum &+= entry.units
      }
    }
    let (units, scale) = Self.shortened(sum)
    return Int64(exactly: units).flatMap { Money(units: $0, scale: scale, currency: currency) }
  }

  /// Units of 10^−18 with the fewest decimals that hold them.
  static func shortened(_ units: Int128) -> (units: Int128, scale: Int) {
    var (units, scale) = (units, 18)
    // Most amounts have two decimals at most. Dividing 128 bits takes long, so it is done once for them.
    let (quotient, rest) = units.quotientAndRemainder(dividingBy: 10_000_000_000_000_000)
    if rest == 0 { (units, scale) = (quotient, 2) }
    if var small = Int64(exactly: units) {
      while scale > 0, small % 10 == 0 {
        small /= 10
        scale -= 1
      }
      return (Int128(small), scale)
    }
    while scale > 0, units % 10 == 0 {
      units /= 10
      scale -= 1
    }
    return (units, scale)
  }

  /// 10^`exponent`, 0 … 18.
  static func power(_ exponent: Int) -> Int128 {
    var power: Int64 = 1
    for _ in 0..<exponent { power &*= 10 }
    return Int128(power)
  }
}

extension ActivityHistory {
  /// Counts an interaction (`sign` 1), takes it back (`sign` −1), or only notes when it happened (`sign` 0).
  ///
  /// O(retained days) at worst, O(1) for the latest day.
  package mutating func record(_ interaction: Interaction, sign: Int32, in zone: ZoneRules = .utc) {
    let time = interaction.occurred.inUTC
    firstSeen = firstSeen.map { min($0, time) } ?? time
    lastSeen = lastSeen.map { max($0, time) } ?? time
    if sign == 0 { return }
    let kind = admit(interaction.kind)
    addTotal(kind, Int64(sign))
    let day = zone.day(of: time)
    guard day >= oldestRetainedDay(in: zone) else { return }
    add(DayCount(day: day, kind: kind, count: sign))
    if let amount = interaction.amount {
      let units = Int128(amount.units) &* Self.power(18 - amount.scale)
      let currency = admit(amount.currency)
      add(DayMoney(day: day, kind: kind, currency: currency, units: sign < 0 ? 0 &- units : units))
    }
  }

  /// Adds everything another history counted.
  package mutating func merge(_ other: ActivityHistory) {
    for entry in other.kindTotals { addTotal(admit(other.kind(of: entry.kind)), entry.count) }
    for entry in other.days {
      add(DayCount(day: entry.day, kind: admit(other.kind(of: entry.kind)), count: entry.count))
    }
    for entry in other.money {
      add(
        DayMoney(
          day: entry.day, kind: admit(other.kind(of: entry.kind)),
          currency: admit(other.currencies[Int(entry.currency)]), units: entry.units))
    }
    if let first = other.firstSeen { firstSeen = firstSeen.map { min($0, first) } ?? first }
    if let last = other.lastSeen { lastSeen = lastSeen.map { max($0, last) } ?? last }
  }

  /// The first day of which counts are kept in detail.
  package func oldestRetainedDay(in zone: ZoneRules) -> Int32 {
    lastSeen.map { zone.day(of: $0) &- Self.retainedDays &+ 1 } ?? Int32.min &+ 1
  }

  /// Forgets the detail of days before the retention.
  package mutating func prune(in zone: ZoneRules = .utc) {
    let oldest = oldestRetainedDay(in: zone)
    if let first = days.first, first.day < oldest { days.removeAll { $0.day < oldest } }
    if let first = rare?.money.first, first.day < oldest { rare?.money.removeAll { $0.day < oldest } }
  }

  /// The number of a kind, given one if it has none yet.
  mutating func admit(_ kind: InteractionKind) -> Int32 {
    if let known = code(of: kind) { return known }
    rare = rare ?? RareFacts()
    rare?.names.append(kind)
    return -Int32(names.count)
  }

  private mutating func admit(_ currency: String) -> Int32 {
    if let index = rare?.currencies.firstIndex(where: { $0.sameBytes(as: currency) }) { return Int32(index) }
    rare = rare ?? RareFacts()
    rare?.currencies.append(currency)
    return Int32(currencies.count) - 1
  }

  private mutating func addTotal(_ kind: Int32, _ count: Int64) {
    var position = 0
    while position < kindTotals.count, kindTotals[position].kind < kind { position += 1 }
    if position < kindTotals.count, kindTotals[position].kind == kind {
      kindTotals[position].count &+= count
    } else {
      kindTotals.put(KindTotal(kind: kind, count: count), at: position)
    }
  }

  private mutating func add(_ entry: DayCount) {
    // Most interactions are of the latest day, so the search begins at the end.
    var position = days.count
    while position > 0, (days[position - 1].day, days[position - 1].kind) > (entry.day, entry.kind) { position -= 1 }
    if position > 0, days[position - 1].day == entry.day, days[position - 1].kind == entry.kind {
      days[position - 1].count &+= entry.count
      if days[position - 1].count == 0 { days.remove(at: position - 1) }
    } else {
      days.put(entry, at: position)
    }
  }

  private mutating func add(_ entry: DayMoney) {
    rare = rare ?? RareFacts()
    let order = { (value: DayMoney) in (value.day, value.kind, value.currency) }
    var position = money.count
    while position > 0, order(money[position - 1]) > order(entry) { position -= 1 }
    if position > 0, order(money[position - 1]) == order(entry) {
      rare?.money[position - 1].units &+= entry.units
      if money[position - 1].units == 0 { rare?.money.remove(at: position - 1) }
    } else if entry.units != 0 {
      rare?.money.insert(entry, at: position)
    }
  }
}

extension Array {
  /// Inserts an element; at the end, where most belong, without what moving others takes.
  fileprivate mutating func put(_ element: Element, at place: Int) {
    if place == endIndex { append(element) } else { insert(element, at: place) }
  }
}
