import Foundation
import Testing

/// Runs a program; `nil` when it cannot be started.
func run(
  _ program: String, _ arguments: [String], input: String = ""
) -> (status: Int32, output: [UInt8], error: String)? {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: program)
  process.arguments = arguments
  let (output, error, stdin) = (Pipe(), Pipe(), Pipe())
  process.standardOutput = output
  process.standardError = error
  process.standardInput = stdin
  guard (try? process.run()) != nil else { return nil }
  try? stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8))
  try? stdin.fileHandleForWriting.close()
  let bytes = output.fileHandleForReading.readDataToEndOfFile()
  let message = error.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return (process.terminationStatus, [UInt8](bytes), String(decoding: message, as: UTF8.self))
}

struct ProcessTests {
  private static var program: String? {
    let folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    let path = folder.appendingPathComponent("scrm").path
    if FileManager.default.isExecutableFile(atPath: path) { return path }
    print("skipped: the program is not beside the tests")
    return nil
  }

  @Test func `the program reads standard input and writes to standard output`() async throws {
    guard let program = Self.program else { return }
    let scratch = try Scratch()
    let config = try scratch.file("scrm.json", Posts.config)
    let answer = try #require(run(program, ["run", "-", "--config", config], input: Posts.header + Posts.rows))
    let inProcess = await scrm("run", "-", "--config", config, input: Array((Posts.header + Posts.rows).utf8))
    #expect(answer.status == 0 && answer.error == inProcess.error)
    #expect(answer.output == Array(inProcess.output.utf8))
  }

  @Test func `the program ends with the status of the command`() throws {
    guard let program = Self.program else { return }
    #expect(run(program, ["run"])?.status == 64)
    #expect(run(program, ["run", "-", "--config", "/nowhere/scrm.json"])?.status == 1)
    #expect(run(program, ["--help"])?.status == 0)
  }
}
