import Foundation
import RuleEngine
import SCRMModel

/// A reproducible random number generator, SplitMix64.
struct ConversationGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(bound, 1))) }
}

/// A said thing: `seconds` after an arbitrary hour.
func said(
  _ id: String, by actor: String, as role: ActorRole = .customer, to target: Party? = nil, answering: String? = nil,
  after seconds: Int64 = 0, nanoseconds: Int32 = 0, brand: String? = nil, text: String? = "text",
  revision: Interaction.Revision? = nil
) -> Interaction {
  let at = Instant(secondsSinceEpoch: 1_700_000_000 + seconds, nanoseconds: nanoseconds) ?? .epoch
  return Interaction(
    key: EventKey("test", id), kind: .post, actor: Party(.handle("test"), actor, role: role), target: target,
    text: text.map { LocalizedText($0) },
    context: InteractionContext(brand: brand, inReplyTo: answering.map { EventKey("test", $0) }), revision: revision,
    at: at, received: at)
}

let shop = Party(.handle("test"), "Shop", role: .brand)

func report(_ interactions: some Sequence<Interaction>) -> ConversationReport {
  var meter = ConversationMeter()
  for interaction in interactions { meter.add(interaction) }
  return meter.report()
}

/// Data outside the project, found through `SCRM_DATA`.
enum ConversationData {
  /// The content of a gzip file by the `gunzip` of the system.
  static func unzipped(_ path: String) -> [UInt8]? {
    guard let root = ProcessInfo.processInfo.environment["SCRM_DATA"] else {
      print("skipped: \(path), because SCRM_DATA is not set")
      return nil
    }
    let url = URL(fileURLWithPath: root).appendingPathComponent(path)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["gunzip", "-c", url.path]
    let pipe = Pipe()
    process.standardOutput = pipe
    do { try process.run() } catch {
      print("skipped: \(path), because gunzip cannot be run")
      return nil
    }
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      print("skipped: \(path) cannot be read")
      return nil
    }
    return Array(data)
  }
}
