import Foundation
import SCRMModel
import Testing

/// A reproducible random number generator, SplitMix64.
struct InterchangeGenerator: RandomNumberGenerator {
  var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(bound, 1))) }
  mutating func pick<T>(_ choices: [T]) -> T { choices[below(choices.count)] }
  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

  /// The bytes cut into chunks of random sizes, some empty.
  mutating func chunks(_ bytes: [UInt8], upTo size: Int) -> [[UInt8]] {
    var chunks: [[UInt8]] = []
    var start = 0
    while start < bytes.count {
      let end = min(bytes.count, start + below(size + 1))
      chunks.append(Array(bytes[start..<end]))
      start = end
    }
    return chunks
  }
}

/// Data outside the project, found through `SCRM_DATA`.
enum InterchangeData {
  static func file(_ path: String) -> URL? {
    guard let root = ProcessInfo.processInfo.environment["SCRM_DATA"] else {
      print("skipped: \(path), because SCRM_DATA is not set")
      return nil
    }
    let url = URL(fileURLWithPath: root).appendingPathComponent(path)
    guard FileManager.default.fileExists(atPath: url.path) else {
      print("skipped: \(path) is not there")
      return nil
    }
    return url
  }

  /// The content of a gzip file by the `gunzip` of the system.
  static func unzipped(_ path: String) -> [UInt8]? {
    guard let url = file(path) else { return nil }
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
      print("skipped: \(path), because gunzip is missing or failed")
      return nil
    }
    return Array(data)
  }
}

extension JSON {
  /// The document with the members of objects in byte order, for comparison without regard to order.
  var sortedForTests: JSON {
    switch self {
    case .array(let elements): return .array(elements.map(\.sortedForTests))
    case .object(let object):
      let sorted = object.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      return .object(JSONObject(sorted.map { (key: $0.key, value: $0.value.sortedForTests) }))
    default: return self
    }
  }
}

extension Instant {
  static let testNow = Instant(millisecondsSinceEpoch: 1_714_523_400_250) ?? .epoch
}

/// Whether the JSON form of an interaction, read and written again, is the same in every byte.
func expectByteIdenticalJSON(_ interaction: Interaction, _ comment: Comment? = nil) throws {
  let bytes = interaction.jsonBytes
  let again = try Interaction(jsonBytes: bytes)
  #expect(again.jsonBytes == bytes, comment)
  #expect(again == interaction, comment)
}
