import ArgumentParser
import Foundation
import SocialCRM

/// `scrm cel conformance`: runs files of the conformance suite.
struct CelConformanceCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "conformance",
    abstract: "Run conformance tests, one JSON object a line; the status is 1 when one fails.")

  @Argument(help: ArgumentHelp("Files of tests.", valueName: "FILE"))
  var files: [String]

  func run(on console: Console) async throws {
    var (passed, failed, skipped) = (0, 0, 0)
    for file in files {
      guard let data = FileManager.default.contents(atPath: file) else {
        throw CommandFailure("\(file): the file cannot be read")
      }
      var output: [UInt8] = []
      for (index, line) in [UInt8](data).split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
      where !line.isEmpty {
        let test: ConformanceTest
        do { test = try ConformanceTest(json: JSON(bytes: line), zone: ZoneFiles.rules) } catch {
          throw CommandFailure("\(file):\(index + 1): \(error)")
        }
        switch test.run() {
        case .pass:
          passed += 1
          output += "\(test.id) pass\n".utf8
        case .skip(let reason):
          skipped += 1
          output += "\(test.id) skip(\(reason))\n".utf8
        case .fail(let reason):
          failed += 1
          output += "\(test.id) fail\n".utf8
          console.error("\(test.id): \(reason)\n")
        }
      }
      try console.output(Data(output))
    }
    try console.output(Data("\(passed) passed, \(failed) failed, \(skipped) skipped\n".utf8))
    if failed > 0 { throw CommandFailure("\(failed) tests failed") }
  }
}
