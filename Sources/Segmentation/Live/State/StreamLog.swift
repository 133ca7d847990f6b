import SCRMModel
import StateCoding

/// What one person did in one stream, in order of time; of equal times in an order that does not depend on arrival.
struct StreamLog: Sendable {
  private(set) var times: ContiguousArray<Int64> = []
  /// What is kept besides times: nothing or one element, so that a stream of times takes two words.
  private var kept: ContiguousArray<Kept> = []

  private struct Kept: Sendable {
    var numbers: ContiguousArray<Double> = []
    var sums: ContiguousArray<Int128> = [0]
    var values: ContiguousArray<Value> = []
    var hasNegative = false
  }

  /// The numbers of a number stream.
  var numbers: ContiguousArray<Double> { kept.first?.numbers ?? [] }
  /// The sums of the numbers before each entry, in units of ``ExactSum``, so that the sum of a window is a difference.
  var sums: ContiguousArray<Int128> { kept.first?.sums ?? [] }
  /// The values of a value stream.
  var values: ContiguousArray<Value> { kept.first?.values ?? [] }
  /// Whether a number was ever below zero: then a sum may also grow when something leaves.
  var hasNegative: Bool { kept.first?.hasNegative ?? false }

  /// Where the times stand.
  @inline(__always)
  var start: UnsafePointer<Int64>? { times.withUnsafeBufferPointer { $0.baseAddress } }

  /// Reads where the next entry goes, see ``LiveRows/touch(_:)``.
  @inline(__always)
  func touch() -> UInt64 { UInt64(bitPattern: times.last ?? 0) }

  /// Adds an event of a stream that keeps times only; O(1) for the latest, O(n) for an earlier one.
  @inline(__always)
  mutating func insert(_ time: Int64) {
    if let last = times.last, last > time {
      times.insert(time, at: upperBound(time))
    } else {
      times.append(time)
    }
  }

  /// Adds an event of a stream that keeps a number; O(1) for the latest, O(n) for an earlier one.
  mutating func insert(_ time: Int64, number: Double) {
    if kept.isEmpty { kept.append(Kept()) }
    var place = times.count
    while place > 0, times[place - 1] > time || (times[place - 1] == time && kept[0].numbers[place - 1] > number) {
      place -= 1
    }
    times.insert(time, at: place)
    kept[0].numbers.insert(number, at: place)
    if number < 0 { kept[0].hasNegative = true }
    kept[0].sums.append(0)
    for index in place..<times.count {
      kept[0].sums[index + 1] = kept[0].sums[index] &+ ExactSum.units(kept[0].numbers[index])
    }
  }

  /// Adds an event of a stream that keeps a value; O(1) for the latest, O(n) for an earlier one.
  mutating func insert(_ time: Int64, value: Value) {
    if kept.isEmpty { kept.append(Kept()) }
    var place = times.count
    while place > 0,
      times[place - 1] > time || (times[place - 1] == time && Self.isAfter(kept[0].values[place - 1], value))
    {
      place -= 1
    }
    times.insert(time, at: place)
    kept[0].values.insert(value, at: place)
  }

  /// Adds every event of another log of the same content; O(n) for each that is earlier than the latest.
  mutating func insert(_ other: StreamLog, content: LiveStream.Content) {
    for entry in other.times.indices {
      switch content {
      case .nothing: insert(other.times[entry])
      case .number: insert(other.times[entry], number: other.numbers[entry])
      case .value: insert(other.times[entry], value: other.values[entry])
      }
    }
  }

  /// Takes an event out again; returns whether there was such a one; O(n).
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
        removeKept(at: place, content)
        return true
      }
      place += 1
    }
    return false
  }

  private mutating func removeKept(at place: Int, _ content: LiveStream.Content) {
    if content == .value { kept[0].values.remove(at: place) }
    guard content == .number else { return }
    kept[0].numbers.remove(at: place)
    kept[0].sums.removeLast()
    for index in place..<times.count {
      kept[0].sums[index + 1] = kept[0].sums[index] &+ ExactSum.units(kept[0].numbers[index])
    }
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
    guard !times.isEmpty, times[times.count / 2] <= time else { return }
    let count = upperBound(time)
    times.removeFirst(count)
    guard !kept.isEmpty else { return }
    if !kept[0].values.isEmpty { kept[0].values.removeFirst(count) }
    if !kept[0].numbers.isEmpty {
      kept[0].numbers.removeFirst(count)
      let base = kept[0].sums[count]
      kept[0].sums.removeFirst(count)
      for index in kept[0].sums.indices { kept[0].sums[index] = kept[0].sums[index] &- base }
    }
  }

  /// The first entry at `time` or later.
  @inline(__always)
  func lowerBound(_ time: Int64) -> Int { times.withUnsafeBufferPointer { Self.lowerBound($0, time) } }

  /// The first entry after `time`; O(1) when there is none.
  @inline(__always)
  func upperBound(_ time: Int64) -> Int { times.withUnsafeBufferPointer { Self.upperBound($0, time) } }

  @inline(__always)
  static func lowerBound(_ times: UnsafeBufferPointer<Int64>, _ time: Int64) -> Int {
    var (low, high) = (0, times.count)
    while low < high {
      let middle = (low &+ high) / 2
      if times[middle] < time { low = middle &+ 1 } else { high = middle }
    }
    return low
  }

  @inline(__always)
  static func upperBound(_ times: UnsafeBufferPointer<Int64>, _ time: Int64) -> Int {
    if let last = times.last, last > time { return lowerBound(times, time &+ 1) }
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
      switch content {
      case .nothing: insert(time)
      case .number: insert(time, number: try reader.double())
      case .value:
        let text = try reader.string()
        guard let json = try? JSON(text: text), let value = try? Value(json: json, opaque: Money.readers) else {
          throw .malformed
        }
        insert(time, value: value)
      }
    }
  }
}
