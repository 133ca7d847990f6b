import ArgumentParser

/// `scrm rules`.
struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "Files of rules: checked, tested by scenarios, and tried on interactions that happened.",
    subcommands: [RulesCheckCommand.self, RulesTestCommand.self, RulesRunCommand.self])
}
