import SCRMModel
import StateCoding

extension StreamLog {
  /// Whether the window holds so many events, and when that ends by itself.
  @inline(__always)
  func holds(atLeast least: Int, span: Int64, at moment: Int64) -> (holds: Bool, next: Int64) {
    let end = upperBound(moment)
    guard end >= least else { return (false, .max) }
    // The window holds `least` events exactly as long as the `least`-last one is in it.
    let leaves = times[end - least] &+ span
    return leaves > moment ? (true, leaves) : (false, .max)
  }

  /// Whether the sum of the window reaches a limit, and when that may change by itself.
  func holds(sumAtLeast limit: Double, span: Int64, at moment: Int64) -> (holds: Bool, next: Int64) {
    let end = upperBound(moment)
    let start = lowerBound(moment &- span &+ 1)
    guard start < end else { return (0 >= limit, .max) }
    let holds = sum(start..<end) >= limit
    if hasNegative { return (holds, times[start] &+ span) }
    // Without negative numbers the sum only falls as events leave: find the first whose departure ends it.
    guard holds else { return (false, .max) }
    var (low, high) = (start + 1, end)
    while low < high {
      let middle = (low + high) / 2
      if sum(middle..<end) >= limit { low = middle + 1 } else { high = middle }
    }
    return (true, low > end || sum(low..<end) >= limit ? .max : times[low - 1] &+ span)
  }

  private func sum(_ range: Range<Int>) -> Double {
    range.isEmpty ? 0 : ExactSum(units: sums[range.upperBound] &- sums[range.lowerBound]).value
  }

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
