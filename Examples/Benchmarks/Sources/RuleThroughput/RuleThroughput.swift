import Foundation
import RuleEngine
import SCRMExpressions

/// Measures how many events per second one core matches against many rules by `RuleIndex`.
///
/// Rules and events are those the peers are measured on: `rules.json` and `events.ndjson` in the folder given. The events
/// lie parsed in memory, as for the peers; filling the activation and matching are measured, reading is not.
@main
struct RuleThroughput {
  struct Event {
    var type: String
    var text: String
    var city: String
    var influence: Double
  }

  static func main() throws {
    guard let folder = CommandLine.arguments.dropFirst().first else {
      print("usage: RuleThroughput FOLDER")
      exit(64)
    }
    var environment = ExpressionEnvironment()
    environment.declare(ExpressionRecord("Event", [.init("type", .string), .init("text", .string)]))
    environment.declare(ExpressionRecord("Profile", [.init("city", .string), .init("influence", .double)]))
    environment.declare("event", .record("Event"))
    environment.declare("profile", .record("Profile"))
    let (rules, events) = try read(URL(fileURLWithPath: folder))
    print(
      "rules\tevents\tevents per CPU second\tmatches\tsum over them\tevaluations\tcompile s\tbytes per rule\tadd and remove, worst of 1000, s"
    )
    for count in [100, 1_000, 10_000] where count <= rules.count {
      try measure(Array(rules.prefix(count)), events, environment)
    }
  }

  static func measure(_ rules: [String], _ events: [Event], _ environment: ExpressionEnvironment) throws {
    let start = seconds
    var index = RuleIndex(environment)
    for rule in rules { index.add(try environment.compile(rule)) }
    let compiled = seconds
    let slots = ["event.type", "event.text", "profile.city", "profile.influence"].map { environment.slot($0) ?? 0 }
    var activation = ExpressionActivation(environment)
    var matching = RuleIndex.Matching()
    var (matches, evaluations) = (0, 0)
    // As Baselines/rule-matches.py has it, so that the sets can be compared and not only their sizes.
    var sum: UInt64 = 0
    for (number, event) in events.enumerated() {
      activation.reset()
      try activation.set(slots[0], text: event.type)
      try activation.set(slots[1], text: event.text)
      try activation.set(slots[2], text: event.city)
      try activation.set(slots[3], number: event.influence)
      index.match(activation, into: &matching)
      matches += matching.rows.count
      evaluations += matching.evaluated
      for row in matching.rows { sum &+= UInt64(number) &* 1_000_003 &+ UInt64(row) }
    }
    let matched = seconds
    var worst = 0.0
    let program = try environment.compile(rules[rules.count / 2])
    for _ in 0..<1_000 {
      let before = seconds
      index.remove(index.add(program))
      worst = max(worst, seconds - before)
    }
    print(
      rules.count, events.count, Int(Double(events.count) / (matched - compiled)), matches, sum, evaluations,
      compiled - start, index.storageBytes / rules.count, worst, separator: "\t")
  }

  static var seconds: Double { Double(clock()) / Double(CLOCKS_PER_SEC) }

  static func read(_ folder: URL) throws -> (rules: [String], events: [Event]) {
    let limits = JSONLimits(maximumBytes: 1 << 30)
    let rules = try JSON(bytes: Array(Data(contentsOf: folder.appendingPathComponent("rules.json"))), limits: limits)
    var events: [Event] = []
    for line in try Data(contentsOf: folder.appendingPathComponent("events.ndjson")).split(separator: 10) {
      let object = try JSON(bytes: Array(line)).objectValue()
      let (event, profile) = (try object.object("event"), try object.object("profile"))
      events.append(
        Event(
          type: try event.string("type"), text: try event.string("text"), city: try profile.string("city"),
          influence: try profile.double("influence")))
    }
    return (try rules.arrayValue().map { json in try json.objectValue().string("cel") }, events)
  }
}
