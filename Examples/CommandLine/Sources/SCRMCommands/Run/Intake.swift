import SocialCRM

/// Hands rows to the loop in batches and keeps count of what became of them.
struct Intake {
  private struct Row {
    var interaction: Interaction
    var input: String
    var line: Int
  }

  let crm: SocialCRM
  let mode: IngestMode
  let isStrict: Bool
  let console: Console
  private(set) var counts = RunCounts()
  private var pending: [Row] = []

  init(crm: SocialCRM, mode: IngestMode, isStrict: Bool, console: Console) {
    self.crm = crm
    self.mode = mode
    self.isStrict = isStrict
    self.console = console
  }

  /// Takes the rows of a chunk.
  /// - Throws: ``CommandFailure`` at the first bad row, if strict; what the loop throws.
  mutating func take(_ rows: [ParsedInteraction], of input: String, _ timings: inout PhaseTimings) async throws {
    for row in rows {
      counts.rows += 1
      switch row.result {
      case .success(let interaction):
        pending.append(Row(interaction: interaction, input: input, line: row.line))
        if pending.count >= max(crm.configuration.batchSize, 1) { try await flush(&timings) }
      case .failure(let error):
        // What was refused earlier in the input is reported earlier.
        try await flush(&timings)
        counts.unreadable += 1
        try report(error.column.map { "column \($0): \(error.reason)" } ?? error.reason, input, row.line)
      }
    }
  }

  /// Lets the loop decide about the rows at hand.
  mutating func flush(_ timings: inout PhaseTimings) async throws {
    if pending.isEmpty { return }
    let rows = pending
    pending = []
    let outcomes = try await timings.measure("ingest") { try await crm.ingest(rows.map(\.interaction), mode: mode) }
    for (row, outcome) in zip(rows, outcomes) {
      switch outcome.disposition {
      case .accepted: counts.accepted += 1
      case .duplicate: counts.duplicates += 1
      case .refused(let error):
        counts.refused += 1
        try report("\(error.subject): \(error.reason)", row.input, row.line)
      }
    }
  }

  private func report(_ reason: String, _ input: String, _ line: Int) throws {
    console.error("\(input):\(line): \(reason)\n")
    if isStrict { throw CommandFailure("stopped at the first bad row (--strict); nothing was written") }
  }
}
