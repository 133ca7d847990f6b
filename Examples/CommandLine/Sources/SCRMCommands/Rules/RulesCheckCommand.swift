import ArgumentParser
import Foundation
import SocialCRM

/// `scrm rules check`: what is wrong with a set of rules before it goes live.
struct RulesCheckCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Types, unknown facts, conditions that never hold, rules that others leave no place, circles.",
    discussion: "Writes a finding a line; the status is 1 when one is an error, or with --strict when there is any.")

  @Option(help: ArgumentHelp("The file of rules.", valueName: "file"))
  var rules: String

  @Option(help: ArgumentHelp("The scrm.json whose segments the rules may name.", valueName: "file"))
  var config: String?

  @Flag(help: "Take warnings for errors.")
  var strict = false

  func run(on console: Console) async throws {
    let file = try RuleFile(rules)
    let segments = try config.map { Set(try RunSettings(file: $0).segments.map(\.name)) }
    let vocabulary: RuleVocabulary
    do throws(SCRMError) { vocabulary = try file.document.vocabulary(zones: file.zones) } catch {
      throw CommandFailure("\(rules): \(error)")
    }
    let findings = RuleChecker(vocabulary, segments: segments)
      .check(file.document.rules, journeys: file.document.journeys)
    for finding in findings { try console.output(Data("\(finding)\n".utf8)) }
    let errors = findings.count { $0.severity == .error }
    console.error(
      "\(file.document.rules.count) rules, \(file.document.journeys.count) journeys: \(errors) errors, "
        + "\(findings.count - errors) warnings\n")
    if errors > 0 || strict && !findings.isEmpty { throw CommandFailure("\(rules): the rules did not pass the check") }
  }
}
