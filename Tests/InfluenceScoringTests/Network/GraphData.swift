import Foundation
import InfluenceScoring

/// Public graphs outside the repository, found by `SCRM_DATA`.
enum GraphData {
  static func file(_ name: String) -> URL? {
    guard let folder = ProcessInfo.processInfo.environment["SCRM_DATA"] else {
      print("skipped: graphs/\(name), because SCRM_DATA is not set")
      return nil
    }
    let url = URL(fileURLWithPath: folder).appendingPathComponent("graphs/\(name)")
    guard FileManager.default.fileExists(atPath: url.path) else {
      print("skipped: graphs/\(name), because SCRM_DATA does not hold it")
      return nil
    }
    return url
  }

  /// The numbers of each line of a text file, or of a gzip file by the `gunzip` of the system.
  static func rows(_ name: String) throws -> [[Double]]? {
    guard let url = file(name) else { return nil }
    var data = Data()
    if name.hasSuffix(".gz") {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = ["gunzip", "-c", url.path]
      let pipe = Pipe()
      process.standardOutput = pipe
      guard (try? process.run()) != nil else {
        print("skipped: graphs/\(name), because gunzip cannot be run")
        return nil
      }
      data = pipe.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
    } else {
      data = try Data(contentsOf: url)
    }
    return String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline).map { line in
      line.split(whereSeparator: { $0 == " " || $0 == "\t" }).map { Double($0) ?? .infinity }
    }
  }

  /// A graph of the files: loops and repeated edges dropped.
  static func graph(_ name: String) throws -> SocialGraph<Int>? {
    guard let rows = try rows(name) else { return nil }
    let edges = rows.map { SocialEdge(from: Int($0[0]), to: Int($0[1])) }
    return try SocialGraph(edges: edges, meaning: .attention, duplicates: .maximum)
  }

  static func reference(_ name: String) throws -> [String: Any]? {
    guard let url = file("reference.json") else { return nil }
    let document = try JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: Any]
    return document?[name] as? [String: Any]
  }
}

/// Pairs of a node and a value.
func pairs(_ value: Any?) -> [(node: Int, value: Double)] {
  ((value as? [[NSNumber]]) ?? []).map { ($0[0].intValue, $0[1].doubleValue) }
}
