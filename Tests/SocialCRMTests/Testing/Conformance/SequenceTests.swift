import Foundation
import SCRMTesting
import Testing

@Suite struct SequenceTests {
  @Test func `the reference passes every sequence`() async {
    let finding = await StoreConformance.inMemory.checkSequences()
    #expect(finding.outcome == .passed, "\(finding)")
    let settings = StoreConformance.testSettings
    print("\(settings.sequences) sequences of \(settings.steps) steps")
  }

  /// The broken stores that single calls, one after the other, can show; the first ones are tried every time.
  private static let visible = [
    "not atomic", "ignores versions", "acknowledges before commit", "folds case", "reorders", "loses the fence",
    "forgets the outbox on erasure", "drops the last row of a batch", "ignores the base", "applies twice on retry",
    "ignores the body of a key", "normalises ids", "gives short pages", "cuts merges", "cuts times", "cuts at NUL",
    "never raises the fence", "ignores leases", "forgets reasons", "erases only named keys",
  ]
  private static let tried = Set(StoreConformance.testSettings == .quick ? Array(visible.prefix(7)) : visible)

  @Test(arguments: Mutant.all.filter { tried.contains($0.name) })
  func `a failing sequence is shortened and can be replayed`(_ mutant: Mutant) async throws {
    var kit = mutant.kit
    kit.settings.sequences = 40
    let finding = await kit.checkSequences()
    guard case .failed(let reason) = finding.outcome else {
      Issue.record("\(mutant.name) passed \(kit.settings.sequences) sequences")
      return
    }
    let start = try #require(reason.range(of: "kit.replay(\""))
    let steps = String(reason[start.upperBound...].prefix { $0 != "\"" })
    let count = steps.split(separator: " ").count
    #expect(count <= 8, "\(mutant.name): \(reason)")
    #expect(await kit.replay(steps).isFailure)
    #expect(await StoreConformance.inMemory.replay(steps).outcome == .passed)
    print("\(finding)")
  }

  @Test func `the same seed draws the same sequence`() async {
    let kit = Mutant.all[0].kit
    let first = await kit.checkSequences()
    #expect(first == (await kit.checkSequences()))
  }

  @Test func `steps that cannot be read are named`() async {
    let finding = await StoreConformance.inMemory.replay("commit:0:1:2 fly:0:0:0")
    #expect(finding.outcome == .failed(reason: "expected kind:handle:seed:size, found fly:0:0:0"))
  }
}
