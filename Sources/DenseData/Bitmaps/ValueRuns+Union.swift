extension ValueRuns {
  /// The members of either.
  func union(_ other: ValueRuns) -> ValueRuns {
    joined(with: other.runs) { $0 }
  }

  /// Its members and the values of a list that ascends strictly.
  func union(_ list: ContiguousArray<UInt16>) -> ValueRuns {
    joined(with: list) { Run(first: $0, last: $0) }
  }

  /// Joins runs in the order of their first values: what comes next of either is joined to the run under way or ends it,
  /// without a branch on which of these it is.
  @inline(__always)
  private func joined<Element>(with others: ContiguousArray<Element>, _ run: (Element) -> Run) -> ValueRuns {
    guard let first = runs.first, let other = others.first.map(run) else {
      return runs.isEmpty ? ValueRuns(runs: ContiguousArray(others.map(run))).merged : self
    }
    let room = runs.count + others.count
    return ValueRuns(
      runs: ContiguousArray(unsafeUninitializedCapacity: room) { buffer, filled in
        runs.withUnsafeBufferPointer { runs in
          others.withUnsafeBufferPointer { others in
            var end = RunEnd(min(first.first, other.first))
            var (one, next) = (0, 0)
            while one < runs.count, next < others.count {
              let (left, right) = (runs[one], run(others[next]))
              let isLeft = left.first <= right.first
              end.join(isLeft ? left : right, buffer)
              one &+= isLeft ? 1 : 0
              next &+= isLeft ? 0 : 1
            }
            while one < runs.count {
              end.join(runs[one], buffer)
              one &+= 1
            }
            while next < others.count {
              end.join(run(others[next]), buffer)
              next &+= 1
            }
            filled = end.finish(buffer)
          }
        }
      })
  }

  /// The same members, where runs may touch.
  private var merged: ValueRuns {
    var result = ValueRuns()
    for run in runs { result.append(run) }
    return result
  }
}

/// The run under way while runs are joined in the order of their first values.
private struct RunEnd {
  private var first: Int
  private var last: Int
  private var count = 0

  /// - Parameter first: the lowest value of all.
  init(_ first: UInt16) { (self.first, last) = (Int(first), Int(first)) }

  private var run: ValueRuns.Run {
    @inline(__always) get {
      ValueRuns.Run(first: UInt16(truncatingIfNeeded: first), last: UInt16(truncatingIfNeeded: last))
    }
  }

  @inline(__always)
  mutating func join(_ next: ValueRuns.Run, _ buffer: UnsafeMutableBufferPointer<ValueRuns.Run>) {
    // Written every time; it counts only when the next one does not touch it.
    buffer[count] = run
    let isApart = Int(next.first) > last &+ 1
    count &+= isApart ? 1 : 0
    first = isApart ? Int(next.first) : first
    last = max(last, Int(next.last))
  }

  func finish(_ buffer: UnsafeMutableBufferPointer<ValueRuns.Run>) -> Int {
    buffer[count] = run
    return count + 1
  }
}
