import SCRMModel
import StateCoding

extension StreamLog {
  /// The entry whose departure takes the sum of a window below a limit that it reaches now, `nil` when none does.
  ///
  /// For numbers of which none is negative: then the sum only falls as events leave. O(log n).
  func lastNeeded(_ limit: Int128, _ range: Range<Int>) -> Int? {
    var (low, high) = (range.lowerBound, range.upperBound)
    guard low < high, 0 < limit else { return nil }
    // The last place from which on the sum still reaches the limit.
    while high - low > 1 {
      let middle = (low + high) / 2
      if units(middle..<range.upperBound) >= limit { low = middle } else { high = middle }
    }
    return low
  }

  /// The sum of the numbers of a range in units of ``ExactSum``.
  func units(_ range: Range<Int>) -> Int128 {
    range.isEmpty ? 0 : sums[range.upperBound] &- sums[range.lowerBound]
  }

  private func sum(_ range: Range<Int>) -> Double { ExactSum(units: units(range)).value }

  /// The value of a function over entries; `nil` when it has none.
  func value(_ function: Measure.Function, _ range: Range<Int>) -> Value? {
    switch function {
    case .count: return .int(Int64(range.count))
    case .sum: return .double(sum(range))
    case .average: return range.isEmpty ? nil : .double(sum(range) / Double(range.count))
    case .minimum: return numbers[range.clamped(to: numbers.indices)].min().map { .double($0) }
    case .maximum: return numbers[range.clamped(to: numbers.indices)].max().map { .double($0) }
    case .firstTime: return range.isEmpty ? nil : Self.time(times[range.lowerBound])
    case .lastTime: return range.isEmpty ? nil : Self.time(times[range.upperBound - 1])
    case .first: return range.isEmpty ? nil : content(range.lowerBound)
    case .last: return range.isEmpty ? nil : content(range.upperBound - 1)
    case .distinct:
      var seen: Set<UInt64> = []
      for index in range { seen.insert(hash(index)) }
      return .int(Int64(seen.count))
    }
  }

  func content(_ index: Int) -> Value {
    index < numbers.count ? .double(numbers[index]) : values[index]
  }

  private func hash(_ index: Int) -> UInt64 {
    var hash = StableHash()
    switch content(index) {
    case .string(let text):
      hash.word(1)
      hash.text(text)
    case .double(let number):
      hash.word(2)
      hash.word((number == 0 ? 0 : number).bitPattern)
    case .int(let number):
      hash.word(3)
      hash.word(UInt64(bitPattern: number))
    case let other:
      hash.word(4)
      hash.text(other.jsonText)
    }
    return hash.value
  }

  private static func time(_ milliseconds: Int64) -> Value {
    .timestamp(Instant(millisecondsSinceEpoch: milliseconds) ?? (milliseconds < 0 ? .distantPast : .distantFuture))
  }
}
