import Foundation

/// People and events of the make of `gen_segmentation.py`, from a seed, so that the benchmark needs no files.
///
/// Activity is log-normal, so that few people do much; attributes, the shares of kinds and the amounts have the
/// distributions of that script, and events are spread evenly over 180 days. The numbers themselves differ, since the
/// random generator does.
struct PeopleGenerator {
  static let kinds = [
    "view", "like", "click", "login", "comment", "share", "message", "cart", "purchase", "support", "refund", "post",
  ]
  private static let shares = [0.42, 0.14, 0.12, 0.09, 0.07, 0.04, 0.04, 0.035, 0.03, 0.008, 0.002, 0.005]
  private static let now: Int64 = 1_750_000_000
  private static let days: Int64 = 180

  private var random: Generator

  init(seed: UInt64) { random = Generator(seed: seed) }

  /// The data of so many people, with twenty events for each of them on average.
  mutating func data(people: Int) -> PeopleData {
    let activity = (0..<people).map { _ in exp(1.2 * normal()) }
    var columns: [String: [Double]] = [:]
    let (country, channel, tier) = (zipf(30, 1.1), zipf(8, 0.8), cumulative([0.6, 0.2, 0.12, 0.06, 0.02]))
    columns["country"] = column(people) { made, _ in Double(made.place(in: country)) }
    columns["channel"] = column(people) { made, _ in Double(made.place(in: channel)) }
    columns["tier"] = column(people) { made, _ in Double(made.place(in: tier)) }
    columns["age"] = column(people) { made, _ in min(max(34 + 12 * made.normal(), 13), 90).rounded(.down) }
    columns["signup_day"] = column(people) { made, _ in Double(made.random.below(1_461)) }
    columns["followers"] = column(people) { made, _ in exp(4.5 + 1.8 * made.normal()).rounded(.down) }
    columns["tags"] = column(people) { made, _ in
      // 40 tags, the first ones frequent.
      (0..<40).reduce(0) { $0 + (made.share() < 0.3 / (1 + Double($1) * 0.25) ? exp2(Double($1)) : 0) }
    }
    columns["email_opt_in"] = column(people) { made, _ in made.share() < 0.62 ? 1 : 0 }
    columns["sms_opt_in"] = column(people) { made, _ in made.share() < 0.35 ? 1 : 0 }
    columns["sentiment"] = column(people) { made, _ in made.beta(4, 2.5) * 2 - 1 }
    columns["ltv"] = column(people) { made, person in activity[person] * made.gamma(1.2) * 40 }
    columns["csat"] = column(people) { made, _ in made.share() < 0.3 ? .nan : 1 + 4 * made.beta(3, 1.5) }

    let (owners, kinds) = (cumulative(activity), cumulative(Self.shares))
    let span = Int(Self.days * 86_400)
    let times = (0..<(people * 20)).map { _ in Self.now - Int64(random.below(span)) }.sorted()
    let events = times.map { time in
      let kind = place(in: kinds)
      let isPaid = Self.kinds[kind] == "purchase" || Self.kinds[kind] == "refund"
      return WorkloadEvent(
        person: place(in: owners), kind: kind, time: time * 1_000,
        amount: isPaid ? (exp(3.4 + 0.8 * normal()) * 100).rounded() / 100 : 0)
    }
    return PeopleData(kinds: Self.kinds, now: Self.now * 1_000, columns: columns, events: events, people: people)
  }

  private mutating func column(_ people: Int, _ value: (inout PeopleGenerator, Int) -> Double) -> [Double] {
    var column: [Double] = []
    for person in 0..<people { column.append(value(&self, person)) }
    return column
  }

  /// A number from 0 up to 1.
  private mutating func share() -> Double { Double(random.below(1 << 53)) / Double(1 << 53) }

  /// Box and Muller's transform.
  private mutating func normal() -> Double {
    let radius = (-2 * log(1 - share())).squareRoot()
    return radius * cos(2 * .pi * share())
  }

  /// Marsaglia and Tsang's method, for a shape of at least 1.
  private mutating func gamma(_ shape: Double) -> Double {
    let d = shape - 1.0 / 3
    while true {
      let x = normal()
      let cube = 1 + x / (9 * d).squareRoot()
      guard cube > 0 else { continue }
      let v = cube * cube * cube
      if log(1 - share()) < x * x / 2 + d - d * v + d * log(v) { return d * v }
    }
  }

  private mutating func beta(_ left: Double, _ right: Double) -> Double {
    let (one, other) = (gamma(left), gamma(right))
    return one / (one + other)
  }

  private func zipf(_ count: Int, _ exponent: Double) -> [Double] {
    cumulative((1...count).map { pow(Double($0), -exponent) })
  }

  /// The sums of weights up to each place, of a total of 1.
  private func cumulative(_ weights: [Double]) -> [Double] {
    let total = weights.reduce(0, +)
    var sum = 0.0
    return weights.map { weight in
      sum += weight
      return sum / total
    }
  }

  /// A place drawn with the weights.
  private mutating func place(in sums: [Double]) -> Int {
    let share = share()
    var (low, high) = (0, sums.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if sums[middle] <= share { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
