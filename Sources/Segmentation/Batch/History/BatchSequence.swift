/// A sequence compiled for a table and a moment.
struct BatchSequence: Sendable {
  let steps: [BatchPattern]
  let window: BatchWindow
  let gap: Int64?

  /// Whether it occurs among the events of one person, given in the order of time; O(events × steps).
  ///
  /// For each step the latest time is kept at which the steps up to it were done: a later time leaves more room for what
  /// follows within the gap.
  func holds(_ rows: Range<Int>, _ table: EventTable) -> Bool {
    var done = [Int64?](repeating: nil, count: steps.count)
    var row = rows.lowerBound
    while row < rows.upperBound {
      let time = table.rows[row].key.time
      // Steps lie strictly after one another: events of one time see what was done before it.
      let before = done
      while row < rows.upperBound, table.rows[row].key.time == time {
        if window.contains(table.rows[row].key.bits) {
          for step in steps.indices where steps[step].fits(row, table) {
            if step == 0 {
              done[0] = time
            } else if let last = before[step - 1], gap.map({ time - last <= $0 }) ?? true {
              done[step] = time
            }
          }
        }
        row += 1
      }
      if done[steps.count - 1] != nil { return true }
    }
    return false
  }
}

/// A term for an event without its answer, compiled for a table and a moment.
struct BatchUnanswered: Sendable {
  let events: BatchPattern
  let answer: BatchPattern
  let delay: Int64
  let window: BatchWindow
  let now: Int64

  /// Whether an event of one person is unanswered; the events are given in the order of time.
  ///
  /// O(events).
  func holds(_ rows: Range<Int>, _ table: EventTable) -> Bool {
    // From the latest to the earliest, with the earliest answer after the event.
    var next: Int64?
    var row = rows.upperBound
    while row > rows.lowerBound {
      let time = table.rows[row - 1].key.time
      var first = row
      while first > rows.lowerBound, table.rows[first - 1].key.time == time { first -= 1 }
      if time <= now - delay, next.map({ $0 > time + delay }) ?? true {
        for place in first..<row where window.contains(table.rows[place].key.bits) && events.fits(place, table) {
          return true
        }
      }
      for place in first..<row where answer.fits(place, table) { next = time }
      row = first
    }
    return false
  }
}
