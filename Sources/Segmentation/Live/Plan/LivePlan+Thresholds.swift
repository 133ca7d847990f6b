extension LivePlan {
  /// Sets the leaves and levels of somebody without events: sums reach every limit up to 0.
  func setLimitsOfNothing(_ row: LiveRow) {
    for step in countSteps where step.missed >= 0 { row.turnLeaf(Int(step.missed)) }
    for (number, window) in sumWindows.enumerated() {
      var level = 0
      for step in sumSteps[window.first..<(window.first + window.count)] {
        let isReached = 0 >= step.least
        if isReached { level += 1 }
        let leaf = isReached ? step.reached : step.missed
        if leaf >= 0 { row.turnLeaf(Int(leaf)) }
      }
      row.setLevel(countWindows.count + number, level)
    }
  }

  /// Brings the counts of a stream up to date: O(windows + limits passed).
  /// - Parameters:
  ///   - windows: the windows of the stream.
  ///   - times: the times of its events, ascending.
  ///   - moment: when.
  ///   - row: the person's row.
  ///   - flipped: gets the leaves whose truth changed.
  /// - Returns: the next moment at which a count may fall below a limit.
  @inline(__always)
  func settleCounts(
    _ windows: Range<Int>, _ times: UnsafeBufferPointer<Int64>, at moment: Int64, _ row: LiveRow,
    _ flipped: inout ContiguousArray<Int32>
  ) -> Int64 {
    var earliest = Int64.max
    let end = StreamLog.upperBound(times, moment)
    countWindows.withUnsafeBufferPointer { table in
      countSteps.withUnsafeBufferPointer { steps in
        for number in windows {
          let window = table[number]
          let old = row.level(number)
          var level = old
          var leaves = Int64.max
          // A window holds `least` events as long as the `least`-last one is in it.
          while level < window.count {
            let least = steps[window.first &+ level].least
            guard end >= least, times[end &- least] &+ window.span > moment else { break }
            Self.pass(steps[window.first &+ level], row, &flipped)
            level &+= 1
          }
          while level > 0 {
            let step = steps[window.first &+ level &- 1]
            if end >= step.least {
              leaves = times[end &- step.least] &+ window.span
              if leaves > moment { break }
            }
            Self.pass(step, row, &flipped)
            level &-= 1
          }
          if level > 0 { earliest = min(earliest, leaves) }
          if level != old { row.setLevel(number, level) }
        }
      }
    }
    return earliest
  }

  /// Brings the sums of a stream up to date: O(windows × log events + limits passed).
  func settleSums(
    _ windows: Range<Int>, _ log: StreamLog, at moment: Int64, _ row: LiveRow,
    _ flipped: inout ContiguousArray<Int32>
  ) -> Int64 {
    var earliest = Int64.max
    let end = log.upperBound(moment)
    for number in windows {
      let window = sumWindows[number]
      let start = min(log.lowerBound(moment &- window.span &+ 1), end)
      let sum = log.units(start..<end)
      let old = row.level(countWindows.count + number)
      var level = old
      while level < window.count, sum >= sumSteps[window.first + level].least {
        Self.pass(sumSteps[window.first + level], row, &flipped)
        level += 1
      }
      while level > 0, sum < sumSteps[window.first + level - 1].least {
        Self.pass(sumSteps[window.first + level - 1], row, &flipped)
        level -= 1
      }
      if level != old { row.setLevel(countWindows.count + number, level) }
      if log.hasNegative {
        // A sum may also grow when something leaves.
        if start < end { earliest = min(earliest, log.times[start] &+ window.span) }
      } else if level > 0, let place = log.lastNeeded(sumSteps[window.first + level - 1].least, start..<end) {
        earliest = min(earliest, log.times[place] &+ window.span)
      }
    }
    return earliest
  }

  /// Turns the leaves of a limit that is reached now or not any more.
  @inline(__always)
  private static func pass<Number>(
    _ step: Threshold<Number>, _ row: LiveRow, _ flipped: inout ContiguousArray<Int32>
  ) {
    if step.reached >= 0 {
      row.turnLeaf(Int(step.reached))
      flipped.append(step.reached)
    }
    if step.missed >= 0 {
      row.turnLeaf(Int(step.missed))
      flipped.append(step.missed)
    }
  }
}
