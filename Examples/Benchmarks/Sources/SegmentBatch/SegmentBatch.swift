import Foundation
import Segmentation

/// A hundred segments over a million people and twenty million events.
///
/// `SegmentBatch DATA SEGMENTS.json [--threads N] [--runs N] [--output FOLDER]`: `DATA` is the folder with column files of
/// `gen_segmentation.py --raw`, `SEGMENTS.json` the workload that `segdefs.py` writes. Prints seconds, memory and counts; with
/// `--output` each membership is written as ascending little-endian numbers of four bytes.
@main
struct SegmentBatch {
  static func main() throws {
    var arguments = Array(CommandLine.arguments.dropFirst())
    func option(_ name: String) -> String? {
      guard let place = arguments.firstIndex(of: name), place + 1 < arguments.count else { return nil }
      defer { arguments.removeSubrange(place...(place + 1)) }
      return arguments[place + 1]
    }
    let threads = option("--threads").flatMap { Int($0) } ?? 1
    let runs = option("--runs").flatMap { Int($0) } ?? 3
    let output = option("--output")
    guard arguments.count == 2 else {
      FileHandle.standardError.write(
        Data("usage: SegmentBatch DATA SEGMENTS.json [--threads N] [--runs N] [--output FOLDER]\n".utf8))
      exit(64)
    }
    let clock = ContinuousClock()
    let begin = clock.now
    let files = try ColumnFiles(URL(fileURLWithPath: arguments[0]))
    let schema = try Workload.facts()
    let columns = try Workload.columns(files)
    var events: EventColumns? = try Workload.events(files)
    let load = Workload.seconds(clock.now - begin)

    let groupingBegin = clock.now
    let table = try EventTable(grouping: events ?? EventColumns(), people: files.profiles)
    let grouping = Workload.seconds(clock.now - groupingBegin)
    events = nil
    let population = try Population(count: files.profiles, facts: schema, columns: columns, events: table)
    let (segments, now) = try Workload.segments(URL(fileURLWithPath: arguments[1]))
    let engine = BatchSegments(try SegmentCatalogue(segments, facts: schema, events: .amount))

    let inputMemory = Memory.current
    Memory.resetPeak()
    var memberships: [MembershipSet] = []
    var times: [Double] = []
    for _ in 0..<runs {
      let start = clock.now
      memberships = try engine.memberships(in: population, at: now, threads: threads)
      times.append(Workload.seconds(clock.now - start))
    }
    if let output {
      for (segment, members) in zip(segments, memberships) {
        let file = URL(fileURLWithPath: output).appendingPathComponent(segment.name.rawValue + ".u32")
        try members.numbers().map(\.littleEndian).withUnsafeBytes { try Data($0).write(to: file) }
      }
    }
    let report: [String: Any] = [
      "threads": threads, "load_s": load, "grouping_s": grouping, "eval_s": times, "best_eval_s": times.min() ?? 0,
      "people": population.count, "events": table.count, "members": memberships.reduce(0) { $0 + $1.count },
      "input_mb": inputMemory >> 20, "beside_input_mb": (Memory.peak - inputMemory) >> 20,
    ]
    let json = try JSONSerialization.data(withJSONObject: report, options: [.sortedKeys])
    FileHandle.standardOutput.write(json + Data("\n".utf8))
  }
}
