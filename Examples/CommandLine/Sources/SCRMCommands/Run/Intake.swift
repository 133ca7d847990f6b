import SCRMReport
import SocialCRM

/// Hands rows to the loop in batches and keeps count of what became of them.
struct Intake {
  private struct Row {
    var parsed: ParsedInteraction
    var input: String
  }

  let crm: SocialCRM
  let mode: IngestMode
  let isStrict: Bool
  let keepsBatches: Bool
  let console: Console
  private(set) var counts = RunCounts()
  /// What a report shows of the run; `nil` when none is asked for.
  private(set) var recorder: RunRecorder?
  private var pending: [Row] = []

  init(crm: SocialCRM, mode: IngestMode, isStrict: Bool, keepsBatches: Bool, records: Bool, console: Console) {
    if records { recorder = RunRecorder() }
    self.crm = crm
    self.mode = mode
    self.isStrict = isStrict
    self.keepsBatches = keepsBatches
    self.console = console
  }

  /// Takes the rows of a chunk.
  /// - Throws: ``CommandFailure`` at the first bad row, if strict; what the loop throws.
  mutating func take(_ rows: [ParsedInteraction], of input: String, _ timings: inout PhaseTimings) async throws {
    counts.rows += rows.count
    for row in rows {
      pending.append(Row(parsed: row, input: input))
      if pending.count >= max(crm.configuration.batchSize, 1) { try await flush(&timings) }
    }
  }

  /// Lets the loop decide about the rows at hand, and reports the bad ones in the order of the input.
  mutating func flush(_ timings: inout PhaseTimings) async throws {
    if pending.isEmpty { return }
    let rows = pending
    pending = []
    let interactions = rows.compactMap(\.parsed.interaction)
    let outcomes = try await timings.measure("ingest") { try await crm.ingest(interactions, mode: mode) }
    var next = outcomes.makeIterator()
    for row in rows {
      if let error = row.parsed.error {
        counts.unreadable += 1
        recorder?.add(error)
        try report(error.column.map { "column \($0): \(error.reason)" } ?? error.reason, row)
        continue
      }
      guard let outcome = next.next() else { continue }
      recorder?.add(outcome)
      switch outcome.disposition {
      case .accepted: counts.accepted += 1
      case .duplicate: counts.duplicates += 1
      case .refused(let error):
        counts.refused += 1
        try report("\(error.subject): \(error.reason)", row)
      }
    }
  }

  private func report(_ reason: String, _ row: Row) throws {
    console.error("\(row.input):\(row.parsed.line): \(reason)\n")
    if isStrict {
      let left = keepsBatches ? "the batches before it are in the store" : "nothing was written"
      throw CommandFailure("stopped at the first bad row (--strict); \(left)")
    }
  }
}
