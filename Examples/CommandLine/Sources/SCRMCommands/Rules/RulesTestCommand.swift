import ArgumentParser
import Foundation
import SCRMTesting
import SocialCRM

/// `scrm rules test`: scenarios of rules on a clock that only they move.
struct RulesTestCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "Run scenarios; the status is 1 when an expectation is not met.",
    discussion: "Writes a line for each scenario, and for one that fails what happened instead and why.")

  @Argument(help: ArgumentHelp("Files of scenarios, each one scenario or a list.", valueName: "FILE"))
  var scenarios: [String]

  @Option(help: ArgumentHelp("The file of rules.", valueName: "file"))
  var rules: String

  @Option(help: ArgumentHelp("The scrm.json with the segments, for rules that look at them.", valueName: "file"))
  var config: String?

  @Flag(help: "Also write what the scenarios do not reach: rules that never act, terms never seen to fail.")
  var coverage = false

  @Flag(help: "Also write the small changes of conditions that no scenario notices; without segments.")
  var mutations = false

  func run(on console: Console) async throws {
    let file = try RuleFile(rules)
    let book = try file.book()
    let configuration = try RunSettings(optional: config).loopConfiguration(with: book)
    var all: [RuleScenario] = []
    for path in scenarios {
      let json = try RuleFile.json(path)
      do throws(JSONError) { all += try RuleScenario.all(json) } catch { throw CommandFailure("\(path): \(error)") }
    }
    var failed = 0
    for scenario in all {
      let report = try await scenario.scenario(configuration).run()
      if !report.passed { failed += 1 }
      try write("\(report.passed ? "pass" : "fail") \(scenario.name): \(report)", console)
    }
    if coverage {
      let coverage = try await RuleCoverage(of: book, by: all.map { $0.scenario(configuration) })
      for gap in coverage.gaps { try write("not reached: \(gap)", console) }
      try write("coverage: \(Int((coverage.share * 100).rounded(.down))) %", console)
    }
    if mutations, failed == 0 {
      let survivors = try await RuleMutation.survivors(of: file.document, scenarios: all, zones: file.zones)
      for mutation in survivors { try write("not noticed: \(mutation)", console) }
      let count = file.document.rules.reduce(0) { $0 + RuleMutation.all(of: $1).count }
      try write("mutations: \(count), \(survivors.count) not noticed", console)
    }
    console.error("\(all.count) scenarios, \(failed) failed\n")
    if failed > 0 { throw CommandFailure("\(failed) of \(all.count) scenarios failed") }
  }

  private func write(_ line: String, _ console: Console) throws { try console.output(Data((line + "\n").utf8)) }
}
