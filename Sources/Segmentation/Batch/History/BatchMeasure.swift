import SCRMModel

/// A measure compiled for a table and a moment.
struct BatchMeasure: Sendable {
  let function: Measure.Function
  let pattern: BatchPattern
  let window: BatchWindow
  /// The number of the field that is read.
  let field: Int

  /// The value for the events of one person, given in the order of time; `nil` when there is none.
  ///
  /// O(events).
  func value(_ rows: Range<Int>, _ table: EventTable) -> Value? {
    var count: Int64 = 0
    var sum = ExactSum()
    var least = Double.infinity
    var greatest = -Double.infinity
    var different: Set<Value> = []
    var end: (time: Int64, value: Value)?
    var time: Int64?
    for row in rows where window.contains(table.rows[row].key.bits) && pattern.fits(row, table) {
      let event = table.rows[row]
      switch function {
      case .count: count += 1
      case .sum, .average, .minimum, .maximum:
        guard case .double(let number)? = table.value(field, of: row), !number.isNaN else { continue }
        count += 1
        sum.add(number)
        least = min(least, number)
        greatest = max(greatest, number)
      case .distinct: if let value = table.value(field, of: row) { different.insert(value) }
      case .first, .last:
        guard let value = table.value(field, of: row) else { continue }
        if let known = end {
          let isSame = known.time == event.key.time
          let wanted: MeasureComparison = function == .first ? .less : .greater
          if isSame ? wanted.holds(value, known.value) : function == .last { end = (event.key.time, value) }
        } else {
          end = (event.key.time, value)
        }
      case .firstTime: if time == nil { time = event.key.time }
      case .lastTime: time = event.key.time
      }
    }
    switch function {
    case .count: return .int(count)
    case .sum: return .double(sum.value)
    case .average: return count == 0 ? nil : .double(sum.value / Double(count))
    case .minimum: return count == 0 ? nil : .double(least)
    case .maximum: return count == 0 ? nil : .double(greatest)
    case .distinct: return .int(Int64(different.count))
    case .first, .last: return end?.value
    case .firstTime, .lastTime: return time.flatMap { Instant(millisecondsSinceEpoch: $0) }.map { .timestamp($0) }
    }
  }
}
