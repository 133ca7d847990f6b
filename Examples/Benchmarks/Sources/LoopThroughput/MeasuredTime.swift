import Foundation

/// The time that pieces of work took together.
struct MeasuredTime {
  private var elapsed = Duration.zero
  /// Processor time of the process, seconds; tells apart a slow loop and a busy machine.
  private(set) var processor = 0.0

  /// Seconds.
  var seconds: Double { Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18 }

  /// Adds the time of a piece of work.
  mutating func measure(_ work: () async throws -> Void) async rethrows {
    let start = ContinuousClock.now
    let before = clock()
    try await work()
    elapsed += ContinuousClock.now - start
    processor += Double(clock() - before) / Double(CLOCKS_PER_SEC)
  }
}
