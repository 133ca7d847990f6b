import SCRMTesting
import Testing

/// The simulation finds what is wrong with an engine.
@Suite struct PlantedBugTests {
  @Test(arguments: PlantedBug.all) func `is found`(bug: PlantedBug) async throws {
    var steps = 0
    for seed in UInt64(1)...40 {
      let report = try await Simulation(seed: seed, bug: bug).run()
      steps += report.steps
      guard let finding = report.findings.first else { continue }
      // It is the bug that was found: without it the run is in order.
      let clean = try await Simulation(seed: seed).run()
      #expect(clean.findings.isEmpty, "seed \(seed)")
      print("planted bug: \(bug.name): found by seed \(seed) after \(steps) steps: \(finding)")
      return
    }
    Issue.record("\(bug.name) was not found in \(steps) steps of 40 seeds")
  }

  @Test func `there are enough of them`() {
    #expect(PlantedBug.all.count >= 10 && Set(PlantedBug.all.map(\.name)).count == PlantedBug.all.count)
  }
}
