import Foundation
import RuleEngine
import SCRMExpressions

/// Measures how many events per second one core matches against many rules by `RuleIndex`.
///
/// Rules and events are those the peers are measured on: `rules.json` and `events.ndjson` in the folder given. The events
/// lie parsed in memory, as for the peers; filling the activation and matching are measured, reading is not. The digest of
/// the match sets, taken in a second pass, is that of `Baselines/rule_sets.py`. `naive` evaluates every condition on every
/// event by the interpreter's chain of tests instead, without the index.
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
      print("usage: RuleThroughput FOLDER [naive]")
      exit(64)
    }
    var environment = ExpressionEnvironment()
    environment.declare(ExpressionRecord("Event", [.init("type", .string), .init("text", .string)]))
    environment.declare(ExpressionRecord("Profile", [.init("city", .string), .init("influence", .double)]))
    environment.declare("event", .record("Event"))
    environment.declare("profile", .record("Profile"))
    let (rules, events) = try read(URL(fileURLWithPath: folder))
    if CommandLine.arguments.dropFirst(2).first == "naive" {
      print("rules\tevents\tevents per CPU second, without index\tmatches\tsets")
      for count in [100, 1_000, 10_000] where count <= rules.count {
        try evaluateAll(Array(rules.prefix(count)), events, environment)
      }
      return
    }
    print(
      "rules\tevents\tevents per CPU second\tmatches\tevaluations\tcompile s\tbytes per rule\tadd and remove, worst of 1000, s\tsets"
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
    var activation = ExpressionActivation(environment)
    let fill = Filler(environment)
    var matching = RuleIndex.Matching()
    var (matches, evaluations) = (0, 0)
    for event in events {
      try fill(&activation, event)
      index.match(activation, into: &matching)
      matches += matching.rows.count
      evaluations += matching.evaluated
    }
    let matched = seconds
    var sets = Digest()
    for (place, event) in events.enumerated() {
      try fill(&activation, event)
      index.match(activation, into: &matching)
      for row in matching.rows.sorted() { sets.add(place, row) }
    }
    var worst = 0.0
    let program = try environment.compile(rules[rules.count / 2])
    for _ in 0..<1_000 {
      let before = seconds
      index.remove(index.add(program))
      worst = max(worst, seconds - before)
    }
    print(
      rules.count, events.count, Int(Double(events.count) / (matched - compiled)), matches, evaluations,
      compiled - start, index.storageBytes / rules.count, worst, sets.text, separator: "\t")
  }

  /// Every condition on every event.
  static func evaluateAll(_ rules: [String], _ events: [Event], _ environment: ExpressionEnvironment) throws {
    let programs = try rules.map { try environment.compile($0) }
    var activation = ExpressionActivation(environment)
    let fill = Filler(environment)
    let start = seconds
    var sets = Digest()
    for (place, event) in events.enumerated() {
      try fill(&activation, event)
      for (row, program) in programs.enumerated() where program.matches(activation) { sets.add(place, row) }
    }
    print(
      rules.count, events.count, Int(Double(events.count) / (seconds - start)), sets.count, sets.text,
      separator: "\t")
  }

  /// Sets the facts of an event.
  struct Filler {
    let slots: [Int]

    init(_ environment: ExpressionEnvironment) {
      slots = ["event.type", "event.text", "profile.city", "profile.influence"].map { environment.slot($0) ?? 0 }
    }

    func callAsFunction(_ activation: inout ExpressionActivation, _ event: Event) throws {
      activation.reset()
      try activation.set(slots[0], text: event.type)
      try activation.set(slots[1], text: event.text)
      try activation.set(slots[2], text: event.city)
      try activation.set(slots[3], number: event.influence)
    }
  }

  /// A number for all pairs of an event and a rule that matched, events first, then rules.
  struct Digest {
    var value: UInt64 = 0
    var count = 0

    mutating func add(_ event: Int, _ rule: Int) {
      value = value &* 1_000_003 &+ UInt64(event) &* 10_007 &+ UInt64(rule) &+ 1
      count += 1
    }

    var text: String { String(value, radix: 16) }
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
