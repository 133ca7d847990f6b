import Foundation
import RuleEngine

/// Measures a pattern over time on a file of a million events: A and then the first later B of the same user within ten
/// minutes.
///
/// `seq1m.csv` (user, milliseconds, type) lies in the folder given. The events lie in memory. `bits` gives the stream which
/// conditions hold, `conditions` lets it evaluate them; `shuffled` brings the events up to a minute late; `restored` stores
/// and reads back the stream eight times on the way.
@main
struct SequencePatterns {
  struct Row {
    var user: UInt64
    var time: Instant
    var type: String
  }

  static func main() throws {
    guard let folder = CommandLine.arguments.dropFirst().first else {
      print("usage: SequencePatterns FOLDER")
      exit(64)
    }
    let rows = try read(URL(fileURLWithPath: folder).appendingPathComponent("seq1m.csv"))
    var environment = ExpressionEnvironment()
    environment.declare("type", .string)
    let inOrder = try matcher(.zero, environment)
    let late = try matcher(.seconds(60), environment)
    let order = shuffled(rows)
    print("run\tevents\tmatches\ttime-outs\tevents per CPU second")
    try run("bits", inOrder, rows, Array(rows.indices))
    try run("conditions", inOrder, rows, Array(rows.indices), environment)
    try run("restored", inOrder, rows, Array(rows.indices), restores: 8)
    try run("shuffled", late, rows, order)
    try run("shuffled, restored", late, rows, order, restores: 8)
  }

  private static func matcher(_ lateness: Duration, _ environment: ExpressionEnvironment) throws -> PatternMatcher {
    let pattern = EventPattern("a-then-b", key: .fact("user"), lateness: lateness)
      .begin("a", where: "type == 'A'").followedBy("b", where: "type == 'B'").within(.minutes(10))
    return try PatternMatcher(pattern, environment)
  }

  private static func run(
    _ name: String, _ matcher: PatternMatcher, _ rows: [Row], _ order: [Int],
    _ environment: ExpressionEnvironment? = nil, restores: Int = 0
  ) throws {
    var activation = ExpressionActivation(environment ?? ExpressionEnvironment())
    var stream = PatternStream(matcher)
    var outcomes: [PatternStream.Outcome] = []
    var tally = Tally()
    let step = restores == 0 ? Int.max : rows.count / (restores + 1)
    let start = seconds
    for (place, index) in order.enumerated() {
      let row = rows[index]
      let bits: UInt64
      if environment != nil {
        activation.reset()
        try activation.set(0, text: row.type)
        bits = matcher.holding(activation)
      } else {
        bits = row.type == "A" ? 1 : row.type == "B" ? 2 : 0
      }
      let event = PatternMatcher.Event(time: row.time, id: UInt64(index), conditions: bits)
      stream.add(event, key: .number(row.user), into: &outcomes)
      if outcomes.count > 1_000 { tally.take(&outcomes) }
      if place % step == step - 1 { stream = try PatternStream(matcher, decoding: stream.encode()) }
    }
    stream.advance(to: .distantFuture, into: &outcomes)
    tally.take(&outcomes)
    print(name, rows.count, tally.matches, tally.timeouts, Int(Double(rows.count) / (seconds - start)), separator: "\t")
  }

  struct Tally {
    var matches = 0
    var timeouts = 0

    mutating func take(_ outcomes: inout [PatternStream.Outcome]) {
      for outcome in outcomes {
        switch outcome.outcome {
        case .matched: matches += 1
        case .timedOut: timeouts += 1
        case .dropped, .hurried: break
        }
      }
      outcomes.removeAll(keepingCapacity: true)
    }
  }

  /// The places of the rows, each row up to a minute late; the same on every run.
  private static func shuffled(_ rows: [Row]) -> [Int] {
    var state: UInt64 = 20_240_601
    let arrival = rows.map { row in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return row.time.millisecondsSinceEpoch + Int64(state >> 33) % 60_001
    }
    return rows.indices.sorted { (arrival[$0], $0) < (arrival[$1], $1) }
  }

  private static var seconds: Double { Double(clock()) / Double(CLOCKS_PER_SEC) }

  private static func read(_ file: URL) throws -> [Row] {
    var rows: [Row] = []
    for line in try Data(contentsOf: file).split(separator: 10) {
      let fields = String(decoding: line, as: UTF8.self).split(separator: ",")
      guard fields.count == 3, let user = UInt64(fields[0]), let milliseconds = Int64(fields[1]),
        let time = Instant(millisecondsSinceEpoch: milliseconds)
      else { continue }
      rows.append(Row(user: user, time: time, type: String(fields[2])))
    }
    return rows
  }
}
