import Foundation
import SCRMTesting
import SocialCRM

/// Measures how many interactions the loop takes in per second in memory, and how that grows with people, segments and
/// rules.
///
/// Generating the interactions is not part of the time.
@main
struct LoopThroughput {
  static func main() async throws {
    HostSettings.apply()
    let arguments = CommandLine.arguments.dropFirst()
    func option(_ name: String, _ standard: Int) -> Int {
      guard let index = arguments.firstIndex(of: "--\(name)"), index + 1 < arguments.endIndex else { return standard }
      return Int(arguments[index + 1]) ?? standard
    }
    let interactions = option("interactions", 1_000_000)
    let batch = option("batch", 250)
    let call = max(option("call", interactions), 1)
    print(
      "people\tsegments\trules\tinteractions\tseconds\tper second\tCPU seconds\trows read\trows written\tbytes per person"
    )
    if arguments.contains("--growth") {
      for people in [10_000, 100_000, 1_000_000] {
        try await measure(people: people, segments: 20, rules: 20, interactions: interactions, batch: batch, call: call)
      }
      for segments in [0, 20, 100, 500] {
        try await measure(
          people: 100_000, segments: segments, rules: 20, interactions: interactions / 5, batch: batch, call: call)
      }
      for rules in [0, 20, 100, 1_000] {
        try await measure(
          people: 100_000, segments: 20, rules: rules, interactions: interactions / 5, batch: batch, call: call)
      }
    } else {
      try await measure(
        people: option("people", 100_000), segments: option("segments", 20), rules: option("rules", 20),
        interactions: interactions, batch: batch, call: call)
    }
  }

  /// - Parameter call: how many interactions are handed to the loop at once.
  private static func measure(
    people: Int, segments: Int, rules: Int, interactions: Int, batch: Int, call: Int
  ) async throws {
    let audience = SyntheticAudience(.plain(people: people, interactions: interactions, days: 30, seed: 1))
    var configuration = try Workload.configuration(segments: segments, rules: rules, batchSize: batch)
    if CommandLine.arguments.contains("--deterministic") { configuration.identity = DeterministicResolver() }
    let metrics = MetricsRecorder()
    configuration.observer = metrics
    let store = InMemoryStore()
    let crm = try await SocialCRM(store: store, configuration: configuration)
    var time = MeasuredTime()
    var count = 0
    var waiting: [Interaction] = []
    var source = audience.interactions().makeIterator()
    while true {
      waiting.removeAll(keepingCapacity: true)
      while waiting.count < call, let interaction = source.next() { waiting.append(interaction) }
      if waiting.isEmpty { break }
      count += waiting.count
      // The host lets go of the outcomes as soon as it gets them.
      try await time.measure { try await crm.ingest(waiting) { _ in } }
    }
    let totals = metrics.totals
    let bytes = try await bytesPerPerson(store)
    print(
      people, segments, rules, count, String(format: "%.2f", time.seconds), Int(Double(count) / time.seconds),
      String(format: "%.2f", time.processor),
      String(format: "%.2f", Double(totals.rowsRead) / Double(max(count, 1))),
      String(format: "%.2f", Double(totals.rowsWritten) / Double(max(count, 1))), bytes, separator: "\t")
  }

  /// The stored size of a person: record, identities, state and memberships as their JSON and binary forms, in bytes.
  private static func bytesPerPerson(_ store: InMemoryStore) async throws -> Int {
    let people = await store.people(after: nil, limit: 1_000)
    guard !people.isEmpty else { return 0 }
    var bytes = 0
    for person in people {
      bytes += person.jsonBytes.count
      let key = StateKey.person(person.id)
      for kind in ["activity", "rules", "score.influence"] as [StateKind] {
        bytes += await store.states(kind, [key])[0]?.bytes.count ?? 0
      }
      bytes += await store.memberships(of: [person.id])[0].reduce(0) { $0 + $1.jsonBytes.count }
    }
    return bytes / people.count
  }
}

/// Adds up what the loop reports.
final class MetricsRecorder: LoopObserver, @unchecked Sendable {
  private let lock = NSLock()
  private var sum = BatchMetrics()

  var totals: BatchMetrics { lock.withLock { sum } }

  func observe(_ event: LoopEvent) {
    guard case .committed(let batch) = event else { return }
    lock.withLock {
      sum.accepted += batch.accepted
      sum.rowsRead += batch.rowsRead
      sum.rowsWritten += batch.rowsWritten
    }
  }
}
