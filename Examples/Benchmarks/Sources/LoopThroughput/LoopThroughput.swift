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
    let batch = option("batch", 5_000)
    print(
      "people\tsegments\trules\tinteractions\tseconds\tper second\tCPU seconds\trows read\trows written\tbytes per person"
    )
    if arguments.contains("--growth") {
      for people in [10_000, 100_000, 1_000_000] {
        try await measure(people: people, segments: 20, rules: 20, interactions: interactions, batch: batch)
      }
      for segments in [0, 20, 100, 500] {
        try await measure(people: 100_000, segments: segments, rules: 20, interactions: interactions / 5, batch: batch)
      }
      for rules in [0, 20, 100, 1_000] {
        try await measure(people: 100_000, segments: 20, rules: rules, interactions: interactions / 5, batch: batch)
      }
    } else {
      try await measure(
        people: option("people", 100_000), segments: option("segments", 20), rules: option("rules", 20),
        interactions: interactions, batch: batch)
    }
  }

  private static func measure(people: Int, segments: Int, rules: Int, interactions: Int, batch: Int) async throws {
    let audience = SyntheticAudience(.plain(people: people, interactions: interactions, days: 30, seed: 1))
    var configuration = try Workload.configuration(segments: segments, rules: rules, batchSize: batch)
    if CommandLine.arguments.contains("--deterministic") { configuration.identity = DeterministicResolver() }
    let metrics = MetricsRecorder()
    configuration.observer = metrics
    let store = InMemoryStore()
    let crm = try await SocialCRM(store: store, configuration: configuration)
    let clock = ContinuousClock()
    var elapsed = Duration.zero
    var processor = 0.0
    var count = 0
    var chunk: [Interaction] = []
    // One call takes in many batches, as an import does; the calls follow each other.
    let call = max(batch, 100_000)
    for interaction in audience.interactions() {
      chunk.append(interaction)
      guard chunk.count == call else { continue }
      let start = clock.now
      let before = processorSeconds()
      _ = try await crm.ingest(chunk)
      elapsed += clock.now - start
      processor += processorSeconds() - before
      count += chunk.count
      chunk.removeAll(keepingCapacity: true)
    }
    let start = clock.now
    let before = processorSeconds()
    _ = try await crm.ingest(chunk)
    elapsed += clock.now - start
    processor += processorSeconds() - before
    count += chunk.count
    let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
    let totals = metrics.totals
    let bytes = try await bytesPerPerson(store)
    print(
      people, segments, rules, count, String(format: "%.2f", seconds), Int(Double(count) / seconds),
      String(format: "%.2f", processor),
      String(format: "%.2f", Double(totals.rowsRead) / Double(max(count, 1))),
      String(format: "%.2f", Double(totals.rowsWritten) / Double(max(count, 1))), bytes, separator: "\t")
  }

  /// Processor time of the process, seconds; tells apart a slow loop and a busy machine.
  private static func processorSeconds() -> Double { Double(clock()) / Double(CLOCKS_PER_SEC) }

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
