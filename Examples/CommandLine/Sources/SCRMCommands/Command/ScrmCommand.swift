public import ArgumentParser
import Foundation

/// The `scrm` command.
public struct ScrmCommand: ParsableCommand {
  /// Name, help and subcommands.
  public static let configuration = CommandConfiguration(
    commandName: "scrm", abstract: "Social CRM on files: the modules of the SDK without writing Swift.",
    subcommands: [
      RunCommand.self, SegmentCommand.self, StitchCommand.self, GraphCommand.self, RulesCommand.self, CelCommand.self,
    ])

  /// Creates the command.
  public init() {}

  /// Runs a command line.
  /// - Returns: the exit status: 0 done, 1 failed, 64 wrong usage.
  public static func run(_ arguments: [String], on console: Console) async -> Int32 {
    do {
      var command = try parseAsRoot(arguments)
      if let command = command as? any ConsoleCommand {
        try await command.run(on: console)
      } else {
        try command.run()
      }
      return 0
    } catch let failure as CommandFailure {
      console.error("scrm: \(failure)\n")
      return 1
    } catch {
      let status = exitCode(for: error).rawValue
      let message = fullMessage(for: error) + "\n"
      if status == 0 { try? console.output(Data(message.utf8)) } else { console.error(message) }
      return status
    }
  }
}

/// A command that writes to a console.
protocol ConsoleCommand: ParsableCommand {
  func run(on console: Console) async throws
}
