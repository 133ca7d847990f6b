import Foundation
import IdentityGraph

/// How fast edges between identifiers become components, and how much memory an identifier takes.
@main
enum IdentityEdges {
  private static let usage = """
    usage: IdentityEdges generate PATH [EDGES]   writes PATH.tsv and PATH.bin, 10,000,000 edges unless given
           IdentityEdges texts FILE.tsv          reads, interns and joins identifiers given as texts
           IdentityEdges numbers FILE.bin        joins identifiers given as 32-bit numbers

    """

  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    let count = arguments.count > 2 ? arguments.last.flatMap { Int($0) } : 10_000_000
    guard let command = arguments.first, let path = arguments.dropFirst().first, let count, count > 0 else {
      FileHandle.standardError.write(Data(usage.utf8))
      exit(64)
    }
    switch command {
    case "generate":
      var generator = EdgeGenerator(edges: count, seed: 42)
      try generator.write(to: path)
    case "texts": try texts(path)
    case "numbers": try numbers(path)
    default:
      FileHandle.standardError.write(Data(usage.utf8))
      exit(64)
    }
  }

  private static func texts(_ path: String) throws {
    let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    let before = memory
    let clock = ContinuousClock()
    let start = clock.now
    var components = IdentifierComponents()
    var reader = IdentifierEdgeReader(columns: .at(0, 1), delimiter: .tab)
    while let data = try handle.read(upToCount: 1 << 18), !data.isEmpty {
      _ = try reader.push([UInt8](data), into: &components)
    }
    _ = try reader.finish(into: &components)
    let joined = clock.now
    let partition = components.partition()
    let end = clock.now
    report(
      [
        ("nodes", partition.identifierCount), ("edges", components.edgeCount), ("refused", reader.refusedCount),
        ("components", partition.componentCount), ("largest", partition.largest),
        ("bytes_per_identifier", (memory - before) / max(partition.identifierCount, 1)),
      ], components.edgeCount, joined - start, end - joined)
  }

  private static func numbers(_ path: String) throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    let pairs = data.withUnsafeBytes { bytes in
      (0..<(bytes.count / 8 * 2)).map {
        UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * 4, as: UInt32.self))
      }
    }
    let clock = ContinuousClock()
    let start = clock.now
    var components = NumberedComponents()
    try components.connect(pairs: pairs)
    let joined = clock.now
    let labels = components.labels()
    let end = clock.now
    report(
      [("nodes", labels.count), ("edges", pairs.count / 2), ("components", components.componentCount)], pairs.count / 2,
      joined - start, end - joined)
  }

  private static func report(_ figures: [(String, Int)], _ edges: Int, _ joining: Duration, _ naming: Duration) {
    let total = Double(edges) / ((joining + naming) / .seconds(1))
    let fields =
      figures.map { "\"\($0)\":\($1)" } + [
        String(format: "\"union_s\":%.3f", joining / .seconds(1)),
        String(format: "\"label_s\":%.3f", naming / .seconds(1)),
        String(format: "\"edges_per_s\":%.0f", total), String(format: "\"process_cpu_s\":%.3f", processorTime),
      ]
    print("{" + fields.joined(separator: ",") + "}")
  }

  /// The most memory the process has held, bytes.
  private static var memory: Int {
    #if canImport(Darwin)
      usageOfProcess.ru_maxrss
    #else
      usageOfProcess.ru_maxrss * 1_024
    #endif
  }

  private static var processorTime: Double {
    let usage = usageOfProcess
    return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
      + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6
  }

  private static var usageOfProcess: rusage {
    var usage = rusage()
    #if canImport(Darwin)
      getrusage(RUSAGE_SELF, &usage)
    #else
      getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    #endif
    return usage
  }
}
