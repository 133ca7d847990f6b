import Foundation
import IdentityGraph

/// How good the people are that the evidence graph makes of labelled records, under one policy after the other.
///
/// Pairs: two records are a true pair when they have one entity, and a found pair when they are one person. Precision is the
/// share of found pairs that are true, recall the share of true pairs that are found.
@main
enum IdentityQuality {
  static func main() throws {
    guard let folder = CommandLine.arguments.dropFirst().first else {
      FileHandle.standardError.write(Data("usage: IdentityQuality FOLDER [--default]\n".utf8))
      exit(64)
    }
    let data = try CustomerRecords(folder: folder)
    let clock = ContinuousClock()
    var refused = 0
    var statements: [IdentityStatement] = []
    let normalising = clock.measure {
      for record in data.records {
        let (statement, errors) = record.statement(defaultCountryCode: "86")
        statements.append(statement)
        refused += errors.count
      }
    }
    var graph = EvidenceGraph()
    var failed = 0
    let processor = processorTime
    let adding = clock.measure {
      for statement in statements { do { try graph.add(statement) } catch { failed += 1 } }
    }
    let rate = Double(statements.count)
    print(
      """
      records \(data.records.count), identifiers \(graph.identifierCount), values refused \(refused), statements refused \(failed)
      normalised at \(Int(rate / (normalising / .seconds(1)))) records/s, added one by one at \
      \(Int(rate / (adding / .seconds(1)))) events/s by the clock, \(Int(rate / (processorTime - processor))) by processor time
      """)
    print("policy                              precision  recall     F1  people  largest")
    for (name, policy) in CommandLine.arguments.contains("--default")
      ? [PolicyFrontier.policies[0]] : PolicyFrontier.policies
    {
      graph.adopt(policy)
      print(Self.line(name, graph, data))
    }
  }

  private static func line(_ name: String, _ graph: EvidenceGraph, _ data: CustomerRecords) -> String {
    var people: [PersonID: Int] = [:]
    var both: [PersonID: [String: Int]] = [:]
    var entities: [String: Int] = [:]
    for (record, entity) in zip(data.records, data.entities) {
      entities[entity, default: 0] += 1
      guard let person = graph.person(of: record.hub) else { continue }
      people[person, default: 0] += 1
      both[person, default: [:]][entity, default: 0] += 1
    }
    func pairs(_ counts: some Sequence<Int>) -> Double { counts.reduce(0) { $0 + Double($1) * Double($1 - 1) / 2 } }
    let found = pairs(people.values)
    let right = both.values.reduce(0) { $0 + pairs($1.values) }
    let precision = found > 0 ? right / found : 1
    let recall = right / max(pairs(entities.values), 1)
    let label = name.padding(toLength: 36, withPad: " ", startingAt: 0)
    let figures = String(
      format: "%9.4f  %6.4f %6.4f", precision, recall,
      2 * precision * recall / max(precision + recall, .leastNonzeroMagnitude))
    return "\(label)\(figures)  \(people.count)  \(people.values.max() ?? 0)"
  }

  private static var processorTime: Double {
    var usage = rusage()
    #if canImport(Darwin)
      getrusage(RUSAGE_SELF, &usage)
    #else
      getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    #endif
    return Double(usage.ru_utime.tv_sec) + Double(usage.ru_utime.tv_usec) * 1e-6
  }
}
