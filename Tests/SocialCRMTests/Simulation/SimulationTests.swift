import Foundation
import SCRMTesting
import Testing

/// Hosts and workers on one workspace over bad connections; see Documentation/Simulation.md.
@Suite struct SimulationTests {
  /// One seed when SCRM_SEED names it; a million steps under SCRM_SOAK=1; otherwise a few.
  @Test func `nothing is lost, doubled or decided otherwise`() async throws {
    let environment = ProcessInfo.processInfo.environment
    let only = environment["SCRM_SEED"].flatMap { UInt64($0) }
    let wanted = environment["SCRM_SOAK"] == "1" ? 1_000_000 : 20_000
    var seed = only ?? 1
    var (steps, faults, runs, failed) = (0, 0, 0, 0)
    while runs == 0 || only == nil && steps < wanted && failed < 5 {
      let report = try await Simulation(seed: seed).run()
      steps += report.steps
      faults += report.faults
      runs += 1
      if !report.findings.isEmpty {
        failed += 1
        let list = report.findings.prefix(12).joined(separator: "\n  ")
        Issue.record("seed \(seed): \(report.findings.count) findings; again by: \(report.replay)\n  \(list)")
      }
      seed += 1
    }
    print("simulation: \(runs) runs, \(steps) steps (calls of hosts and workers to the store), \(faults) faults")
  }

  @Test func `the same seed gives the same run`() async throws {
    let first = try await Simulation(seed: 5).run()
    let second = try await Simulation(seed: 5).run()
    #expect(first.steps == second.steps && first.faults == second.faults && first.findings == second.findings)
  }
}
