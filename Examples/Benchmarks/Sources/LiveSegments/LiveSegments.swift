import Foundation
import SCRMModel
import Segmentation

/// Live segments: `LiveSegments [RAW_FOLDER segments_100.json] [--people N] [--check MOMENTS] [--segments N] [--seed N]`.
///
/// Without files people, events and definitions are generated from the seed. `--segments N` replaces the definitions by N
/// generated ones of the same make, to see how the cost grows.
@main
enum LiveSegmentsBenchmark {
  static func main() throws {
    var arguments = Array(CommandLine.arguments.dropFirst())
    func option(_ name: String, _ standard: Int) -> Int {
      guard let index = arguments.firstIndex(of: name), index + 1 < arguments.count else { return standard }
      let value = Int(arguments[index + 1]) ?? standard
      arguments.removeSubrange(index...(index + 1))
      return value
    }
    let people = option("--people", 20_000)
    let moments = option("--check", 0)
    let generated = option("--segments", 0)
    let seed = UInt64(option("--seed", 1))
    guard [0, 2].contains(arguments.count), people > 0 else {
      print(
        "usage: LiveSegments [RAW_FOLDER segments_100.json] [--people N] [--check MOMENTS] [--segments N] [--seed N]")
      exit(64)
    }
    let data: PeopleData
    var workload: [(name: String, condition: Workload)] = []
    if arguments.isEmpty {
      var generator = PeopleGenerator(seed: seed)
      data = generator.data(people: people)
    } else {
      data = try PeopleData(URL(filePath: arguments[0]), people: people)
      let document = try JSON(text: String(contentsOf: URL(filePath: arguments[1]), encoding: .utf8)).objectValue()
      workload = try (document["segments"] ?? .null).arrayValue().map {
        (name: try $0.objectValue().string("id"), condition: try Workload($0.objectValue()["expr"] ?? .null))
      }
    }
    if generated > 0 || workload.isEmpty {
      workload = Generator(seed: 7).segments(generated > 0 ? generated : 100, kinds: data.kinds)
    }
    let catalogue = try SegmentCatalogue(
      workload.map { try Segment(SegmentName($0.name), parsing: $0.condition.text) }, facts: try data.schema,
      events: .amount)

    guard let start = data.events.first.flatMap({ Instant(millisecondsSinceEpoch: $0.time - 1) }) else { return }
    var live = try LiveSegments(catalogue, at: start)
    for person in 0..<people { _ = live.person(PersonID(high: 0, low: UInt64(person)), facts: data.row(person)) }
    _ = live.takeChanges()
    let kinds = data.kinds.map { live.kind(InteractionKind($0)) }

    if moments > 0 {
      try check(&live, data, workload.map(\.condition), kinds, moments: moments)
      return
    }
    var changes = 0
    let clock = ContinuousClock()
    let begin = ProcessorTime.now
    let elapsed = clock.measure {
      for event in data.events {
        live.record(kind: kinds[event.kind], at: event.time, amount: event.amount, for: event.person)
        live.drainChanges { _ in changes += 1 }
      }
      live.advance(to: data.now)
      live.drainChanges { _ in changes += 1 }
    }
    let seconds = elapsed / .seconds(1)
    let used = ProcessorTime.now - begin
    let bytes = (0..<people).reduce(0) { $0 + live.state(of: $1).count }
    print(
      "\(workload.count) segments, \(people) people, \(data.events.count) events: \(seconds) s,",
      "\(Int(Double(data.events.count) / seconds)) events/s (\(used) s of the processor), \(changes) changes,",
      "\(bytes / max(people, 1)) bytes of state a person")
  }

  /// Compares every person and segment with brute force at random moments.
  static func check(
    _ live: inout LiveSegments, _ data: PeopleData, _ workload: [Workload], _ kinds: [Int], moments: Int
  ) throws {
    let oracle = ColumnOracle(data, workload)
    var random = Generator(seed: 11)
    let first = data.events[0].time
    let times = (0..<moments).map { _ in first + Int64(random.below(Int(data.now - first))) }.sorted()
    var mismatches = 0
    var compared = 0
    var next = 0
    for time in times + [data.now] {
      while next < data.events.count, data.events[next].time <= time {
        let event = data.events[next]
        live.record(kind: kinds[event.kind], at: event.time, amount: event.amount, for: event.person)
        next += 1
      }
      live.advance(to: time)
      for (segment, expected) in oracle.members(at: time).enumerated() {
        compared += expected.count
        mismatches += expected.indices.count { expected[$0] != live.isMember($0, of: segment) }
      }
    }
    print("\(moments) moments and the end: \(compared) memberships compared, \(mismatches) mismatches")
    if mismatches > 0 { exit(1) }
  }
}

/// Definitions like those of the workload, from a seed (SplitMix64).
struct Generator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func below(_ bound: Int) -> Int {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return Int(truncatingIfNeeded: (mixed ^ (mixed >> 31)).multipliedFullWidth(by: UInt64(bound)).high)
  }

  private mutating func attribute() -> Workload {
    switch below(6) {
    case 0: .attribute("country", "==", .number(JSONNumber(Int64(below(30)))))
    case 1: .attribute("age", ">=", .number(JSONNumber(Int64(18 + below(45)))))
    case 2: .attribute("tier", ">=", .number(JSONNumber(Int64(1 + below(3)))))
    case 3: .attribute("tags", "has_tag", .number(JSONNumber(Int64(below(40)))))
    case 4: .attribute("followers", ">=", .number(JSONNumber(Int64(100 * (1 + below(100))))))
    default: .attribute("email_opt_in", "==", .bool(true))
    }
  }

  private mutating func behaviour(_ kinds: [String]) -> Workload {
    let kind = kinds[below(10)]
    let days = [1, 3, 7, 14, 30, 60, 90, 180][below(8)]
    let base = ["view": 8, "like": 3, "click": 3, "login": 2][kind] ?? 1
    if kind == "purchase", below(3) == 0 {
      return .sum(kind: kind, days: Int64(days), limit: [50, 100, 250][below(3)])
    }
    let limit = max(1, base * days * (1 + below(4)) / 60)
    return .count(kind: kind, days: Int64(days), sign: ">=", limit: Int64(limit), atLeast: nil)
  }

  func segments(_ count: Int, kinds: [String]) -> [(name: String, condition: Workload)] {
    var copy = self
    return (0..<count).map { number in
      let condition: Workload =
        switch number % 4 {
        case 0: .all([copy.attribute(), copy.behaviour(kinds)])
        case 1: .all([copy.attribute(), copy.behaviour(kinds), .not(copy.behaviour(kinds))])
        case 2: .any([copy.behaviour(kinds), .all([copy.behaviour(kinds), copy.attribute()])])
        default: .all([copy.attribute(), copy.attribute()])
        }
      return ("g\(number)", condition)
    }
  }
}

/// Seconds of the processor that this process has used.
enum ProcessorTime {
  static var now: Double { Double(clock()) / Double(CLOCKS_PER_SEC) }
}
