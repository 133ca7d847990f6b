import ArgumentParser
import SocialCRM

/// `scrm stitch`: identifiers or records in, who belongs together out.
struct StitchCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "stitch",
    abstract: "Records or edges between identifiers in; who is one person out.",
    discussion: """
      With --edges, a table with the columns left and right: identifiers joined by any chain of edges are one component, \
      named by its smallest identifier in byte order; nothing is normalised or protected. With --records, a table of \
      records: identifiers are normalised and people are made by the policy of the settings, with merge protection. A row \
      that cannot be used is reported on standard error as FILE:LINE: what was wrong, what was expected, and the rest goes \
      on.
      """)

  @Option(
    help: ArgumentHelp("A table of edges with the columns left and right; - is standard input.", valueName: "file"))
  var edges: String?

  @Option(help: ArgumentHelp("A table of records; - is standard input.", valueName: "file"))
  var records: String?

  @Option(help: ArgumentHelp("The column with the id of a record (default: record_id).", valueName: "column"))
  var id: String?

  @Option(help: ArgumentHelp("The JSON file that says what the columns of the records hold.", valueName: "file"))
  var settings: String?

  @Option(
    name: [.customLong("clusters"), .customLong("output")],
    help: ArgumentHelp("Where the result goes, as a table; - is standard output.", valueName: "file"))
  var clusters: String = "-"

  @Option(help: ArgumentHelp("Where the seconds per phase go, as one JSON object.", valueName: "file"))
  var timings: String?

  @Option(
    help: ArgumentHelp(
      "At most how many threads take part (default: all cores); stitching takes one, and the result is the same for any.",
      valueName: "count"))
  var threads: Int?

  @Flag(help: "Stop at the first bad row, with status 1, and write nothing.")
  var strict = false

  @Flag(help: "With --records: add a column with what protection prevented.")
  var explain = false

  func validate() throws {
    switch (edges, records) {
    case (nil, nil): throw ValidationError("expected --edges or --records")
    case (_?, _?): throw ValidationError("expected --edges or --records, not both")
    case (_?, nil):
      if id != nil || settings != nil || explain {
        throw ValidationError("--id, --settings and --explain are for --records")
      }
    case (nil, _?):
      if settings == nil { throw ValidationError("--records expects --settings") }
    }
    if let threads, threads < 1 { throw ValidationError("--threads expects a number above zero") }
    if timings == "-" { throw ValidationError("--timings expects a file") }
    try OutputFile.check(results: [clusters, timings], inputs: [edges, records, settings])
  }

  func run(on console: Console) async throws {
    for path in [clusters == "-" ? nil : clusters, timings].compactMap({ $0 }) { try OutputFile.checkFolder(of: path) }
    var phases = PhaseTimings()
    let counts: StitchCounts
    if let edges {
      var job = EdgeStitching(input: edges, isStrict: strict)
      counts = try await job.run(to: clusters, on: console, &phases)
    } else if let records, let settings {
      var job = try RecordStitching(
        input: records, id: id ?? "record_id", settings: StitchSettings(file: settings), isStrict: strict,
        explains: explain)
      counts = try await job.run(to: clusters, on: console, &phases)
    } else {
      return
    }
    if let timings {
      let json = phases.json(rows: counts.rows, counts: counts.members)
      try OutputFile.write(json.bytes + [0x0A], to: timings)
    }
    console.error(counts.sentence + "\n")
  }
}
