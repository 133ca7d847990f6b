import Foundation
import SCRMCommands

@main
struct Main {
  static func main() async {
    let arguments = Array(CommandLine.arguments.dropFirst())
    exit(await ScrmCommand.run(arguments, on: .standard))
  }
}
