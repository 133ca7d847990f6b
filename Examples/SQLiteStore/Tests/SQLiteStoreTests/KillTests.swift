import Foundation
import KillTrials
import Testing

@Suite(.serialized) struct KillTests {
  private static var program: String? {
    let folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    let path = folder.appendingPathComponent("KillHarness").path
    if FileManager.default.isExecutableFile(atPath: path) { return path }
    print("skipped: the program is not beside the tests")
    return nil
  }

  @Test func `what was acknowledged outlives a kill, whole and once`() async throws {
    guard let program = Self.program else { return }
    let scratch = try Scratch()
    let trial = KillTrial(writer: [program, "writer"], kills: 10, seed: 3, path: scratch.path())
    let result = try await trial.run()
    #expect(result.description == "kills 10 lost 0 torn 0 doubled 0")
    #expect(result.isSound && result.acknowledged > 0, "\(result.failures)")
  }

  /// A trial that cannot fail would say nothing.
  ///
  /// Some kills come before the writer is where it is wrong, and what some left is mended by the next writer before it is
  /// looked at: the next trial finds what this one did not.
  @Test(arguments: TrialWriter.Mistake.allCases) func `a wrong writer is found out`(mistake: TrialWriter.Mistake)
    async throws
  {
    guard let program = Self.program else { return }
    var trials: [TrialResult] = []
    while trials.count < 20, trials.allSatisfy(\.isSound) {
      let scratch = try Scratch()
      let trial = KillTrial(
        writer: [program, "writer", mistake.rawValue], kills: 8, seed: UInt64(trials.count), path: scratch.path())
      trials.append(try await trial.run())
    }
    let result = try #require(trials.last)
    switch mistake {
    case .acknowledgesEarly: #expect(result.lost > 0, "\(result)")
    case .splitsBatches: #expect(result.torn > 0 && result.lost == 0, "\(result)")
    }
  }
}
