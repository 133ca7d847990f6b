import ArgumentParser
import Foundation
import SCRMReport
import SocialCRM

/// `scrm run`: the whole loop over files of interactions.
struct RunCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Interactions in; people, memberships, scores and proposed actions out.",
    discussion: """
      Reads the inputs in the order given, in pieces; - is standard input. Compressed files are not read: gunzip -c them \
      into -. A row that cannot be used is reported on standard error as FILE:LINE: what was wrong, what was expected, \
      and the rest goes on. The result depends on input, configuration and store alone, never on the clock.
      """)

  @Argument(help: "Files of interactions; - is standard input.")
  var inputs: [String]

  @Option(help: "The JSON file that says how to read and what to decide.")
  var config: String

  @Option(help: "The format of the inputs: \(InputFormat.names) (default: the one the configuration describes).")
  var format: InputFormat?

  @Option(
    help: ArgumentHelp(
      "Where the state is kept: memory, or file:PATH or sqlite:PATH to go on where the last run ended."))
  var store: StoreLocation = .memory

  @Option(
    help: ArgumentHelp("live proposes actions; backfill records them as suppressed.", valueName: "live|backfill"),
    transform: { text in
      guard let mode = IngestMode(rawValue: text) else { throw ValidationError("expected live or backfill") }
      return mode
    })
  var mode: IngestMode = .live

  @Option(
    help: ArgumentHelp(
      "The receive time (RFC 3339) of rows and documents that have none (default: their event time).",
      valueName: "time"),
    transform: { text in
      guard let time = try? Instant(rfc3339: text) else {
        throw ValidationError("expected a time such as 2024-05-01T08:30:00Z")
      }
      return time.inUTC
    })
  var received: Instant?

  @Option(help: ArgumentHelp("Where the figures go, as one JSON object.", valueName: "file"))
  var summary: String?

  @Option(help: ArgumentHelp("Where the report goes, as one HTML page with charts.", valueName: "file"))
  var report: String?

  @Option(help: ArgumentHelp("Where the result goes, as NDJSON; - is standard output.", valueName: "file"))
  var output: String = "-"

  @Flag(help: "Stop at the first bad row, with status 1; memory and file: are left as they were.")
  var strict = false

  @Option(help: ArgumentHelp("Where the seconds per phase go, as one JSON object.", valueName: "file"))
  var timings: String?

  @Flag(help: "Add to scores and actions why they are what they are.")
  var explain = false

  func validate() throws {
    if inputs.count(where: { $0 == "-" }) > 1 { throw ValidationError("standard input can be read only once") }
    if [summary, report, timings].contains("-") {
      throw ValidationError("--summary, --report and --timings expect a file")
    }
    try OutputFile.check(results: [summary, report, timings, output, store.path], inputs: inputs + [config])
    if received != nil, format == .ndjson {
      throw ValidationError("--received is not for ndjson, which takes the event time where received is missing")
    }
  }

  func run(on console: Console) async throws {
    var timings = PhaseTimings()
    let settings = try RunSettings(file: config)
    let job = try RunJob(
      inputs: inputs, format: format ?? settings.defaultFormat(), settings: settings, mode: mode, received: received,
      isStrict: strict, keepsBatches: store.keepsBatches, records: report != nil, console: console)
    for path in [output == "-" ? nil : output, summary, report, self.timings, store.path].compactMap({ $0 }) {
      try OutputFile.checkFolder(of: path)
    }
    let store = try await timings.measure("open") { try await self.store.open(workspace: settings.workspace) }
    let before = try await store.head()
    let outcome = try await job.run(on: store, timings: &timings)
    let hasChanged = try await store.head() != before
    if hasChanged || self.store.isMissing {
      try await timings.measure("save") { try await self.store.save(store) }
    }
    let dump = StateDump(crm: outcome.crm, log: outcome.log, includesExplanations: explain)
    let figures = try await timings.measure("write") {
      try await OutputFile.write(to: output, on: console) { file in try await dump.write(to: &file) }
    }
    if let summary {
      let document = RunSummary(counts: outcome.counts, log: outcome.log, figures: figures).json
      try OutputFile.write(document.bytes + [0x0A], to: summary)
    }
    if let report, let recorder = outcome.recorder {
      let page = try await timings.measure("report") {
        try await recorder.report(on: outcome.crm, title: title, conversations: outcome.log.meter.report()).html
      }
      try OutputFile.write(Array(page.utf8), to: report)
    }
    if let path = self.timings {
      try OutputFile.write(timings.json(rows: outcome.counts.rows).bytes + [0x0A], to: path)
    }
    console.error(outcome.counts.sentence(hasChanged: hasChanged) + "\n")
  }

  /// The names of the inputs, without their folders.
  private var title: String {
    let names = inputs.prefix(3).map { $0 == "-" ? "standard input" : URL(fileURLWithPath: $0).lastPathComponent }
    return names.joined(separator: ", ") + (inputs.count > 3 ? " and \(inputs.count - 3) more" : "")
  }
}
