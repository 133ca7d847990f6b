import Foundation
import Segmentation

/// Set algebra on the memberships of a folder, as `set_ops_roaring.py` does it with pyroaring: all pairs, best of three.
///
/// `SetAlgebra FOLDER` reads `*.u32`, the ascending members of one segment each as little-endian numbers of four bytes, and
/// `*.peer`, the same set as another library wrote it in the portable format. It writes `*.ours` for that library to read.
@main
struct SetAlgebra {
  static func main() throws {
    guard CommandLine.arguments.count == 2 else {
      FileHandle.standardError.write(Data("usage: SetAlgebra FOLDER\n".utf8))
      exit(64)
    }
    let folder = URL(fileURLWithPath: CommandLine.arguments[1])
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".u32") }
      .sorted()
    let lists = try names.map { try numbers(folder.appendingPathComponent($0)) }
    var report: [String: Any] = ["bitmaps": lists.count]

    var sets: [MembershipSet] = []
    report["build_s"] = seconds { sets = lists.map { MembershipSet($0) } }
    report["members"] = sets.reduce(0) { $0 + $1.count }
    for place in sets.indices { sets[place].optimise() }
    let written = sets.map { $0.portableBytes() }
    report["serialized_bytes"] = written.reduce(0) { $0 + $1.count }

    var same = 0
    for (place, name) in names.enumerated() {
      let stem = String(name.dropLast(4))
      try Data(written[place]).write(to: folder.appendingPathComponent(stem + ".ours"))
      let peer = [UInt8](try Data(contentsOf: folder.appendingPathComponent(stem + ".peer")))
      let read = try MembershipSet(portable: peer)
      guard read == sets[place], read.numbers() == lists[place] else { throw Difference(file: stem + ".peer") }
      if peer == written[place] { same += 1 }
    }
    report["read_from_peer"] = names.count
    report["same_bytes_as_peer"] = same

    report["and"] = pairs(sets) { $0.intersection($1).count }
    report["or"] = pairs(sets) { $0.union($1).count }
    report["andnot"] = pairs(sets) { $0.subtracting($1).count }
    report["xor"] = pairs(sets) { $0.symmetricDifference($1).count }
    report["and_card"] = pairs(sets) { $0.intersectionCount($1) }
    report["jaccard"] = pairs(sets) { Int($0.jaccardIndex($1) * 1e9) }
    var all = MembershipSet()
    report["union100_ms"] = seconds { all = MembershipSet.union(of: sets) } * 1000
    report["union100_card"] = all.count

    if let largest = sets.max(by: { $0.count < $1.count }) {
      let limit = (all.last ?? 0) + 1
      var random = Generator(state: 1)
      let questions = (0..<1_000_000).map { _ in UInt32(truncatingIfNeeded: random.next() >> 33) % limit }
      var hits = 0
      let time = (0..<3).map { _ in
        seconds { hits = questions.reduce(0) { $0 + (largest.contains($1) ? 1 : 0) } }
      }
      report["contains_per_s"] = Int(1e6 / (time.min() ?? 1))
      report["contains_hits"] = hits
      var filled = MembershipSet()
      let adding = seconds { for question in questions { filled.insert(question) } }
      report["add_per_s"] = Int(1e6 / adding)
    }
    let json = try JSONSerialization.data(withJSONObject: report, options: [.sortedKeys])
    FileHandle.standardOutput.write(json + Data("\n".utf8))
  }

  /// The speed of an operation over all pairs, and the sum of what it returned.
  static func pairs(
    _ sets: [MembershipSet], _ operation: (MembershipSet, MembershipSet) -> Int
  ) -> [String: Int] {
    var best = Double.infinity
    var sum = 0
    for _ in 0..<3 {
      sum = 0
      best = min(
        best,
        seconds {
          for left in sets.indices {
            for right in (left + 1)..<sets.count { sum += operation(sets[left], sets[right]) }
          }
        })
    }
    return ["ops_per_s": Int(Double(sets.count * (sets.count - 1) / 2) / best), "sum_cardinality": sum]
  }

  static func seconds(_ body: () -> Void) -> Double {
    let time = ContinuousClock().measure(body).components
    return Double(time.seconds) + Double(time.attoseconds) * 1e-18
  }

  static func numbers(_ file: URL) throws -> [UInt32] {
    let data = try Data(contentsOf: file)
    return data.withUnsafeBytes { bytes in
      (0..<(bytes.count / 4)).map { UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * 4, as: UInt32.self)) }
    }
  }
}

/// A set that was read differs from the one made of its members.
struct Difference: Error { let file: String }

/// Knuth's linear congruential generator (MMIX); its upper bits are used.
struct Generator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state
  }
}
