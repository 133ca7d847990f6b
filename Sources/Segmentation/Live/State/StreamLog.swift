import SCRMModel
import StateCoding

/// What one person did in one stream, in order of time; of equal times in an order that does not depend on arrival.
struct StreamLog: Sendable {
  private(set) var times: ContiguousArray<Int64> = []
  /// The numbers of a number stream.
  private(set) var numbers: ContiguousArray<Double> = []
  /// The sums of the numbers before each entry, in units of ``ExactSum``, so that the sum of a window is a difference.
  private(set) var sums: ContiguousArray<Int128> = []
  /// The values of a value stream.
  private(set) var values: ContiguousArray<Value> = []
  /// Whether a number was ever below zero: then a sum may also grow when something leaves.
  private(set) var hasNegative = false

  /// Adds an event; O(1) for the latest, O(n) for an earlier one.
  mutating func insert(_ time: Int64, number: Double, value: Value?, content: LiveStream.Content) {
    var place = times.count
    switch content {
    case .nothing:
      if let last = times.last, last > time { place = upperBound(time) }
      if place == times.count { times.append(time) } else { times.insert(time, at: place) }
    case .number:
      while place > 0, times[place - 1] > time || (times[place - 1] == time && numbers[place - 1] > number) {
        place -= 1
      }
      times.insert(time, at: place)
      numbers.insert(number, at: place)
      if number < 0 { hasNegative = true }
      if sums.isEmpty { sums.append(0) }
      sums.append(0)
      for index in place..<numbers.count { sums[index + 1] = sums[index] &+ ExactSum.units(numbers[index]) }
    case .value:
      let value = value ?? .null
      while place > 0, times[place - 1] > time || (times[place - 1] == time && Self.isAfter(values[place - 1], value)) {
        place -= 1
      }
      times.insert(time, at: place)
      values.insert(value, at: place)
    }
  }

  /// Takes an event out again; returns whether it was there.
  mutating func remove(_ time: Int64, number: Double, value: Value?, content: LiveStream.Content) -> Bool {
    var place = lowerBound(time)
    while place < times.count, times[place] == time {
      let isSame =
        switch content {
        case .nothing: true
        case .number: numbers[place] == number
        case .value: values[place] == value ?? .null
        }
      if isSame {
        times.remove(at: place)
        if content == .value { values.remove(at: place) }
        if content == .number {
          numbers.remove(at: place)
          sums.removeLast()
          for index in place..<numbers.count { sums[index + 1] = sums[index] &+ ExactSum.units(numbers[index]) }
        }
        return true
      }
      place += 1
    }
    return false
  }

  /// A canonical order of values, for events of one moment.
  private static func isAfter(_ left: Value, _ right: Value) -> Bool {
    switch try? left.compare(to: right) {
    case .ascending: false
    case .descending: true
    default: right.jsonText.byteOrder(left.jsonText) == .ascending
    }
  }

  /// Forgets what happened at `time` or before, once that is half of all.
  mutating func forget(through time: Int64) {
    guard let first = times.first, first <= time else { return }
    let count = upperBound(time)
    guard count * 2 > times.count || count == times.count else { return }
    times.removeFirst(count)
    if !values.isEmpty { values.removeFirst(count) }
    if !numbers.isEmpty {
      numbers.removeFirst(count)
      let base = sums[count]
      sums.removeFirst(count)
      for index in sums.indices { sums[index] = sums[index] &- base }
    }
  }

  /// The first entry at `time` or later.
  @inline(__always)
  func lowerBound(_ time: Int64) -> Int {
    times.withUnsafeBufferPointer { times in
      var (low, high) = (0, times.count)
      while low < high {
        let middle = (low + high) / 2
        if times[middle] < time { low = middle + 1 } else { high = middle }
      }
      return low
    }
  }

  /// The first entry after `time`; O(1) when there is none.
  @inline(__always)
  func upperBound(_ time: Int64) -> Int {
    if let last = times.last, last > time { return lowerBound(time + 1) }
    return times.count
  }
}

extension StreamLog {
  /// Writes times as differences, and the content.
  func write(to writer: inout ByteWriter, content: LiveStream.Content) {
    writer.count(times.count)
    var last: Int64 = 0
    for index in times.indices {
      writer.signed(times[index] &- last)
      last = times[index]
      switch content {
      case .nothing: break
      case .number: writer.double(numbers[index])
      case .value: writer.string(values[index].jsonText)
      }
    }
  }

  /// Reads what `write` wrote.
  init(from reader: inout ByteReader, content: LiveStream.Content) throws(StateDecodingError) {
    var last: Int64 = 0
    for _ in 0..<(try reader.count()) {
      let step = try reader.signed()
      let (time, overflow) = last.addingReportingOverflow(step)
      guard !overflow, time >= last || last == 0 else { throw .malformed }
      last = time
      var number = 0.0
      var value: Value?
      if content == .number { number = try reader.double() }
      if content == .value {
        let text = try reader.string()
        guard let json = try? JSON(text: text), let read = try? Value(json: json, opaque: Money.readers) else {
          throw .malformed
        }
        value = read
      }
      insert(time, number: number, value: value, content: content)
    }
  }
}
