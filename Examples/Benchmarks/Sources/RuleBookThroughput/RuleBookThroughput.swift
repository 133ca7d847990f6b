import Foundation
import RuleEngine
import SCRMExpressions
import SCRMModel

/// Measures how many events per second one core decides with a whole `RuleBook`: index, conditions, guards, what is
/// remembered of each person, and proposals with their explanations.
///
/// Rules and events are those of `RuleThroughput`: `rules.json` and `events.ndjson` in the folder given. Each rule sends a
/// message and sets a tag; a cap of one message a day holds for everyone. The events lie in memory as interactions.
@main
struct RuleBookThroughput {
  static func main() throws {
    guard let folder = CommandLine.arguments.dropFirst().first else {
      print("usage: RuleBookThroughput FOLDER [EVENTS]")
      exit(64)
    }
    let count = CommandLine.arguments.dropFirst(2).first.flatMap { Int($0) } ?? 100_000
    let workload = try Workload(URL(fileURLWithPath: folder), events: count)
    print("rules\tevents\tevents per CPU second\tproposed\tsuppressed\tcompile s\tbytes per rule")
    for count in [100, 1_000, 10_000] where count <= workload.conditions.count {
      try decide(workload, Array(workload.rules(count)))
    }
    print("rules with keywords\tevents\tevents per CPU second\tproposed\tsuppressed\tcompile s\tbytes per rule")
    for count in [100, 1_000, 10_000] where count <= workload.conditions.count {
      try decide(workload, Array(workload.wordedRules(count)))
    }
    try change(workload)
  }

  static func decide(_ workload: Workload, _ rules: [RuleDefinition]) throws {
    let memory = residentBytes
    let start = seconds
    let book = try RuleBook(Workload.vocabulary(), rules: rules, guards: Workload.guards())
    let compiled = seconds
    let bytes = max(residentBytes - memory, 0)
    var memories: [PersonID: RuleMemory] = [:]
    var shared = SharedRuleMemory()
    var scratch = RuleScratch(book)
    var (proposed, suppressed) = (0, 0)
    for occurrence in workload.occurrences {
      var memory = memories[occurrence.person.id] ?? RuleMemory()
      let outcome = book.evaluate(occurrence, memory: &memory, shared: &shared, using: &scratch)
      if outcome.decisions.isEmpty { continue }
      memories[occurrence.person.id] = memory
      for action in outcome.actions { if action.isProposed { proposed += 1 } else { suppressed += 1 } }
    }
    let decided = seconds
    print(
      rules.count, workload.occurrences.count, Int(Double(workload.occurrences.count) / (decided - compiled)), proposed,
      suppressed, compiled - start, bytes / rules.count, separator: "\t")
  }

  /// Adds and removes single rules of a book of 10,000, with keywords and without.
  static func change(_ workload: Workload) throws {
    print("changes of one rule in 10,000\tmedian s\tworst of 1,000 s")
    for (name, rules) in [("condition", workload.rules(10_000)), ("keywords", workload.wordedRules(10_000))] {
      var book = try RuleBook(Workload.vocabulary(), rules: Array(rules.dropLast(500)))
      var times: [Double] = []
      for rule in rules.suffix(500) {
        var before = seconds
        try book.add(rule)
        times.append(seconds - before)
        before = seconds
        book.remove(rule.name)
        times.append(seconds - before)
      }
      times.sort()
      print(name, times[times.count / 2], times[times.count - 1], separator: "\t")
    }
  }

  static var seconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// The memory of the process; 0 where the system does not say.
  static var residentBytes: Int {
    guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return 0 }
    let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
  }
}
