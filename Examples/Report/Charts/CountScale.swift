/// An axis of counts from zero with a few round ticks.
struct CountScale {
  /// The value at the end of the axis, at least 1.
  let end: Double
  /// The ticks above zero.
  let ticks: [Int]

  /// - Parameters:
  ///   - greatest: the greatest count to show.
  ///   - most: the most ticks.
  init(greatest: Int, most: Int) {
    let greatest = max(greatest, 1)
    var step = 1
    var factors = [2, 5, 10]
    var power = 1
    while greatest / step + (greatest % step == 0 ? 0 : 1) > most, let factor = factors.first {
      let (next, overflow) = power.multipliedReportingOverflow(by: factor)
      if overflow {
        step = greatest
        break
      }
      step = next
      factors.removeFirst()
      if factors.isEmpty {
        power = next
        factors = [2, 5, 10]
      }
    }
    let count = max(greatest / step + (greatest % step == 0 ? 0 : 1), 1)
    ticks = (1...count).map { step.multipliedReportingOverflow(by: $0) }.compactMap {
      $0.overflow ? nil : $0.partialValue
    }
    end = max(Double(ticks.last ?? greatest), Double(greatest))
  }

  /// How high a count stands, 0 … 1.
  func share(_ count: Int) -> Double { Double(max(count, 0)) / end }
}
