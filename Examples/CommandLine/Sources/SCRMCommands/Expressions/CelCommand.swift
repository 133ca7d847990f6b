import ArgumentParser

/// `scrm cel`.
struct CelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cel", abstract: "Expressions of the condition language (CEL).",
    subcommands: [CelEvalCommand.self, CelConformanceCommand.self])
}
