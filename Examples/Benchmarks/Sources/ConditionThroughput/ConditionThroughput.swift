import Foundation
import SCRMExpressions

/// Measures how many conditions are evaluated per second, one by one, and how long compiling them takes.
///
/// Rules and events are those the peers are measured on: `rules.json` and `events.ndjson` in the folder given by `--data`.
/// Every rule is evaluated on every event; reading the events and filling the activation once an event are not part of
/// the compile time, filling is part of the evaluation time.
@main
struct ConditionThroughput {
  static func main() throws {
    let options = try Options(Array(CommandLine.arguments.dropFirst()))
    let workload = try Workload(folder: options.data)
    let environment = Workload.environment

    let compiling = Stopwatch()
    let all = try workload.rules.map { try environment.compile($0) }
    let compileSeconds = compiling.seconds
    let programs = Array(all.prefix(options.rules))

    var activation = ExpressionActivation(environment)
    let slots = Workload.fields.map { environment.slot($0) ?? 0 }
    var matches = 0
    // What a peer that stopped after so many events should have found.
    var matchesAt: [Int: Int] = [:]
    let evaluating = Stopwatch()
    for (index, event) in workload.events.enumerated() {
      activation.reset()
      try activation.set(slots[0], text: event.type)
      try activation.set(slots[1], text: event.text)
      try activation.set(slots[2], text: event.city)
      try activation.set(slots[3], number: event.influence)
      for program in programs where program.matches(activation) { matches += 1 }
      if options.prefixes.contains(index + 1) { matchesAt[index + 1] = matches }
    }
    let seconds = evaluating.seconds
    let evaluations = Double(programs.count * workload.events.count)
    print(
      "engine\trules\tevents\tCPU seconds\tevaluations per CPU second\tmatches\tcompile \(all.count) rules, CPU seconds"
    )
    print(
      "SCRMExpressions", programs.count, workload.events.count, String(format: "%.3f", seconds),
      Int(evaluations / max(seconds, 1e-9)), matches, String(format: "%.3f", compileSeconds), separator: "\t")
    for prefix in options.prefixes.sorted() {
      print("matches in the first \(prefix) events\t\(matchesAt[prefix] ?? matches)")
    }
  }
}

/// The command line.
private struct Options {
  var data = ""
  var rules = 100
  var prefixes: Set<Int> = []

  init(_ arguments: [String]) throws {
    var index = 0
    while index + 1 < arguments.count {
      let value = arguments[index + 1]
      switch arguments[index] {
      case "--data": data = value
      case "--rules": rules = Int(value) ?? rules
      case "--prefixes": prefixes = Set(value.split(separator: ",").compactMap { Int($0) })
      default: throw UsageError(argument: arguments[index])
      }
      index += 2
    }
    guard !data.isEmpty, index == arguments.count else { throw UsageError(argument: arguments.last ?? "") }
  }
}

private struct UsageError: Error, CustomStringConvertible {
  var argument: String
  var description: String { "'\(argument)': expected --data FOLDER [--rules N] [--prefixes N,N,…]" }
}

/// Processor time of the process, which a busy machine does not disturb.
private struct Stopwatch {
  private let start = clock()
  var seconds: Double { Double(clock() - start) / Double(CLOCKS_PER_SEC) }
}
