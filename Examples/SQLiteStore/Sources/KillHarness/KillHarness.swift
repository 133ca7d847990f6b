import Foundation
import KillTrials

/// `KillHarness [--kills 200] [--seed 1]` kills a writer that many times and prints what was found; the writer is this
/// program too: `KillHarness writer PATH FIRST`.
@main struct KillHarness {
  static func main() async throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    if arguments.first == "writer", let path = arguments.dropLast().last,
      let first = arguments.last.flatMap({ Int($0) })
    {
      let mistake = arguments.count == 4 ? TrialWriter.Mistake(rawValue: arguments[1]) : nil
      return try await TrialWriter(path: path, first: first, mistake: mistake).run()
    }
    let (kills, seed) = (number("--kills", in: arguments) ?? 200, number("--seed", in: arguments) ?? 1)
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("kills-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let program = Bundle.main.executablePath ?? CommandLine.arguments[0]
    let trial = KillTrial(
      writer: [program, "writer"], kills: kills, seed: UInt64(max(seed, 0)),
      path: folder.appendingPathComponent("trial.sqlite").path)
    let result = try await trial.run { count in
      if count.isMultiple(of: 20) { FileHandle.standardError.write(Data("\(count) of \(kills) kills\n".utf8)) }
    }
    for failure in result.failures { FileHandle.standardError.write(Data((failure + "\n").utf8)) }
    print(
      "\(result.acknowledged) batches acknowledged, \(result.unacknowledged) committed without, seed \(seed),"
        + " \(result.integrityErrors) errors of integrity")
    print(result)
    if !result.isSound { exit(1) }
  }

  private static func number(_ option: String, in arguments: [String]) -> Int? {
    guard let index = arguments.firstIndex(of: option), index + 1 < arguments.count else { return nil }
    return Int(arguments[index + 1])
  }
}
