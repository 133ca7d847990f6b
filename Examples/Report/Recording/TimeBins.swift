import SocialCRM

/// Counts over time in memory that does not grow with what is counted: whenever there are too many bins, bins become longer.
struct TimeBins: Sendable {
  /// How long a bin is; each is made of whole bins of the one before.
  enum Unit: Int, Sendable, Comparable {
    case hour, day, month, year

    static func < (left: Unit, right: Unit) -> Bool { left.rawValue < right.rawValue }

    /// The number of the bin that holds a second since 1970.
    func bin(of second: Int64) -> Int {
      switch self {
      case .hour: return Self.floor(second, 3_600)
      case .day: return Self.floor(second, 86_400)
      case .month, .year:
        let date = CivilDate(daysSinceEpoch: Self.floor(second, 86_400))
        return self == .year ? date.year : date.year * 12 + date.month - 1
      }
    }

    /// The second since 1970 at which a bin begins.
    func start(of bin: Int) -> Int64 {
      switch self {
      case .hour: Int64(bin) * 3_600
      case .day: Int64(bin) * 86_400
      case .month: Self.second(year: bin / 12, month: bin % 12 + 1)
      case .year: Self.second(year: bin, month: 1)
      }
    }

    private static func floor(_ value: Int64, _ divisor: Int64) -> Int {
      Int(value >= 0 ? value / divisor : -((divisor - 1 - value) / divisor))
    }

    private static func second(year: Int, month: Int) -> Int64 {
      // Time ends with the year 9999.
      Int64(CivilDate(year: year, month: month, day: 1)?.daysSinceEpoch ?? 2_932_897) * 86_400
    }
  }

  /// The most bins that are kept, unless they are years: of those there are 9,999.
  static let limit = 2_000

  private(set) var unit = Unit.hour
  private var counts: [Int: Int] = [:]

  /// The bins that hold something, in the order of time.
  var ordered: [(bin: Int, count: Int)] { counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }
  /// How much was counted.
  var total: Int { counts.values.reduce(0, +) }
  /// How much there is in a bin.
  subscript(bin: Int) -> Int { counts[bin] ?? 0 }

  /// Counts something.
  mutating func add(_ time: Instant) {
    counts[unit.bin(of: time.secondsSinceEpoch), default: 0] += 1
    while counts.count > Self.limit, let longer = Unit(rawValue: unit.rawValue + 1) { lengthen(to: longer) }
  }

  /// Makes bins longer.
  mutating func lengthen(to unit: Unit) {
    guard unit > self.unit else { return }
    var longer: [Int: Int] = [:]
    for (bin, count) in counts { longer[unit.bin(of: self.unit.start(of: bin)), default: 0] += count }
    counts = longer
    self.unit = unit
  }
}
