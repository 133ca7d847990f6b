import Foundation
import SocialCRM

/// How long the phases of a command took.
struct PhaseTimings {
  private var phases: [(name: String, time: Duration)] = []
  private let clock = ContinuousClock()

  /// Does something and adds the time it took to a phase.
  mutating func measure<Result>(_ phase: String, _ body: () async throws -> Result) async throws -> Result {
    let start = clock.now
    let result = try await body()
    add(clock.now - start, to: phase)
    return result
  }

  /// Does something that does not wait and adds the time it took to a phase.
  mutating func measure<Result>(_ phase: String, _ body: () throws -> Result) throws -> Result {
    let start = clock.now
    let result = try body()
    add(clock.now - start, to: phase)
    return result
  }

  private mutating func add(_ time: Duration, to phase: String) {
    if let index = phases.firstIndex(where: { $0.name == phase }) {
      phases[index].time += time
    } else {
      phases.append((phase, time))
    }
  }

  /// Seconds by phase, the number of rows, further counts, the most memory the process held, and the number of threads.
  func json(rows: Int, counts: [(String, Int)] = [], threads: Int = 1) -> JSON {
    var seconds = JSONObject()
    for phase in phases { seconds[phase.name] = .double(phase.time / .seconds(1)) }
    return .object(
      JSONObject(
        [("seconds", .object(seconds)), ("rows", .int(rows))] + counts.map { ($0.0, .int($0.1)) } + [
          ("peak_rss_bytes", .int(Self.peakMemory)), ("threads", .int(threads)),
        ]))
  }

  private static var peakMemory: Int {
    var usage = rusage()
    #if canImport(Darwin)
      getrusage(RUSAGE_SELF, &usage)
      return usage.ru_maxrss
    #else
      getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
      return usage.ru_maxrss * 1_024
    #endif
  }
}

extension JSON {
  static func int(_ value: Int) -> JSON { .number(JSONNumber(Int64(value))) }
  /// `null` for NaN and infinities.
  static func double(_ value: Double) -> JSON { JSONNumber(value).map { .number($0) } ?? .null }
  static func optional(_ value: Double?) -> JSON { value.map { .double($0) } ?? .null }
}
