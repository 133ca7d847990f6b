import ArgumentParser
import SocialCRM

/// `scrm segment`: profiles, interactions and definitions in, who is in which segment out.
struct SegmentCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "segment",
    abstract: "Profiles, interactions and definitions in; who is in which segment out.",
    discussion: """
      Writes a table with the columns segment and person, by segment in the order of the definitions and then by profile. \
      With --incremental it replays the interactions in the order of time and writes each change once, as time, segment, \
      person and entered or left. With --explain each row also says why. With --person it writes one JSON object for each \
      segment: why that person is in it or not, what would have to change, and when it changes by itself. With --preview it counts a sample and writes the \
      estimate with its interval. A row that cannot be used is reported on standard error as FILE:LINE: what was wrong, what \
      was expected, and the rest goes on. Memory is that of the profiles and interactions.
      """)

  @Option(help: ArgumentHelp("Profiles, one JSON object a line; - is standard input.", valueName: "file"))
  var profiles: String

  @Option(help: ArgumentHelp("Interactions, one JSON object a line; - is standard input.", valueName: "file"))
  var interactions: String

  @Option(help: ArgumentHelp("The JSON file with the definitions.", valueName: "file"))
  var definitions: String

  @Option(
    help: ArgumentHelp("The moment, such as 2025-06-15T00:00:00Z; later interactions do not count.", valueName: "time"))
  var asOf: String

  @Flag(help: "Replay the interactions and write the changes.")
  var incremental = false

  @Flag(help: "Add a column that says why somebody is in, or entered or left.")
  var explain = false

  @Option(help: ArgumentHelp("Write why this person is in each segment or not.", valueName: "id"))
  var person: String?

  @Option(help: ArgumentHelp("Count a sample of so many people.", valueName: "count"))
  var preview: Int?

  @Option(help: ArgumentHelp("Chooses the sample (default: 0).", valueName: "number"))
  var seed: UInt64?

  @Option(help: ArgumentHelp("Where the result goes; - is standard output.", valueName: "file"))
  var output: String = "-"

  @Option(help: ArgumentHelp("How many threads take part (default: all cores).", valueName: "count"))
  var threads: Int?

  @Option(help: ArgumentHelp("Where the seconds per phase go, as one JSON object.", valueName: "file"))
  var timings: String?

  @Flag(help: "Stop at the first bad row, with status 1, and write nothing.")
  var strict = false

  func validate() throws {
    if profiles == "-", interactions == "-" { throw ValidationError("standard input can be read once only") }
    if [incremental, person != nil, preview != nil].count(where: { $0 }) > 1 {
      throw ValidationError("expected one of --incremental, --person and --preview")
    }
    if explain, preview != nil { throw ValidationError("a preview counts and explains nothing") }
    if let preview, preview < 1 { throw ValidationError("--preview expects a number above zero") }
    if seed != nil, preview == nil { throw ValidationError("--seed is for --preview") }
    if let threads, threads < 1 { throw ValidationError("--threads expects a number above zero") }
    if (try? Instant(rfc3339: asOf)) == nil {
      throw ValidationError("--as-of expects a time such as 2025-06-15T00:00:00Z, found \(asOf)")
    }
    if timings == "-" { throw ValidationError("--timings expects a file") }
    try OutputFile.check(results: [output, timings], inputs: [profiles, interactions, definitions])
  }

  func run(on console: Console) async throws {
    for path in [output == "-" ? nil : output, timings].compactMap({ $0 }) { try OutputFile.checkFolder(of: path) }
    guard let time = try? Instant(rfc3339: asOf) else { return }
    var phases = PhaseTimings()
    let definitions = try SegmentDefinitions(file: definitions)
    var input = SegmentInput(catalogue: definitions.catalogue, isStrict: strict)
    try phases.measure("read") {
      try input.readProfiles(profiles, console)
      try input.readInteractions(interactions, console)
    }
    let threads = threads ?? SegmentJob.cores
    let job = SegmentJob(
      input: input, rankings: definitions.rankings, time: time, threads: threads, isExplained: explain)
    if incremental {
      try await job.writeChanges(to: output, on: console, &phases)
    } else if let person {
      try await job.writeExplanations(of: person, to: output, on: console, &phases)
    } else if let preview {
      try await job.writePreview(preview, seed: seed ?? 0, to: output, on: console, &phases)
    } else {
      try await job.writeMemberships(to: output, on: console, &phases)
    }
    let counts = input.counts
    if let timings {
      let json = phases.json(rows: counts.rows, counts: counts.members, threads: threads)
      try OutputFile.write(json.bytes + [0x0A], to: timings)
    }
    console.error(counts.sentence + "\n")
  }
}
