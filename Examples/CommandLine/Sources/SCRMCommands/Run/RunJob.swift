import SCRMReport
import SocialCRM

/// The work of `scrm run`: reads the inputs, lets the loop decide, publishes influence and brings time to the end of the
/// last day.
struct RunJob {
  let inputs: [String]
  let format: InputFormat
  let settings: RunSettings
  let mode: IngestMode
  let received: Instant?
  let isStrict: Bool
  let keepsBatches: Bool
  /// Whether a report is made of the run.
  let records: Bool
  let console: Console
  private let configuration: SocialCRM.Configuration

  /// What a run leaves behind.
  struct Outcome {
    let crm: SocialCRM
    let counts: RunCounts
    let log: LogScan
    let recorder: RunRecorder?
  }

  /// - Throws: ``CommandFailure`` when the configuration cannot be used with the format.
  init(
    inputs: [String], format: InputFormat, settings: RunSettings, mode: IngestMode, received: Instant?, isStrict: Bool,
    keepsBatches: Bool, records: Bool, console: Console
  ) throws {
    self.inputs = inputs
    self.format = format
    self.settings = settings
    self.mode = mode
    self.received = received
    self.isStrict = isStrict
    self.keepsBatches = keepsBatches
    self.records = records
    self.console = console
    configuration = try settings.loopConfiguration()
    _ = try RowParser(format, settings: settings, received: received)
  }

  func run(on store: any SCRMStore, timings: inout PhaseTimings) async throws -> Outcome {
    let readers = try inputs.map { try InputReader($0, console: console) }
    let crm = try await SocialCRM(store: store, configuration: configuration)
    var intake = Intake(
      crm: crm, mode: mode, isStrict: isStrict, keepsBatches: keepsBatches, records: records, console: console)
    let sizes = readers.compactMap(\.size)
    var progress = Progress(console: console, totalBytes: sizes.count == readers.count ? sizes.reduce(0, +) : nil)
    for var reader in readers {
      var parser = try RowParser(format, settings: settings, received: received)
      while let chunk = try timings.measure("read", { try reader.read() }) {
        let rows = try timings.measure("parse") { try parser.push(chunk, of: reader.name) }
        try await intake.take(rows, of: reader.name, &timings)
        progress.advance(bytes: chunk.count, rows: intake.counts.rows)
      }
      try await intake.take(try parser.finish(reader.name), of: reader.name, &timings)
    }
    try await intake.flush(&timings)
    progress.finish()
    var log = LogScan()
    try await timings.measure("measure") { try await log.advance(in: store) }
    let advance = try await settle(crm, hasNews: intake.counts.accepted > 0, &log, &timings)
    var recorder = intake.recorder
    if let advance { recorder?.add(advance) }
    return Outcome(crm: crm, counts: intake.counts, log: log, recorder: recorder)
  }

  /// Publishes influence and lets the day of the latest receipt end, so that everybody is judged as of one moment.
  ///
  /// The moment comes from the log, so a further run that brings nothing new changes nothing.
  private func settle(
    _ crm: SocialCRM, hasNews: Bool, _ log: inout LogScan, _ timings: inout PhaseTimings
  ) async throws -> AdvanceOutcome? {
    guard let clock = log.clock, let lastReceived = log.lastReceived else { return nil }
    let isUnpublished = settings.publishesInfluence && log.influence == nil
    guard hasNews || isUnpublished else { return nil }
    if settings.publishesInfluence {
      _ = try await timings.measure("influence") { try await crm.refreshInfluence(asOf: clock) }
    }
    var advance: AdvanceOutcome?
    if let midnight = Instant(secondsSinceEpoch: (Int64(lastReceived.utcDay) + 1) * 86_400) {
      advance = try await timings.measure("advance") { try await crm.advance(to: midnight) }
    }
    try await timings.measure("measure") { try await log.advance(in: crm.store) }
    return advance
  }
}
